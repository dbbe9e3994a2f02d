"""Runs of the record's checks drawn by hand: a finding is written "rule child" or "rule child record_id"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from goldenthread.quality.kept.store import Run, run_of
from goldenthread.quality.record.check import FINDINGS, RecordResult

FIRST = date(2026, 1, 5)
"""A Monday."""
DECLARED = {"E1": "error", "E2": "error", "Q1": "query"}


def day(week: int) -> date:
    """The day of the run of that week, the first being 0."""
    return FIRST + timedelta(weeks=week)


def result(as_at: date, *found: str, status: Mapping[str, str] | None = None) -> RecordResult:
    """A run's result; every declared rule ran unless `status` says otherwise."""
    rows = [_row(*said.split()) for said in found]
    ran = [("record", rule, (status or {}).get(rule, "ran"), "") for rule in DECLARED]
    rules = pl.DataFrame(ran, schema=["checked_as", "rule", "status", "reason"], orient="row")
    return RecordResult(as_at, pl.DataFrame(rows, schema=FINDINGS, orient="row"), rules)


def run(as_at: date, *found: str, status: Mapping[str, str] | None = None) -> Run:
    return run_of(result(as_at, *found, status=status))


def _row(rule: str, child: str, record_id: str = "V1") -> tuple[str | None, ...]:
    held = None if record_id == "-" else record_id
    return ("record", rule, DECLARED[rule], child, "visits", held, "visits.seen", f"What {rule} says.")
