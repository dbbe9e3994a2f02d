"""Everything a check has to say, one line each, as one frame: for spreadsheets and for other programs."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.hostile import neutralised
from goldenthread.quality.report.findings import ENRICHED
from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.rule import Severity

KIND = "kind"
LINES = {KIND: pl.String} | ENRICHED
FROM_FILES = ("child", "file", "values", "says", "fields", "table")
"""Columns that may hold text out of the files, where our own sentences stand in them elsewhere."""
NOTICE = "notice"


def all_lines(report: CheckReport) -> pl.DataFrame:
    """One line each, with `kind` and the columns of `ENRICHED`.

    `kind`: "structure" (a fault of the file as a whole), "not read" (a cell or row that could not be read; the rules
    did not see it), "rule" (a finding of a rule), "notice" (read, and yet deserves a look).
    """
    return _together([file_lines(report), report.findings.with_columns(pl.lit("rule").alias(KIND))])


def file_lines(report: CheckReport) -> pl.DataFrame:
    """The lines of `all_lines` that are of the files themselves: everything but the rules' findings."""
    not_read = _unread(report.unread, "not read", Severity.ERROR.value)
    return _together([_structure(report), not_read, _unread(report.notices, NOTICE, NOTICE)])


def safe_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with every text that a spreadsheet would take for a formula put behind an apostrophe."""
    return lines.with_columns(neutralised(pl.col(name)).alias(name) for name in FROM_FILES)


def _together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([part.select(*LINES).cast(pl.Schema(LINES)) for part in parts])


def _structure(report: CheckReport) -> pl.DataFrame:
    if not report.structure.height:
        return pl.DataFrame(schema=LINES)
    return report.structure.select(
        pl.lit("structure").alias(KIND),
        pl.lit("").alias("rule"),
        pl.lit(Severity.ERROR.value).alias("severity"),
        pl.concat_str("element", pl.lit(" "), "fault", pl.lit(". "), "mend", ignore_nulls=True).alias("says"),
        pl.col("element").alias("fields"),
        pl.lit(None).alias("table"),
        pl.lit(None).alias("row"),
        "child",
        pl.lit(report.source).alias("file"),
        "line",
        pl.col("value").fill_null("").alias("values"),
    )


def _unread(unread: pl.DataFrame, kind: str, severity: str) -> pl.DataFrame:
    whose = pl.when(pl.col("column") == "").then(pl.lit("The line")).otherwise("column")
    return unread.select(
        pl.lit(kind).alias(KIND),
        pl.lit("").alias("rule"),
        pl.lit(severity).alias("severity"),
        says=pl.concat_str(whose, pl.lit(" "), "reason", pl.lit(". "), "what_to_do").str.strip_chars_end(" "),
        fields="column",
        table="place",
        row=pl.lit(None),
        child=pl.lit(None),
        file="file",
        line="row",
        values="value",
    )
