"""Faults of recording, planted on purpose and listed: what a data-quality check of a real record would find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True)
class Late:
    """A day written some days after it came, so that what ended then runs on into what followed."""

    name: str
    table: str
    column: str
    days: int
    where: str
    code: str
    what: str


Fault: TypeAlias = Blank | Reversed | Wrong | Late

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
    Blank("missing_birth_date", "people", "born_on", "No date of birth is recorded"),
    Blank("missing_pupil_number_reason", "people", "upn_unknown_reason", "No pupil number, and no reason why"),
    Blank("missing_main_need", "referrals", "primary_need", "The main need is not recorded"),
    Blank("missing_legal_status", "care_episodes", "legal_status", "The episode has no legal status"),
    Blank("missing_category_of_need", "care_episodes", "category_of_need", "The episode has no category of need"),
    Blank("missing_reason_episode_ended", "care_episodes", "end_reason", "The episode ended with no reason"),
    Blank("missing_home_number", "care_episodes", "urn", "The home's number is not recorded"),
    Blank("missing_participation", "looked_after_reviews", "participation", "How the child took part is not recorded"),
    Blank("missing_reason_worker_changed", "allocations", "change_reason", "Why the worker changed is not recorded"),
    Blank("missing_latest_category", "cp_plans", "latest_category", "The plan has no latest category of abuse"),
)
REVERSALS = (
    Reversed("assessment_reversed", "assessments", "started_on", "authorised_on", "Authorised before it started"),
    Reversed("enquiry_reversed", "section_47_enquiries", "started_on", "ended_on", "Ended before it started"),
    Reversed("plan_reversed", "cin_plans", "started_on", "ended_on", "Ended before it started"),
    Reversed("protection_plan_reversed", "cp_plans", "started_on", "ended_on", "Ended before it started"),
    Reversed("episode_reversed", "care_episodes", "started_on", "ended_on", "Ended before it started"),
    Reversed("missing_reversed", "missing_episodes", "started_on", "ended_on", "Came back before going missing"),
    Reversed("allocation_reversed", "allocations", "started_on", "ended_on", "Ended before it started"),
)
WRONGS = (
    Wrong("need_not_stated", "referrals", "primary_need", "N0", "The main need is recorded as not stated"),
    Wrong("source_unknown", "referrals", "source", "10", "The source is recorded as unknown"),
    Wrong("category_multiple", "cp_plans", "latest_category", "MUL", "One category is recorded as several"),
)
LATES = (
    Late("episode_overlaps", "care_episodes", "ended_on", 4, "end_reason", "X1", "The episode runs on into the next"),
)
WRONG_LETTER = "wrong_pupil_number_letter"
DUPLICATE = "duplicate_child"


def plant(tabulator: Tabulator, tables: dict[str, pl.DataFrame], share: float) -> dict[str, pl.DataFrame]:
    """The tables with faults in that share of the rows that can hold each, and the list of them under `PLANTED`.

    The list has the fault's name, table, row (its first key column), column and a sentence. No row is hit twice.
    """
    rng = stream(tabulator.seed, tabulator.district, "faults")
    made = dict(tables)
    listed = [pl.DataFrame(schema=COLUMNS)]
    if share > 0:
        for fault in (*BLANKS, *LATES, *REVERSALS, *WRONGS):
            frame = made[fault.table]
            spared = frame[TABLES[fault.table].key[0]].is_in(_already(listed, fault.table).implode())
            drawn = pl.Series(rng.random(frame.height) < share)
            hit = _able(frame, fault, tabulator.as_at) & drawn & ~spared
            made[fault.table] = frame.with_columns(_spoilt(fault, hit))
            column = fault.first if isinstance(fault, Reversed) else fault.column
            listed.append(_list(frame.filter(hit), fault.name, fault.table, column, fault.what))
        made["people"], found = _wrong_letter(rng, made["people"], _already(listed, "people"), share)
        listed.append(found)
        made["people"], found = _duplicate(rng, made["people"], share)
        listed.append(found)
    made[PLANTED] = pl.concat(listed)
    return made


def _already(listed: list[pl.DataFrame], table: str) -> pl.Series:
    """The rows of the table that have a fault."""
    return pl.concat(listed).filter(pl.col("table") == table)["row_id"]


def _able(frame: pl.DataFrame, fault: Fault, as_at: int) -> pl.Series:
    """Which rows can have the fault."""
    match fault:
        case Blank():
            able = frame[fault.column].is_not_null()
            return able & frame["is_child"] if fault.table == "people" else able
        case Reversed():
            able = frame[fault.first] < frame[fault.second]
        case Wrong():
            able = frame[fault.column] != fault.code
        case Late():
            able = (frame[fault.where] == fault.code) & (frame[fault.column].to_physical() + fault.days <= as_at)
    return able.fill_null(value=False)


def _spoilt(fault: Fault, hit: pl.Series) -> list[pl.Expr]:
    """The columns with the fault in the rows hit."""
    match fault:
        case Blank():
            return [pl.when(~hit).then(pl.col(fault.column)).alias(fault.column)]
        case Reversed():
            pair = ((fault.first, fault.second), (fault.second, fault.first))
            return [pl.when(hit).then(pl.col(other)).otherwise(pl.col(one)).alias(one) for one, other in pair]
        case Wrong():
            return [pl.when(hit).then(pl.lit(fault.code)).otherwise(pl.col(fault.column)).alias(fault.column)]
        case Late():
            late = pl.col(fault.column) + pl.duration(days=fault.days)
            return [pl.when(hit).then(late).otherwise(pl.col(fault.column)).alias(fault.column)]


def _wrong_letter(
    rng: np.random.Generator, people: pl.DataFrame, already: pl.Series, share: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pupil numbers with a letter that their digits do not ask for."""
    hit = people["upn"].is_not_null() & pl.Series(rng.random(people.height) < share)
    hit &= ~people["person_id"].is_in(already.implode())
    first = pl.col("upn").str.slice(0, 1)
    other = pl.when(first == "A").then(pl.lit("B")).otherwise(pl.lit("A")) + pl.col("upn").str.slice(1)
    spoilt = people.with_columns(pl.when(hit).then(other).otherwise(pl.col("upn")).alias("upn"))
    what = "The pupil number's letter does not fit its digits"
    return spoilt, _list(people.filter(hit), WRONG_LETTER, "people", "upn", what)


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
