"""The report in a terminal."""

from __future__ import annotations

import polars as pl
from rich.console import Console
from rich.table import Table

from goldenthread.timeliness.report.daily import DailyReport

WORST_SHOWN = 20


def print_report(report: DailyReport, console: Console, *, shown: int = WORST_SHOWN) -> None:
    """Totals by team and by rule, then the worst lines, each explained; what is cut is counted and said."""
    known = f", as known on {report.known_on:%d %B %Y}" if report.known_on else ""
    console.print(f"{report.authority or 'Timeliness'}: as at {report.as_at:%d %B %Y}{known}")
    console.print(
        f"{report.overdue.height:,} overdue, for {report.children:,} children; {report.soon.height:,} due by "
        f"{report.until:%d %B %Y}.\n"
    )
    console.print(_totals("By team", report.totals("service", "team")))
    console.print(_totals("By rule", report.totals("title")))
    if report.overdue.height:
        console.print(_worst(report.overdue.head(shown), f"The worst {min(shown, report.overdue.height)}"))
    if report.overdue.height > shown:
        console.print(f"{report.overdue.height - shown:,} more are overdue: --format csv or json gives them all.")
    if report.disputed.height:
        console.print(
            f"{report.disputed.height:,} are in time by one reading of their rule and late by the other, "
            f"{report.lately_disputed.height:,} of them lately done: --format csv or json says which."
        )
    without = sum(1 for one in report.not_followed if one.missing)
    console.print(f"{without} rules cannot be followed in this dataset: --rules says which, and why.")


def _totals(title: str, frame: pl.DataFrame) -> Table:
    table = Table(title=title, title_justify="left")
    for name, dtype in frame.schema.items():
        if name != "total_days":
            table.add_column(name.replace("_", " "), justify="right" if dtype.is_numeric() else "left")
    for row in frame.drop("total_days").iter_rows():
        table.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in row))
    return table


def _worst(lines: pl.DataFrame, title: str) -> Table:
    table = Table(title=title, title_justify="left", show_lines=True)
    table.add_column("Child")
    table.add_column("Days over", justify="right")
    table.add_column("Team and worker")
    table.add_column("What, and why")
    for row in lines.iter_rows(named=True):
        table.add_row(
            row["child_id"], f"{row['days_over']:,}", f"{row['team']}\n{row['worker']}", f"{row['title']}\n{row['why']}"
        )
    return table
