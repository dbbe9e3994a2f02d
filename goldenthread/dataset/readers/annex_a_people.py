"""The people of an Annex A workbook: one row a child from all the lists that name it, and the workers.

Lists disagree. The list that speaks of the closest involvement is believed first, and each other value is reported
with the row it stands in; "not stated" never overrules a fact and never counts as a disagreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from goldenthread.dataset.checks import shown
from goldenthread.dataset.readers.annex_a_lists import (
    ADVISER,
    AGE,
    BORN,
    CHILD_ID,
    DISABILITY,
    ETHNICITY,
    GENDER,
    TEAM,
    UASC_8,
    UASC_9,
    WORKER,
)
from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.rejects import Reject
from goldenthread.dataset.tables import TABLES
from goldenthread.dates import age

BELIEVED = (8, 7, 10, 9, 6, 5, 4, 3, 2, 1)
"""The lists in the order in which they are believed about a child."""
WEAK = {GENDER: ("0",), ETHNICITY: ("NOBT", "REFU")}
"""Codes that say only that nothing is known."""
FACT_TYPES = {GENDER: pl.String(), ETHNICITY: pl.String(), BORN: pl.Date(), DISABILITY: pl.Boolean()}
FACTS = tuple(FACT_TYPES)
UNBORN_AGE = -1


@dataclass(frozen=True, slots=True)
class ParsedList:
    """One list after parsing: its number, its sheet and its rows under Ofsted's headings, typed, with `LINE`."""

    number: int
    sheet: str
    frame: pl.DataFrame


def people(lists: Mapping[int, ParsedList], as_at: date, file: str) -> tuple[pl.DataFrame, list[Reject]]:
    """The `people` table, and each cell that was not loaded because it disagrees with the value kept."""
    held = [lists[number] for number in BELIEVED if number in lists]
    if not held:
        return TABLES["people"].empty(), []
    cells = pl.concat([_facts(found) for found in held], how="diagonal")
    warnings: list[Reject] = []
    kept = cells.select(pl.col(CHILD_ID).unique(maintain_order=True))
    for heading in FACTS:
        chosen = _chosen(cells, heading)
        kept = kept.join(chosen, on=CHILD_ID, how="left", maintain_order="left")
        warnings += _disagreements(cells, chosen, heading, file)
    unaccompanied = cells.group_by(CHILD_ID).agg(pl.col("unaccompanied").drop_nulls().max())
    # An age of -1 says that the child is not born yet, though the day it was expected has passed.
    overdue = cells.filter(pl.col(AGE) == UNBORN_AGE).select(CHILD_ID, BORN, pl.lit(True).alias("overdue")).unique()
    kept = kept.join(overdue, on=[CHILD_ID, BORN], how="left", maintain_order="left")
    unborn = (pl.col(BORN) > as_at) | pl.col("overdue").fill_null(False)
    frame = kept.join(unaccompanied, on=CHILD_ID, how="left", maintain_order="left").select(
        pl.col(CHILD_ID).alias("person_id"),
        pl.lit(True).alias("is_child"),
        pl.when(~unborn).then(pl.col(BORN)).alias("born_on"),
        pl.when(unborn).then(pl.col(BORN)).alias("expected_on"),
        pl.col(GENDER).alias("gender"),
        pl.col(ETHNICITY).alias("ethnicity"),
        pl.col(DISABILITY).alias("disabled"),
        pl.col("unaccompanied"),
    )
    return frame, warnings


def wrong_ages(found: ParsedList, as_at: date, file: str, *, derived: bool) -> list[Reject]:
    """A warning for each age that is not the child's age on the day of the lists.

    Where that day was derived and not given, a year either way is let pass: a birthday may lie between.
    """
    if AGE not in found.frame.columns or BORN not in found.frame.columns:
        return []
    known = found.frame.filter(pl.col(AGE).is_not_null() & pl.col(BORN).is_not_null())
    with_age = nw.from_native(known).with_columns(age(BORN, as_at).alias("_worked_out")).to_native()
    worked_out = pl.when(pl.col(BORN) > as_at).then(UNBORN_AGE).otherwise(pl.col("_worked_out"))
    gap = (pl.col(AGE).floor() - worked_out).abs()
    wrong = with_age.with_columns(worked_out.alias("_worked_out")).filter(gap > (1 if derived else 0))
    return [
        Reject(file, found.sheet, line, AGE, f"{given:g}", *_said_of_age(given, born, as_at, right))
        for line, given, born, right in wrong.select(LINE, AGE, BORN, "_worked_out").iter_rows()
    ]


def _said_of_age(given: float, born: date, as_at: date, right: int) -> tuple[str, str]:
    """What is wrong with an age, and what to do."""
    if given == UNBORN_AGE:
        return (
            f"says the child is not born on {as_at:%d/%m/%Y}, though expected on {born:%d/%m/%Y}",
            "Put in the birth, or the date it is now expected.",
        )
    return (
        f"is not the age of a child born on {born:%d/%m/%Y} on {as_at:%d/%m/%Y}, which is {right}",
        "Check the date of birth; the age itself is not loaded.",
    )


def workers(lists: Mapping[int, ParsedList]) -> pl.DataFrame:
    """The `workers` table: the workers and advisers named, by name, with the team when it is always the same one."""
    named = [
        found.frame.select(
            pl.col(heading).alias("worker_id"),
            (pl.col(TEAM) if heading == WORKER and TEAM in found.frame.columns else pl.lit(None, pl.String)).alias(
                "team"
            ),
            pl.lit("personal_adviser" if heading == ADVISER else None, pl.String).alias("role"),
        )
        for found in lists.values()
        for heading in (WORKER, ADVISER)
        if heading in found.frame.columns
    ]
    if not named:
        return TABLES["workers"].empty()
    teams = pl.col("team").drop_nulls().unique()
    return (
        pl.concat(named)
        .drop_nulls("worker_id")
        .group_by("worker_id")
        .agg(pl.when(teams.len() == 1).then(teams.first()).alias("team"), pl.col("role").drop_nulls().first())
        .with_columns(pl.col("worker_id").alias("name"))
        .sort("worker_id")
    )


def _facts(found: ParsedList) -> pl.DataFrame:
    """The child's own facts in a list. Only a Yes of list 8 says anything: its No is about twelve months alone."""
    frame, columns = found.frame, found.frame.columns
    unaccompanied = pl.lit(None, pl.Boolean)
    if UASC_8 in columns:
        unaccompanied = pl.when(pl.col(UASC_8)).then(True)
    if UASC_9 in columns:
        unaccompanied = pl.col(UASC_9)
    return frame.select(
        CHILD_ID,
        LINE,
        pl.lit(found.sheet).alias("sheet"),
        *(
            pl.col(name) if name in columns else pl.lit(None, dtype).alias(name)
            for name, dtype in (*FACT_TYPES.items(), (AGE, pl.Float64()))
        ),
        unaccompanied.alias("unaccompanied"),
    )


def _chosen(cells: pl.DataFrame, heading: str) -> pl.DataFrame:
    """For each child the value kept: the first strong one, else the first weak one."""
    value = pl.col(heading)
    weak = value.is_in(WEAK[heading]) if heading in WEAK else pl.lit(False)
    strong = value.filter(value.is_not_null() & ~weak).first()
    return cells.group_by(CHILD_ID, maintain_order=True).agg(pl.coalesce(strong, value.drop_nulls().first()))


def _disagreements(cells: pl.DataFrame, chosen: pl.DataFrame, heading: str, file: str) -> list[Reject]:
    value = pl.col(heading)
    weak = value.is_in(WEAK[heading]) if heading in WEAK else pl.lit(False)
    other = (
        cells.filter(value.is_not_null() & ~weak)
        .join(chosen.rename({heading: "kept"}), on=CHILD_ID, how="left", maintain_order="left")
        .filter(value != pl.col("kept"))
    )
    return [
        Reject(
            file,
            sheet,
            line,
            heading,
            shown(found),
            f"differs from {shown(kept)}, kept for child {child} from a list of closer involvement",
            "Correct the child's record so that all the lists agree.",
        )
        for sheet, line, child, found, kept in other.select("sheet", LINE, CHILD_ID, heading, "kept").iter_rows()
    ]
