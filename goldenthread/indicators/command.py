"""``goldenthread explain``: the rows behind a figure. ``goldenthread indicators``: every indicator, defined."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TypeAlias

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.store import Dataset, open_dataset
from goldenthread.dates.asked import day_asked
from goldenthread.indicators.answerable import why_not
from goldenthread.indicators.catalogue import INDICATORS, NOT_COMPUTED, UnknownIndicator, find
from goldenthread.indicators.compute import figures
from goldenthread.indicators.definition import definition
from goldenthread.indicators.explanation import explain
from goldenthread.indicators.model import Indicator, why_none

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

WRONG_USE = 2
PRINTED_ROWS = 200
"""Rows shown in the terminal; CSV and JSON hold them all."""


def add_parser(commands: Commands) -> None:
    """Add ``explain`` and ``indicators`` and their options to the command line."""
    _add_explain(commands)
    _add_indicators(commands)


def run(arguments: argparse.Namespace) -> int:
    """Run whichever of the two was asked for. Returns 0, or 2 for an indicator there is not."""
    return _explain(arguments) if arguments.command == "explain" else _indicators(arguments)


def _add_explain(commands: Commands) -> None:
    parser = commands.add_parser(
        "explain",
        help="the rows behind a figure, each with its reason",
        description="Lists every row counted in a figure, and every row considered and left out, each with the reason. "
        "The amounts in the numerator add up to the figure's numerator, the weights to its denominator.",
    )
    parser.add_argument("indicator", metavar="INDICATOR", help="an id such as CSB05 or CSC020/31-45, or a published id")
    parser.add_argument("--dataset", type=Path, required=True, metavar="DIR", help="the dataset's folder")
    parser.add_argument("--as-at", type=day_asked, required=True, metavar="D", help="last day of the period")
    parser.add_argument("--known-on", type=day_asked, metavar="D", help="leave out what was recorded later")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument("--engine", choices=("polars", "spark"), default="polars")
    parser.set_defaults(run=run)


def _add_indicators(commands: Commands) -> None:
    parser = commands.add_parser(
        "indicators",
        help="every indicator and its definition",
        description="Lists every indicator with its definition, and those that cannot be computed with the reason.",
    )
    parser.add_argument("--dataset", type=Path, metavar="DIR", help="say also which of them this dataset cannot answer")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def _explain(arguments: argparse.Namespace) -> int:
    try:
        indicator = find(arguments.indicator)
    except UnknownIndicator as unknown:
        print(f"goldenthread explain: {unknown}", file=sys.stderr)
        return WRONG_USE
    dataset = open_dataset(arguments.dataset, arguments.engine)
    rows = explain(dataset, indicator, arguments.as_at, arguments.known_on)
    figure = figures(dataset, [indicator], [arguments.as_at], known_on=arguments.known_on).row(0, named=True)
    match arguments.format:
        case "json":
            print(json.dumps(_document(dataset, indicator, figure, rows), default=str, ensure_ascii=False, indent=1))
        case "csv":
            sys.stdout.write(neutralised_frame(rows).write_csv())
        case _:
            _print_explanation(dataset, indicator, figure, rows)
    return 0


def _document(
    dataset: Dataset, indicator: Indicator, figure: dict[str, object], rows: pl.DataFrame
) -> dict[str, object]:
    not_computed = why_not(dataset, [indicator]).get(indicator.key, "")
    return {
        "definition": definition(indicator),
        "figure": figure,
        "not_computed": not_computed,
        "rows": rows.to_dicts(),
    }


def _print_explanation(dataset: Dataset, indicator: Indicator, figure: dict[str, object], rows: pl.DataFrame) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(f"[bold]{indicator.key}[/bold]  {indicator.title}", highlight=False)
    if why := why_not(dataset, [indicator]).get(indicator.key):
        console.print(f"Not computed. {why}", highlight=False)
        return
    console.print(_sum_in_words(indicator, figure), highlight=False)
    console.print(f"Numerator: {indicator.numerator}.", highlight=False)
    console.print(f"Denominator: {indicator.denominator}.", highlight=False)
    console.print(_by_reason(rows))
    console.print(_row_table(rows.head(PRINTED_ROWS)))
    if rows.height > PRINTED_ROWS:
        console.print(f"{rows.height - PRINTED_ROWS:,} more rows: use --format csv to have them all.", highlight=False)


def _sum_in_words(indicator: Indicator, figure: dict[str, object]) -> str:
    why = why_none(figure["numerator"], figure["denominator"], figure["value"])
    value = f"No value. {why}" if why else figure["value"]
    counts = f"{figure['numerator']:g}" if figure["denominator"] is None else _division(figure)
    period = f"{figure['start']} to {figure['on']}" if figure["start"] != figure["on"] else f"on {figure['on']}"
    return f"{value} ({indicator.unit.value.replace('_', ' ')}), {indicator.basis.value}, {period}: {counts}"


def _division(figure: dict[str, object]) -> str:
    return f"{figure['numerator']:,.6g} of {figure['denominator']:,.10g}"


def _by_reason(rows: pl.DataFrame) -> Table:
    table = Table("reason", "rows", "in numerator", "in denominator", show_lines=False)
    counted = rows.group_by("reason").agg(
        pl.len(), pl.col("in_numerator").sum(), pl.col("in_denominator").sum().alias("counted")
    )
    for reason, number, met, of in counted.sort("len", "reason", descending=[True, False]).iter_rows():
        table.add_row(escape(reason), f"{number:,}", f"{met:,}", f"{of:,}")
    return table


def _row_table(rows: pl.DataFrame) -> Table:
    table = Table(show_lines=False)
    for name in rows.columns:
        table.add_column(name.replace("_", " "), justify="right" if name in ("amount", "weight") else "left")
    for row in rows.iter_rows():
        table.add_row(*(_shown(value) for value in row))
    return table


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case float():
            return f"{value:g}"
        case _:
            return escape(str(value))


def _indicators(arguments: argparse.Namespace) -> int:
    lacking = why_not(open_dataset(arguments.dataset), INDICATORS.values()) if arguments.dataset else {}
    if arguments.format == "json":
        print(json.dumps(_catalogue(lacking), ensure_ascii=False, indent=1))
        return 0
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table("id", "indicator", "unit", "basis", "national definition", title="Computed", title_justify="left")
    for key, each in INDICATORS.items():
        unit = each.unit.value.replace("_", " ")
        table.add_row(key, each.title, unit, each.basis.value, each.national_definition or "none found")
    console.print(table)
    for title, reasons in (("Not computed", _never()), ("Not answered by this dataset", lacking)):
        if reasons:
            console.print(_why_table(title, reasons))
    return 0


def _catalogue(lacking: dict[str, str]) -> dict[str, object]:
    return {
        "indicators": [definition(each) | {"not_answered": lacking.get(key)} for key, each in INDICATORS.items()],
        "not_computed": [{"indicator": each.key, "title": each.title, "why": each.why} for each in NOT_COMPUTED],
    }


def _never() -> dict[str, str]:
    return {each.key: f"{each.title}. {each.why}" for each in NOT_COMPUTED}


def _why_table(title: str, reasons: dict[str, str]) -> Table:
    table = Table("id", "why", title=title, title_justify="left")
    for key, why in reasons.items():
        table.add_row(key, why)
    return table
