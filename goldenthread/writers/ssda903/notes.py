"""What a built return could not hold, or found blank in the record, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from goldenthread.writers.ssda903.adoption import adopted
from goldenthread.writers.ssda903.cells import LOST, age_on, true
from goldenthread.writers.ssda903.events import NOT_REGISTERED
from goldenthread.writers.ssda903.facts import Facts
from goldenthread.writers.ssda903.outcomes import HEALTH_CHECK_UNTIL
from goldenthread.writers.ssda903.spans import short_break

ASKED_OF_ALL: Mapping[str, tuple[str, ...]] = {
    "Header": ("SEX", "DOB", "ETHNIC", "UPN"),
    "Episodes": ("RNE", "LS", "CIN", "PLACE"),
    "Reviews": ("REVIEW_CODE",),
    "OC2": ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE"),
    "OC3": ("IN_TOUCH",),
    "AD1": ("DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "PrevPerm": ("PREV_PERM",),
    "Missing": ("MISSING",),
    "SWEpisodes": ("SW_ID", "SW_REASON"),
}
"""Columns that every row of their table should fill."""
SOURCES: Mapping[str, str] = {
    "Episodes": "care_episodes",
    "Reviews": "looked_after_reviews",
    "OC3": "care_leavers",
    "PlacedAdoption": "adoptions",
    "PrevPerm": "previous_permanence",
    "Missing": "missing_episodes",
    "SWEpisodes": "allocations",
    "DoLo": "deprivation_of_liberty_orders",
}
"""The table of the record that each table of the return is made from."""
SHOWN = 5
"""Different values named in a sentence."""


def notes_on(facts: Facts, made: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """The sentences: about the year, whole tables, columns, and children of whom something is expected and not held."""
    return (*_year(facts), *_tables(facts, made), *_columns(facts, made), *_children(facts, made))


def _year(facts: Facts) -> Iterator[str]:
    if not facts.year.over:
        yield (
            f"The collection year {facts.year.label} is under way, told as at {facts.year.last:%d/%m/%Y}: OC2 is of "
            "the children looked after since 1 April, and OC3 of the birthdays so far."
        )


def _tables(facts: Facts, made: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    for name, source in SOURCES.items():
        if name in made and source not in facts.held:
            yield f"{name} has no rows: the record holds no {source.replace('_', ' ')}."


def _columns(facts: Facts, made: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    for name, frame in made.items():
        lost = {column: frame[LOST + column].drop_nulls() for column in frame.columns if LOST + column in frame.columns}
        for column, values in lost.items():
            if values.len():
                shown = ", ".join(values.unique().sort().head(SHOWN))
                yield (
                    f"{column} is blank in {values.len():,} rows of {name}: what the record holds ({shown}) is no code "
                    f"of {facts.year.label}."
                )
        for column in ASKED_OF_ALL.get(name, ()):
            absent = frame[column].null_count() - (lost[column].len() if column in lost else 0)
            if absent:
                yield f"{column} is blank in {absent:,} of {frame.height:,} rows of {name}: the record does not say."


def _children(facts: Facts, made: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    counted = (
        ("Children looked after in the year who have no episode, so that the return lacks them", _unheld(facts)),
        ("Children adopted in the year who have no plan of adoption to fill AD1 from", _unplanned(facts, made)),
        ("Children who started to be looked after in the year and have no row in PrevPerm", _unasked(facts, made)),
        ("Earlier permanences left out, a child having one row in PrevPerm", _options_left_out(facts, made)),
        ("Mothers of whom no child is recorded, so that MC_DOB is blank", _without_birth(made)),
        ("Children under five in OC2 whose HEALTH_CHECK is not recorded", _unchecked(facts, made)),
        ("Rows of SWEpisodes that name a worker by the authority's own identifier, after XX", _unregistered(made)),
    )
    return (f"{what}: {count:,}." for what, count in counted if count)


def _unheld(facts: Facts) -> int:
    periods = facts.frames["care_periods"].filter(~true(pl.col("short_breaks_only")))
    return periods.join(facts.frames["care_episodes"], on="child_id", how="anti")["child_id"].n_unique()


def _unplanned(facts: Facts, made: Mapping[str, pl.DataFrame]) -> int:
    return adopted(facts).collect().height - made["AD1"].height


def _unasked(facts: Facts, made: Mapping[str, pl.DataFrame]) -> int:
    begun = true((pl.col("start_reason") == "S") & (pl.col("started_on") >= facts.year.first))
    started = facts.frames["care_episodes"].filter(begun & ~short_break())
    return started.join(made["PrevPerm"], on="child_id", how="anti")["child_id"].n_unique()


def _options_left_out(facts: Facts, made: Mapping[str, pl.DataFrame]) -> int:
    told = made["PrevPerm"].select("child_id")
    return facts.frames["previous_permanence"].join(told, on="child_id", how="semi").height - told.height


def _without_birth(made: Mapping[str, pl.DataFrame]) -> int:
    return made["Header"].filter(true(pl.col("MOTHER") == "1") & pl.col("MC_DOB").is_null()).height


def _unchecked(facts: Facts, made: Mapping[str, pl.DataFrame]) -> int:
    silent = made["OC2"].filter(pl.col("HEALTH_CHECK").is_null()).select("child_id")
    ages = facts.frames["people"].join(silent, on="child_id", how="semi")
    return ages.filter(true(age_on(facts.year.ends) < HEALTH_CHECK_UNTIL)).height


def _unregistered(made: Mapping[str, pl.DataFrame]) -> int:
    if "SWEpisodes" not in made:
        return 0
    return made["SWEpisodes"].filter(true(pl.col("SW_ID").str.starts_with(NOT_REGISTERED))).height
