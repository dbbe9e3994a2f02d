"""Printed beside computed, as text for a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldenthread.board.present import NOTHING, count, value_text
from goldenthread.board.printed import Comparison
from goldenthread.board.terminal import WIDTH

STYLES = {"out": "bold red", "within 15%": "green", "within 3 s.e.": "green"}


def print_comparison(comparisons: Sequence[Comparison]) -> None:
    """Print a table a period on standard output, and how many rows had each verdict."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    for period in dict.fromkeys(one.period for one in comparisons):
        rows = [one for one in comparisons if one.period == period]
        console.print(_table(period, rows))
        tally = Counter(one.verdict for one in rows)
        console.print(f"{period}: " + ", ".join(f"{number} {verdict}" for verdict, number in tally.items()) + "\n")


def _table(period: str, rows: Sequence[Comparison]) -> Table:
    table = Table(title=period, title_justify="left", expand=True, box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("Id", width=10, no_wrap=True)
    table.add_column("Indicator", ratio=1, no_wrap=True, overflow="ellipsis")
    for heading, width in (("Printed", 9), ("Computed", 9), ("Counts", 16), ("Apart", 8), ("s.e.", 7)):
        table.add_column(heading, width=width, justify="right", no_wrap=True)
    table.add_column("Verdict", width=13, no_wrap=True)
    for one in rows:
        table.add_row(*_line(one))
    return table


def _line(one: Comparison) -> tuple[str | Text, ...]:
    counts = [count(value) for value in (one.numerator, one.denominator) if value is not None]
    return (
        one.key,
        one.title,
        value_text(one.printed, one.unit, 2),
        value_text(one.computed, one.unit, 2),
        " / ".join(counts) if one.computed is not None else "",
        NOTHING if one.relative is None else f"{100 * one.relative:+.1f}%",
        NOTHING if one.standard_error is None else f"{one.standard_error:.2f}",
        Text(one.verdict, style=STYLES.get(one.verdict, "dim")),
    )
