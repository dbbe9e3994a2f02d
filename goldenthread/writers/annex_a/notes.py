"""What the lists could not hold and what the record could not tell, each a sentence with its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import AGE, CASE_STATUS
from goldenthread.writers.annex_a.front_door import COUNTED_MONTHS, MONTHS
from goldenthread.writers.annex_a.need import OF_AGE
from goldenthread.writers.annex_a.protection import EMERGENCY, POWERS
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import all_words, text_of

Tables = Mapping[str, pl.DataFrame]

WORDED = (
    ("List 8", "Child's Category of Need", "category_of_need"),
    ("List 8", "Placement Type", "placement_type"),
    ("List 9", "Eligibility Category", "care_leaver_eligibility"),
)
"""The columns whose codes Ofsted's set lacks some of."""
COUNTS = {
    "List 3": ("Number of Referrals in Last 12 Months",),
    "List 5": ("Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months"),
    "List 7": ("Number of Previous Child Protection Plans",),
    "List 8": (
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Number of Placements in the Last 12 months",
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
    ),
}
"""The columns that look back further than the list, and are empty where the record does not."""


def left_out(record: Record) -> dict[str, pl.LazyFrame]:
    """What the lists have no row for, by the name that `notes_on` asks for it by."""
    return {
        "periods": _others(record, "care_periods", "ended_on", MONTHS),
        "adoptions": _others(record, "adoptions", "reversed_on", COUNTED_MONTHS),
        "plans": record["cp_plans"].filter(
            pl.col("temporary_other_authority")
            & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= record.back(MONTHS)))
        ),
    }


def _others(record: Record, table: str, end: str, months: int) -> pl.LazyFrame:
    """Rows that ended within the window and are not the child's latest."""
    start = {"care_periods": "started_on", "adoptions": "decided_on"}[table]
    ended = pl.col(end) >= record.back(months)
    return record[table].filter(ended & (pl.col(start) < pl.col(start).max().over("child_id")))


def notes_on(tables: Tables, record: Record, without: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """The sentences, in order of the lists. `without` has the frames of `left_out`."""
    return (
        *_early_help(tables["List 2"]),
        *_uncounted(tables, record),
        *_statuses(tables["List 6"]),
        *_protection(tables["List 7"], record, without["plans"].height),
        *_care(tables["List 8"], without["periods"].height),
        *_adoption(without["adoptions"].height),
        *_strange_words(tables),
    )


def _early_help(table: pl.DataFrame) -> Iterator[str]:
    if table.height:
        yield (
            "List 2: the record does not say which early help the authority coordinates, so all that still runs is in "
            "the list."
        )


def _uncounted(tables: Tables, record: Record) -> Iterator[str]:
    for name, columns in COUNTS.items():
        for column in columns:
            empty = tables[name][column].null_count()
            if empty and record.history_from:
                yield (
                    f"{name}, '{column}': empty in {empty:,} rows. The record holds everything only from "
                    f"{record.history_from:%d/%m/%Y}, and the count would look back further."
                )
            elif empty:
                yield f"{name}, '{column}': empty in {empty:,} rows. The record does not hold what would be counted."


def _statuses(table: pl.DataFrame) -> Iterator[str]:
    if empty := table[CASE_STATUS].null_count():
        yield (
            f"List 6: {empty:,} open cases have no case status, because no plan, care or open assessment is recorded. "
            "Close the case or record what stands."
        )


def _protection(table: pl.DataFrame, record: Record, others: int) -> Iterator[str]:
    if table[EMERGENCY].null_count() and not record.held.issuperset(POWERS):
        yield f"List 7, '{EMERGENCY}': empty where it is not a Yes. The record holds no emergency powers to tell a No."
    if others:
        yield f"List 7: {others:,} plans of another authority, held here for a time, are left out."


def _care(table: pl.DataFrame, others: int) -> Iterator[str]:
    breaks = [text_of("legal_status", code) for code in ("V3", "V4")]
    if count := table.filter(pl.col("Child's Legal Status").is_in(breaks)).height:
        yield f"List 8: {count:,} children are looked after in a series of short breaks only (V3 or V4)."
    grown = (pl.col(AGE).cast(pl.Int64) >= OF_AGE) & pl.col("Date Ceased to be Looked After").is_null()
    if count := table.filter(grown).height:
        yield f"List 8: {count:,} young people of {OF_AGE} or over have not ceased to be looked after. Record it."
    if others:
        yield f"List 8: {others:,} periods of care ended in the six months before a later one; a child has one row."


def _adoption(others: int) -> Iterator[str]:
    if others:
        yield f"List 10: {others:,} plans of adoption were reversed before a later one; a child has one row."


def _strange_words(tables: Tables) -> Iterator[str]:
    for name, column, words in WORDED:
        known = all_words()[words]
        texts = [known.texts[code] for code in sorted(known.not_ofsted)]
        for text, count in tables[name].filter(pl.col(column).is_in(texts))[column].value_counts(sort=True).iter_rows():
            yield f"{name}, '{column}': {count:,} rows say '{text}', for which Ofsted's codes have no text."
