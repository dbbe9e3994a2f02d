"""OC3: care leavers around their seventeenth to twenty-first birthday.

Whether the authority is in touch is told by a contact from three months before the birthday to a month after it; what
the young person does and where, by what was last recorded by the birthday. What comes after the birthday, up to a month
and to the last day, counts only where nothing came before it: the figures published from OC3 and the board's agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from goldenthread.writers.ssda903.cells import Cell, as_rows, one_of, true
from goldenthread.writers.ssda903.codes import ACCOMMODATION, ACTIVITIES, NEVER_SUITABLE, NOT_KNOWN
from goldenthread.writers.ssda903.facts import LEAVERS, Facts

BEFORE, AFTER = "-3mo", "1mo"
"""Around the birthday, as the DfE's guide to the collection has it (care leavers, "in touch")."""
IN_TOUCH, DIED = "YES", "DIED"
OUT_OF_TOUCH = ("NO", "REFU", "NREQ")
GONE = ("DIED", "RHOM")
"""Nothing more is told of who has died or returned home (rule 344)."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A table that tells something of care leavers: `said` on the `day`; `fresh_only`, only near the birthday."""

    name: str
    table: str
    key: str
    day: str
    said: pl.Expr
    fresh_only: bool = False


def oc3(facts: Facts) -> pl.LazyFrame:
    """One row for each care leaver of the year."""
    birthday = pl.col("birthday")
    until = pl.min_horizontal(birthday.dt.offset_by(AFTER), pl.lit(facts.year.last))
    leavers = facts[LEAVERS].with_columns(since=birthday.dt.offset_by(BEFORE), until=until)
    told = leavers
    for saying in (_contact(), _activity(), _accommodation()):
        told = told.join(_at_birthday(leavers, facts[saying.table], saying), on="number", how="left")
    died = true(pl.col("died_on") <= pl.col("until"))
    told = told.with_columns(touch=pl.when(died).then(pl.lit(DIED)).otherwise("touch"))
    cells: dict[str, Cell] = {
        "IN_TOUCH": pl.col("touch"),
        "ACTIV": one_of(_state("activity"), (*ACTIVITIES, NOT_KNOWN)),
        "ACCOM": one_of(_state("home"), (*ACCOMMODATION, NOT_KNOWN)),
    }
    return as_rows(told, "OC3", cells, "care_leavers", pl.col("care_leaver_id"), [])


def _contact() -> Saying:
    """A visit that does not say so is a contact all the same."""
    said = pl.coalesce("in_touch", pl.when(true(pl.col("visit"))).then(pl.lit(IN_TOUCH)))
    return Saying("touch", "care_leaver_contacts", "care_leaver_contact_id", "contacted_on", said, fresh_only=True)


def _activity() -> Saying:
    return Saying("activity", "care_leaver_activity", "care_leaver_activity_id", "started_on", pl.col("activity"))


def _accommodation() -> Saying:
    """The place's letter, and 1 for suitable or 2 for unsuitable; the letter alone where that is not recorded."""
    place, suitable = pl.col("accommodation"), pl.col("suitable")
    never = place.is_in(list(NEVER_SUITABLE)) & suitable.is_null()
    number = pl.when(true(suitable)).then(pl.lit("1")).when(never | ~suitable).then(pl.lit("2")).otherwise(pl.lit(""))
    return Saying("home", "care_leaver_accommodation", "care_leaver_accommodation_id", "started_on", place + number)


def _at_birthday(leavers: pl.LazyFrame, rows: pl.LazyFrame, saying: Saying) -> pl.LazyFrame:
    """What was said last by the birthday, else first after it: `number`, the saying's name, and `... on` its day."""
    day, birthday = pl.col(saying.day), pl.col("birthday")
    near = rows.select("number", saying.key, saying.day, said=saying.said).filter(pl.col("said").is_not_null())
    near = near.join(leavers.select("number", "birthday", "since", "until"), on="number")
    around = (day <= pl.col("until")) & (day >= pl.col("since")) if saying.fresh_only else day <= pl.col("until")
    nearest = near.filter(around).sort(day > birthday, (day - birthday).abs(), saying.key)
    first = nearest.unique("number", keep="first", maintain_order=True)
    return first.select("number", pl.col("said").alias(saying.name), day.alias(f"{saying.name} on"))


def _state(name: str) -> pl.Expr:
    """What is told: nothing of who is gone, what is fresh of who is out of touch, the last recorded of the others."""
    touch = pl.col("touch")
    gone, out_of_touch = (true(touch.is_in(list(codes))) for codes in (GONE, OUT_OF_TOUCH))
    fresh = true(pl.col(f"{name} on") >= pl.col("since"))
    known = pl.when(fresh).then(name).otherwise(pl.lit(NOT_KNOWN))
    return pl.when(gone).then(None).when(out_of_touch).then(known).otherwise(name)
