"""The lines of a check as CSV and Parquet, and every rule's status as CSV."""

from __future__ import annotations

from io import BytesIO

import polars as pl

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.quality.report.lines import all_lines, safe_lines
from goldenthread.quality.report.model import CheckReport


def as_csv(report: CheckReport) -> bytes:
    """Every line (`all_lines`), harmless in a spreadsheet."""
    return safe_lines(all_lines(report)).write_csv().encode()


def as_parquet(report: CheckReport) -> bytes:
    """Every line (`all_lines`), every text as it stands in the files."""
    into = BytesIO()
    all_lines(report).write_parquet(into)
    return into.getvalue()


def rules_csv(report: CheckReport) -> bytes:
    """Every rule, what it found, whether it ran, and why not (`CheckReport.by_rule`)."""
    failed_first = report.by_rule.sort(pl.col("status") != "failed", maintain_order=True)
    return neutralised_frame(failed_first).write_csv().encode()
