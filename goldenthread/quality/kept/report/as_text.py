"""The accuracy report in a terminal."""

from __future__ import annotations

import polars as pl
from rich.console import Console
from rich.table import Table

from goldenthread.quality.kept.report.model import AccuracyReport
from goldenthread.quality.kept.report.words import change_words, headline, how_it_stands, return_name

SHOWN = 15


def print_report(report: AccuracyReport, console: Console) -> None:
    """What changed, how far each return is, the children with most and how the teams record; what is cut is said."""
    console.print(f"{report.authority or 'Data accuracy'}: as at {report.as_at:%d %B %Y}")
    console.print(headline(report) + "\n")
    changes = report.changes
    names = ("rule", "severity", "new", "came_back", "mended", "still_there", "says")
    console.print(_table("What changed, by rule", changes.select(names).head(SHOWN)))
    if changes.height > SHOWN:
        console.print(f"{changes.height - SHOWN:,} more rules: --format html, xlsx or json gives them all.")
    far = Table(title="How far each return is from submittable", title_justify="left")
    for name in ("Return", "How it stands", "Errors", "Unexplained queries"):
        far.add_column(name)
    for row in report.returns.iter_rows(named=True):
        errors, queries = (_with_change(row[name], row[f"{name}_change"]) for name in ("errors", "queries"))
        far.add_row(return_name(row["checked_as"]), how_it_stands(row), errors, queries)
    console.print(far)
    console.print(_table("Children with most", report.children.drop("rules")))
    console.print(_table("Recording, by team", report.recording.drop("cells", "filled")))


def _with_change(number: int, change: int | None) -> str:
    return f"{number:,} ({words})" if (words := change_words(change)) else f"{number:,}"


def _table(title: str, frame: pl.DataFrame) -> Table:
    table = Table(title=title, title_justify="left")
    for name, dtype in frame.schema.items():
        table.add_column(name.replace("_", " "), justify="right" if dtype.is_numeric() else "left")
    for row in frame.iter_rows():
        table.add_row(
            *("" if value is None else f"{value:,}" if isinstance(value, int) else str(value) for value in row)
        )
    return table
