"""Episodes of the SSDA903 return, and what follows from them: periods of care, placements, legal statuses, homes."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset.readers.common import Field
from goldenthread.dataset.readers.ssda903_years import (
    IDENTIFIER,
    POSTCODE,
    TEXT,
    YEAR_END,
    Reading,
    coded,
    dated,
    numbered,
)
from goldenthread.dataset.values import number

SHORT_BREAKS = ("V3", "V4")
NEW_PLACEMENT = ("S", "P", "T", "U", "B")
"""Reasons for a new episode that mean a new placement; L is a change of legal status only."""
GOES_ON = "X1"
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
NO_URN = "XXXXXXX"

FIELDS = [
    dated("DECOM", "started_on", required=True),
    coded("RNE", "start_reason", "new_episode_reason"),
    coded("LS", "legal_status", "legal_status"),
    coded("CIN", "category_of_need", "primary_need"),
    coded("PLACE", "placement_type", "placement_type"),
    coded("PLACE_PROVIDER", "placement_provider", "placement_provider"),
    coded("REASON_PLACE_CHANGE", "placement_change_reason", "placement_change_reason"),
    dated("DEC", "ended_on"),
    coded("REC", "end_reason", "care_end_reason"),
    Field("HOME_POST", "home_postcode", POSTCODE),
    Field("PL_POST", "placement_postcode", POSTCODE),
    Field("URN", "urn", IDENTIFIER),
    Field("PL_LA", "placement_authority", TEXT),
    coded("PL_LOCATION", "placement_location", "placement_location"),
    Field("PL_DISTANCE", "placement_distance", number(least=0)),
]


def care_tables(reading: Reading) -> dict[str, pl.DataFrame]:
    """care_episodes, care_periods, placements, legal_statuses and the home addresses."""
    episodes = _episodes(reading)
    episodes = _in_periods(episodes)
    return {
        "care_episodes": episodes,
        "care_periods": _periods(episodes),
        "placements": _placements(episodes),
        "legal_statuses": _legal_statuses(episodes),
        "addresses": _addresses(episodes),
    }


def _episodes(reading: Reading) -> pl.DataFrame:
    found = reading.newest(reading.parsed("Episodes", FIELDS), ["child_id", "started_on"], "Episodes")
    backwards = (pl.col("ended_on") < pl.col("started_on")).fill_null(False)
    reading.reject_rows(
        found.filter(backwards), "Episodes", "ended_on", "ends before it starts", "Correct DECOM or DEC."
    )
    found = refuse_overlaps(reading, found.filter(~backwards), "Episodes")
    return reading.use(numbered(_codes_of_their_time(reading, found), "care_episode_id", "E", "started_on"))


def refuse_overlaps(reading: Reading, frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """`frame` in order of child and start, without the rows that overlap another of the same child.

    An open row with a later one after it is the one at fault; of two that are closed, the one that starts later.
    """
    frame = frame.sort("child_id", "started_on", maintain_order=True).with_row_index("_at")
    later = pl.col("started_on").shift(-1).over("child_id")
    left_open = pl.col("ended_on").is_null() & later.is_not_null()
    open_rows = frame.filter(left_open)
    reading.reject_rows(
        open_rows, table, "started_on", "has no end although a later one of the child begins", "Give the day it ended."
    )
    frame = frame.filter(~pl.col("_at").is_in(open_rows["_at"].implode()))
    suspects = frame.filter(
        ((later < pl.col("ended_on")).any()).over("child_id")  # only these children need looking at row by row
    )
    lost = frame.filter(pl.col("_at").is_in(_overlapping(suspects)))
    reading.reject_rows(
        lost, table, "started_on", "begins before an earlier one of the child has ended", "Correct the dates of one."
    )
    return frame.filter(~pl.col("_at").is_in(lost["_at"].implode())).drop("_at")


def _overlapping(rows: pl.DataFrame) -> list[int]:
    lost: list[int] = []
    cells = rows.select("child_id", "_at", "started_on", "ended_on").iter_rows()
    for _, of_child in groupby(cells, key=itemgetter(0)):
        until: date | None = None
        for _, at, started_on, ended_on in of_child:
            if until is not None and started_on < until:
                lost.append(at)
            else:
                until = ended_on
    return lost


def _codes_of_their_time(reading: Reading, episodes: pl.DataFrame) -> pl.DataFrame:
    """Placement types not in use at any time in the episode are rejected; the rest of the row stays."""
    last = pl.coalesce("ended_on", YEAR_END)
    good = code_set("placement_type").in_use(pl.col("placement_type"), pl.col("started_on"), last)
    wrong = (~good).fill_null(False)
    reading.reject_cells(
        episodes.filter(wrong),
        "Episodes",
        "placement_type",
        "was not in use during the episode",
        "Use a code that was.",
    )
    return episodes.with_columns(placement_type=pl.when(~wrong).then("placement_type"))


def _in_periods(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes with the period of care each belongs to: a run with no gap, until one that ends other than by X1."""
    before = {name: pl.col(name).shift(1).over("child_id") for name in ("ended_on", "end_reason")}
    begins = (
        (pl.col("child_id") != pl.col("child_id").shift(1)).fill_null(True)
        | (pl.col("start_reason") == "S").fill_null(False)
        | (before["end_reason"] != GOES_ON).fill_null(False)
        | (pl.col("started_on") > before["ended_on"] + pl.duration(days=1)).fill_null(False)
    )
    first = pl.when(begins).then("started_on").forward_fill().over("child_id")
    made = pl.col("child_id") + "-L" + first.dt.strftime("%Y%m%d")
    return episodes.with_columns(made.alias("care_period_id"))


def _periods(episodes: pl.DataFrame) -> pl.DataFrame:
    return episodes.group_by("child_id", "care_period_id", maintain_order=True).agg(
        pl.col("started_on").first(),
        pl.col("ended_on").last(),
        # An episode that has not ended gives no reason for ending, whatever its REC says.
        pl.when(pl.col("ended_on").last().is_not_null()).then(pl.col("end_reason").last()).alias("end_reason"),
        pl.col("category_of_need").first(),
        pl.when(pl.col("legal_status").is_not_null().all())
        .then(pl.col("legal_status").is_in(SHORT_BREAKS).all())
        .alias("short_breaks_only"),
    )


def _runs(episodes: pl.DataFrame, begins: pl.Expr) -> pl.DataFrame:
    """Episodes with `_run`: which run of its period each belongs to, a new one where `begins` is true."""
    first = pl.int_range(pl.len()).over("care_period_id") == 0
    return episodes.with_columns((begins.fill_null(True) | first).cum_sum().alias("_run"))


def _placements(episodes: pl.DataFrame) -> pl.DataFrame:
    runs = _runs(episodes, pl.col("start_reason").is_in(NEW_PLACEMENT))
    found = runs.group_by("child_id", "care_period_id", "_run", maintain_order=True).agg(
        pl.col("started_on").first(),
        pl.col("ended_on").last(),
        pl.col("placement_type", "placement_provider").drop_nulls().first(),
        # The reason for a change stands on the episode that the change ended.
        pl.col("placement_change_reason").last().alias("change_reason"),
        pl.col("placement_type").drop_nulls().first().is_in(TEMPORARY).alias("temporary"),
        pl.col("urn").filter(pl.col("urn").str.to_uppercase() != NO_URN).first(),
        pl.col("placement_postcode").drop_nulls().first().alias("postcode"),
        pl.col("placement_authority").drop_nulls().first().alias("authority"),
        pl.col("placement_location").drop_nulls().first().alias("location"),
        pl.col("placement_distance").drop_nulls().first().alias("distance"),
    )
    return numbered(found, "placement_id", "H", "started_on").drop("_run")


def _legal_statuses(episodes: pl.DataFrame) -> pl.DataFrame:
    changed = pl.col("legal_status").ne_missing(pl.col("legal_status").shift(1).over("care_period_id"))
    found = (
        _runs(episodes, changed)
        .group_by("child_id", "care_period_id", "_run", maintain_order=True)
        .agg(pl.col("legal_status").first(), pl.col("started_on").first(), pl.col("ended_on").last())
        .filter(pl.col("legal_status").is_not_null())
    )
    return numbered(found, "legal_status_id", "J", "started_on").drop("_run")


def _addresses(episodes: pl.DataFrame) -> pl.DataFrame:
    """Home postcodes, each from the first episode that gives it until one gives another."""
    given = episodes.filter(pl.col("home_postcode").is_not_null())
    changed = pl.col("home_postcode").ne_missing(pl.col("home_postcode").shift(1).over("child_id"))
    first = given.filter(changed).select("child_id", "started_on", postcode="home_postcode", kind=pl.lit("home"))
    until = first.with_columns(ended_on=pl.col("started_on").shift(-1).over("child_id"))
    return numbered(until, "address_id", "D", "started_on").rename({"child_id": "person_id"})
