"""Figures by team, age band, gender, ethnicity, disability or ward of the child."""

from __future__ import annotations

from enum import StrEnum

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import age
from goldenthread.indicators.rows import FOREVER
from goldenthread.indicators.timelines import aged, latest, within


class Dimension(StrEnum):
    """What figures may be split by. Team and age are those of the day a flow counts, or of the day asked for spans."""

    TEAM = "team"
    AGE_BAND = "age_band"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    WARD = "ward"


AGE_BANDS = (
    ("Under 1", 0, 0),
    ("1 to 4", 1, 4),
    ("5 to 9", 5, 9),
    ("10 to 15", 10, 15),
    ("16 to 17", 16, 17),
    ("18 and over", 18, 120),
)
"""The bands of the published tables; adults are those leaving care."""

NOT_KNOWN = "Not known"


def with_group(dataset: Dataset, rows: Lazy, by: Dimension, *, flow: bool) -> Lazy:
    """The rows whose group is known, with a String column `group`. What is left out is of unknown group."""
    match by:
        case Dimension.AGE_BAND:
            return _by_age_on(dataset, rows) if flow else within(rows, _age_pieces(dataset))
        case Dimension.TEAM:
            return _by_team_on(dataset, rows) if flow else within(rows, _team_pieces(dataset))
        case _:
            known = _of_person(dataset, by).filter(~nw.col("group").is_null())
            return rows.join(known, on="child_id", how="inner")


def _of_person(dataset: Dataset, by: Dimension) -> Lazy:
    people = dataset.lazy("people")
    value = nw.col(by.value) if by is not Dimension.DISABILITY else _yes_or_no(nw.col("disabled"))
    return people.select(nw.col("person_id").alias("child_id"), value.alias("group"))


def _yes_or_no(flag: nw.Expr) -> nw.Expr:
    return nw.when(flag).then(nw.lit("Yes")).otherwise(nw.when(~flag).then(nw.lit("No")))


def _by_age_on(dataset: Dataset, rows: Lazy) -> Lazy:
    born = dataset.lazy("people").select(nw.col("person_id").alias("child_id"), "born_on")
    years = age("born_on", "on")
    band = nw.lit(None).cast(nw.String)
    for label, first, last in AGE_BANDS:
        band = nw.when((years >= first) & (years <= last)).then(nw.lit(label)).otherwise(band)
    joined = rows.join(born.filter(~nw.col("born_on").is_null()), on="child_id", how="inner")
    return joined.with_columns(band.alias("group")).filter(~nw.col("group").is_null()).drop("born_on")


def _age_pieces(dataset: Dataset) -> Lazy:
    bands = [
        aged(dataset, first, last, everyone=True).with_columns(nw.lit(label).alias("group"))
        for label, first, last in AGE_BANDS
    ]
    return nw.concat(bands, how="vertical")


def _team_pieces(dataset: Dataset) -> Lazy:
    held = dataset.lazy("allocations").select(
        "child_id",
        "allocation_id",
        nw.col("team").alias("group"),
        nw.col("started_on").alias("begins"),
        nw.coalesce(nw.col("ended_on"), nw.lit(FOREVER)).alias("ends"),
    )
    return latest(held, "allocation_id").filter(~nw.col("group").is_null()).drop("allocation_id")


def _by_team_on(dataset: Dataset, rows: Lazy) -> Lazy:
    joined = rows.join(_team_pieces(dataset), on="child_id", how="inner")
    return joined.filter((nw.col("begins") <= nw.col("on")) & (nw.col("on") < nw.col("ends"))).drop("begins", "ends")
