"""The report's lines as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.timeliness.report.daily import DailyReport

COLUMNS = (
    *(
        "status",
        "service",
        "team",
        "worker",
        "child_id",
        "title",
        "stage",
        "layer",
        "rule",
        "clock",
        "due_on",
        "due_at",
    ),
    *("days_over", "days_left", "late_by", "late_unit", "trigger_kind", "trigger_on", "trigger_at", "trigger_table"),
    *("trigger_row_id", "chained_kind", "chained_on", "chained_at", "chained_table", "chained_row_id", "counting"),
    *("disputed", "other_due_on", "readings", "satisfied_on", "satisfied_table", "satisfied_row_id", "ended_on"),
    *("law", "citation", "seen", "why"),
)
"""The columns of a line, in order, in CSV and JSON."""


def as_csv(report: DailyReport) -> str:
    """Every line: the overdue, the soon due, then what was lately done in time by one reading of its rule only.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    lines = pl.concat([report.overdue, report.soon, report.lately_disputed]).select(COLUMNS)
    return neutralised_frame(lines).write_csv()
