"""The report's lines as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import polars as pl

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
    *("trigger_row_id", "counting", "law", "citation", "seen", "why"),
)
"""The columns of a line, in order, in CSV and JSON."""


def as_csv(report: DailyReport) -> str:
    """Every line, the overdue first. Text that a spreadsheet would take for a formula begins with an apostrophe."""
    lines = pl.concat([report.overdue, report.soon]).select(COLUMNS)
    return neutralised(lines).write_csv()


def neutralised(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before any text that begins, after blanks, with = + - @ or a control character."""
    text = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    starts = r"^[\s]*[=+\-@]|^[\t\r\n]"
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(starts))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in text
    )
