"""The figures of ``goldenthread figures`` as tables in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldenthread.indicators.model import Indicator

ALL = "All"
NOTHING = "-"


def print_figures(
    wanted: Sequence[Indicator], figures: pl.DataFrame, not_computed: Mapping[str, str], notes: Sequence[str]
) -> None:
    """Each indicator with a line a period and group, or the reason it has no figures; then the notes."""
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    for indicator in wanted:
        console.print(f"[bold]{escape(indicator.key)}[/bold]  {escape(indicator.title)}")
        if indicator.key in not_computed:
            console.print(escape(not_computed[indicator.key]))
        else:
            console.print(f"In {indicator.unit.value.replace('_', ' ')}. Counted: {escape(indicator.numerator)}.")
            console.print(_table(indicator, figures.filter(pl.col("indicator") == indicator.key)))
    for note in notes:
        console.print(escape(note))


def _table(indicator: Indicator, figures: pl.DataFrame) -> Table:
    grouped = bool(figures.filter(pl.col("group") != "").height)
    table = Table()
    for name in ("from", "to", *(("group",) if grouped else ()), "value", "numerator", "denominator"):
        table.add_column(name, justify="left" if name in ("from", "to", "group") else "right")
    for row in figures.sort("on", maintain_order=True).iter_rows(named=True):
        group = (escape(row["group"] or ALL),) if grouped else ()
        numbers = (
            _shown(row["value"], indicator.places),
            *(_count(row[name]) for name in ("numerator", "denominator")),
        )
        table.add_row(str(row["start"]), str(row["on"]), *group, *numbers)
    return table


def _shown(value: float | None, places: int) -> str:
    return NOTHING if value is None else f"{value:,.{places}f}"


def _count(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.10g}"
