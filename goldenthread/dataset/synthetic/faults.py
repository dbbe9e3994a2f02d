"""Faults of recording, planted on purpose and listed: what a data-quality check of a real record would find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.chance import stream
from goldenthread.dataset.synthetic.tabulate import Tabulator
from goldenthread.dataset.tables import TABLES

PLANTED = "planted_faults"
COLUMNS = {
    "fault": pl.String(),
    "table": pl.String(),
    "row_id": pl.String(),
    "column": pl.String(),
    "what": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that was never recorded."""

    name: str
    table: str
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Reversed:
    """Two dates of a row put in each other's place."""

    name: str
    table: str
    first: str
    second: str
    what: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A code that the code set allows and that is not what happened."""

    name: str
    table: str
    column: str
    code: str
    what: str


BLANKS = (
    Blank("missing_ethnicity", "people", "ethnicity", "No ethnicity is recorded"),
    Blank("missing_sex", "people", "sex", "No sex is recorded"),
    Blank("plan_left_open", "cin_plans", "ended_on", "The plan has no end though the case has closed"),
    Blank("protection_plan_left_open", "cp_plans", "ended_on", "The plan has no end though the case has closed"),
    Blank("missing_closure_reason", "referrals", "closure_reason", "The case closed with no reason"),
    Blank("missing_seen", "visits", "seen", "A visit does not say whether the child was seen"),
    Blank("missing_decision", "contacts", "decided_at", "The time of the decision is not recorded"),
    Blank("missing_category", "cp_plans", "initial_category", "The plan has no category of abuse"),
    Blank("missing_placement_type", "care_episodes", "placement_type", "The episode has no placement type"),
    Blank("missing_end_reason", "care_periods", "end_reason", "The period of care ended with no reason"),
)
REVERSALS = (
    Reversed("assessment_reversed", "assessments", "started_on", "authorised_on", "Authorised before it started"),
    Reversed("enquiry_reversed", "section_47_enquiries", "started_on", "ended_on", "Ended before it started"),
    Reversed("plan_reversed", "cin_plans", "started_on", "ended_on", "Ended before it started"),
)
WRONGS = (
    Wrong("need_not_stated", "referrals", "primary_need", "N0", "The main need is recorded as not stated"),
    Wrong("source_unknown", "referrals", "source", "10", "The source is recorded as unknown"),
    Wrong("category_multiple", "cp_plans", "latest_category", "MUL", "One category is recorded as several"),
)
DUPLICATE = "duplicate_child"


def plant(tabulator: Tabulator, tables: dict[str, pl.DataFrame], share: float) -> dict[str, pl.DataFrame]:
    """The tables with faults in that share of the rows that can hold each, and the list of them under `PLANTED`.

    The list has the fault's name, table, row (its first key column), column and a sentence.
    """
    rng = stream(tabulator.seed, tabulator.district, "faults")
    listed: list[pl.DataFrame] = []
    made = dict(tables)
    if share > 0:
        for blank in BLANKS:
            made[blank.table], found = _blank(rng, made[blank.table], blank, share)
            listed.append(found)
        for reverse in REVERSALS:
            made[reverse.table], found = _reverse(rng, made[reverse.table], reverse, share)
            listed.append(found)
        for wrong in WRONGS:
            made[wrong.table], found = _wrong(rng, made[wrong.table], wrong, share)
            listed.append(found)
        made["people"], found = _duplicate(rng, made["people"], share)
        listed.append(found)
    made[PLANTED] = pl.concat(listed) if listed else pl.DataFrame(schema=COLUMNS)
    return made


def _blank(
    rng: np.random.Generator, frame: pl.DataFrame, fault: Blank, share: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    able = frame[fault.column].is_not_null()
    if fault.table == "people":
        able &= frame["is_child"]
    hit = able & pl.Series(rng.random(frame.height) < share)
    blanks = [pl.when(hit).then(None).otherwise(pl.col(fault.column)).alias(fault.column)]
    return frame.with_columns(blanks), _list(frame.filter(hit), fault.name, fault.table, fault.column, fault.what)


def _wrong(
    rng: np.random.Generator, frame: pl.DataFrame, fault: Wrong, share: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    able = (frame[fault.column] != fault.code).fill_null(value=False)
    hit = able & pl.Series(rng.random(frame.height) < share)
    codes = pl.when(hit).then(pl.lit(fault.code)).otherwise(pl.col(fault.column)).alias(fault.column)
    return frame.with_columns(codes), _list(frame.filter(hit), fault.name, fault.table, fault.column, fault.what)


def _reverse(
    rng: np.random.Generator, frame: pl.DataFrame, fault: Reversed, share: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    able = (frame[fault.first] < frame[fault.second]).fill_null(value=False)
    hit = able & pl.Series(rng.random(frame.height) < share)
    swapped = frame.with_columns(
        pl.when(hit).then(pl.col(fault.second)).otherwise(pl.col(fault.first)).alias(fault.first),
        pl.when(hit).then(pl.col(fault.first)).otherwise(pl.col(fault.second)).alias(fault.second),
    )
    return swapped, _list(frame.filter(hit), fault.name, fault.table, fault.first, fault.what)


def _duplicate(rng: np.random.Generator, people: pl.DataFrame, share: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A child entered a second time under another number, the forename a little off."""
    hit = people["is_child"] & pl.Series(rng.random(people.height) < share / 4)
    twice = people.filter(hit).with_columns(
        (pl.lit("X") + pl.col("person_id")).alias("person_id"),
        (pl.col("forename").str.slice(0, 4) + pl.lit("ie")).alias("forename"),
        pl.lit(None).cast(pl.String).alias("upn"),
    )
    return pl.concat([people, twice]), _list(twice, DUPLICATE, "people", "person_id", "The same child is entered twice")


def _list(rows: pl.DataFrame, fault: str, table: str, column: str, what: str) -> pl.DataFrame:
    return rows.select(
        pl.lit(fault).alias("fault"),
        pl.lit(table).alias("table"),
        pl.col(TABLES[table].key[0]).alias("row_id"),
        pl.lit(column).alias("column"),
        pl.lit(what).alias("what"),
    )
