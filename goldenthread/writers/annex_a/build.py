"""Ofsted's eleven lists of Annex A, built from the record as at a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import BORN, LISTS, AnnexList
from goldenthread.dataset.store import Dataset
from goldenthread.writers.annex_a.adoption import adopters, adoptions
from goldenthread.writers.annex_a.assessments import assessments, enquiries
from goldenthread.writers.annex_a.care import looked_after
from goldenthread.writers.annex_a.children import children, with_child
from goldenthread.writers.annex_a.columns import DAY, days_of
from goldenthread.writers.annex_a.front_door import contacts, early_help, referrals
from goldenthread.writers.annex_a.leaving import care_leavers
from goldenthread.writers.annex_a.need import children_in_need
from goldenthread.writers.annex_a.notes import left_out, notes_on
from goldenthread.writers.annex_a.protection import protection_plans
from goldenthread.writers.annex_a.record import Record, record_of
from goldenthread.writers.built import Built

KIND = "annex-a"
PLAIN = pl.QueryOptFlags(comm_subplan_elim=False)
"""Polars 1.44 panics on some of these plans when it looks for what they have in common (its cache states)."""
ADOPTERS = 11

SOURCES: Mapping[int, tuple[Callable[[Record], pl.LazyFrame], str]] = {
    1: (contacts, "contacts"),
    2: (early_help, "early_help_assessments"),
    3: (referrals, "referrals"),
    4: (assessments, "assessments"),
    5: (enquiries, "section_47_enquiries"),
    6: (children_in_need, "referrals"),
    7: (protection_plans, "cp_plans"),
    8: (looked_after, "care_periods"),
    9: (care_leavers, "care_leavers"),
    10: (adoptions, "adoptions"),
    11: (adopters, "adopters"),
}
"""Each list's rows, with child_id and record_id, and the canonical table those rows are of."""


def build(dataset: Dataset, as_at: date) -> Built:
    """The eleven lists as at the end of that day, named "List 1" to "List 11", in Ofsted's columns and words.

    Dates are DD/MM/YYYY, ages and counts whole numbers, all as text. Rows are in order of the child and then of the
    list's first date. What happened after the day is not in them, nor what was recorded as ending after it.
    """
    record = record_of(dataset, as_at)
    people = children(record)
    # A child alone is in few of the lists: those without a row of their own table need no plan.
    filled = [wanted for wanted in LISTS if SOURCES[wanted.number][1] not in record.empty]
    without = left_out(record)
    plans = [*(_list(record, wanted, people) for wanted in filled), *without.values()]
    found = dict(
        zip([*(wanted.place for wanted in filled), *without], pl.collect_all(plans, optimizations=PLAIN), strict=True)
    )
    tables, origins = {}, {}
    for wanted in LISTS:
        frame = found[wanted.place] if wanted.place in found else _no_rows(wanted)
        tables[wanted.place] = frame.select(heading.name for heading in wanted.headings)
        of_record = pl.lit(SOURCES[wanted.number][1]).alias("record")
        origins[wanted.place] = frame.select(pl.col("_child").alias("child_id"), of_record, "record_id")
    return Built(KIND, as_at, tables, origins, notes_on(tables, record, found))


def _list(record: Record, wanted: AnnexList, people: pl.DataFrame) -> pl.LazyFrame:
    """One list's columns as text, with _child and record_id, in order."""
    rows = SOURCES[wanted.number][0](record)
    if wanted.number != ADOPTERS:
        rows = with_child(rows, people, wanted.number)
    days = days_of(wanted.number)
    first = [name for name in days if name != BORN][:1]
    return rows.sort("child_id", *first, "record_id", nulls_last=True).select(
        pl.col("child_id").alias("_child"),
        "record_id",
        *(
            pl.col(heading.name).dt.strftime(DAY) if heading.name in days else pl.col(heading.name).cast(pl.String)
            for heading in wanted.headings
        ),
    )


def _no_rows(wanted: AnnexList) -> pl.DataFrame:
    names = ("_child", "record_id", *(heading.name for heading in wanted.headings))
    return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
