"""Header, UASC, Episodes and PrevPerm: who the children are and how they were looked after."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.ssda903.cells import Cell, Limited, as_rows, day, flag, one_of, plain, true
from goldenthread.writers.ssda903.codes import AUTHORITY, NEEDS, placement, sex, unique_pupil_number
from goldenthread.writers.ssda903.facts import BABIES, CHILDREN, Facts

SEX_OF_GENDER = {"1": "M", "2": "F", "0": "U"}
"""Where no sex is recorded, the census gender that says it."""
NO_EARLIER_PERMANENCE = "Z1"


def header(facts: Facts) -> pl.LazyFrame:
    """Every child of the other tables, once.

    Whether she is a mother is asked of a girl who was looked after other than in short-term breaks (rules 399 and 628).
    """
    people = facts[CHILDREN].join(facts["people"].drop("child_id", "born_on"), on="number", how="left")
    births = facts[BABIES].group_by("number").agg(pl.col("baby_born_on").min())
    people = people.join(births, on="number", how="left").with_columns(sex=_sex())
    mother = pl.coalesce("is_mother", pl.when(pl.col("baby_born_on").is_not_null()).then(True))
    girl = (pl.col("sex") != "M").fill_null(True)
    asked = pl.col("looked_after") & ~pl.col("short_breaks_only") & (girl | true(mother))
    cells: dict[str, Cell] = {
        "SEX": sex(pl.col("sex"), facts.year),
        "ETHNIC": pl.col("ethnicity"),
        "UPN": unique_pupil_number(plain("upn"), pl.col("upn_unknown_reason")),
        "MOTHER": flag(pl.when(asked).then(mother)),
        "MC_DOB": pl.when(asked).then(day("baby_born_on")),
    }
    return as_rows(people, "Header", cells, "people", pl.col("child_id"), [])


def uasc(facts: Facts) -> pl.LazyFrame:
    """Children unaccompanied and seeking asylum at some time in the year, and the day that ended if it did."""
    until = pl.col("unaccompanied_until")
    still = until.is_null() | (until >= facts.year.first)
    people = facts.of_looked_after("people").filter(true(pl.col("unaccompanied")) & still)
    ceased = pl.when(until <= facts.year.last).then(day("unaccompanied_until"))
    cells: dict[str, Cell] = {"SEX": sex(_sex(), facts.year), "DUC": ceased}
    return as_rows(people, "UASC", cells, "people", pl.col("child_id"), [])


def episodes(facts: Facts) -> pl.LazyFrame:
    """Every episode with a day in the year, as it stood on the last day."""
    cells: dict[str, Cell] = {
        "DECOM": day("started_on"),
        "RNE": pl.col("start_reason"),
        "LS": pl.col("legal_status"),
        "CIN": one_of(pl.col("category_of_need"), NEEDS),
        "PLACE": placement(facts.year),
        "PLACE_PROVIDER": pl.col("placement_provider"),
        "DEC": day("ended_on"),
        "REC": pl.col("end_reason"),
        "REASON_PLACE_CHANGE": pl.col("placement_change_reason"),
        "HOME_POST": plain("home_postcode"),
        "PL_POST": plain("placement_postcode"),
        "URN": plain("urn"),
    }
    held = facts.of_looked_after("care_episodes")
    return as_rows(
        held, "Episodes", cells, "care_episodes", pl.col("care_episode_id"), ["started_on", "care_episode_id"]
    )


def previous_permanence(facts: Facts) -> pl.LazyFrame:
    """Each child's earlier permanence: one row a child (rule INT35), a real option before none."""
    held = facts.of_looked_after("previous_permanence").sort(
        "number", pl.col("option") == NO_EARLIER_PERMANENCE, "option"
    )
    authority = plain("authority")
    cells: dict[str, Cell] = {
        "PREV_PERM": pl.col("option"),
        "LA_PERM": Limited(authority, authority.str.contains(AUTHORITY)),
        "DATE_PERM": plain("ordered_on"),
    }
    first = held.unique("number", keep="first", maintain_order=True)
    return as_rows(first, "PrevPerm", cells, "previous_permanence", _key("child_id", "option"), [])


def _sex() -> pl.Expr:
    by_gender = pl.col("gender").replace_strict(SEX_OF_GENDER, default=None, return_dtype=pl.String)
    return pl.coalesce("sex", by_gender)


def _key(*columns: str) -> pl.Expr:
    return pl.concat_str(*columns, separator="|")
