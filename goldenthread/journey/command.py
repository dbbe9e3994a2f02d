"""``goldenthread chronology``: one child's events in order, with their source."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from goldenthread.dataset.store import open_dataset
from goldenthread.dates.asked import day_asked
from goldenthread.journey.chronology import chronology, longest_silence
from goldenthread.journey.events import of_children
from goldenthread.journey.states import faults


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``chronology`` and its options to the command line."""
    parser = subparsers.add_parser(
        "chronology",
        help="one child's events in order",
        description="Every dated event recorded of one child, in order, with the row each came from and when it was "
        "recorded; then what in the journey cannot be right.",
    )
    parser.add_argument("--dataset", type=Path, required=True, help="folder of the dataset")
    parser.add_argument("--child", required=True, help="the child's identifier in the dataset")
    parser.add_argument("--known-on", type=day_asked, metavar="DAY", help="only what was recorded by this day")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the chronology. Returns 0, or 1 where the dataset has no such child. Raises DatasetError."""
    dataset = open_dataset(args.dataset)
    lines = chronology(dataset, args.child, args.known_on)
    if lines.is_empty():
        print(f"{args.dataset} records nothing of a child {args.child!r}. Check the identifier.", file=sys.stderr)
        return 1
    wrong = faults(of_children(dataset, [args.child]))
    if args.format == "json":
        print(_json(args.child, args.known_on, lines, wrong))
    else:
        _print(args.child, args.known_on, lines, wrong)
    return 0


def _json(child: str, known_on: date | None, lines: pl.DataFrame, wrong: pl.DataFrame) -> str:
    document = {
        "child_id": child,
        "known_on": known_on,
        "events": lines.to_dicts(),
        "cannot_be_right": wrong.drop("child_id").to_dicts(),
    }
    return json.dumps(document, default=str, ensure_ascii=False, indent=1)


def _print(child: str, known_on: date | None, lines: pl.DataFrame, wrong: pl.DataFrame) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False)
    known = f", as known on {known_on:%d %B %Y}" if known_on else ""
    table = Table(title=f"Chronology of {child}{known}", title_justify="left")
    for name in ("When", "What happened", "Source", "Recorded"):
        table.add_column(name)
    for line in lines.iter_rows(named=True):
        when = f"{line['at']:%d %b %Y %H:%M}" if line["at"] else f"{line['on']:%d %b %Y}"
        known_at = f"{line['known_at']:%d %b %Y}" if line["known_at"] else "not known"
        table.add_row(when, line["sentence"], f"{line['table']} {line['row_id']}", known_at)
    console.print(table)
    if silence := longest_silence(lines):
        days = (silence[1] - silence[0]).days
        console.print(f"Longest time with nothing recorded: {days} days, to {silence[1]:%d %B %Y}.")
    for fault in wrong.iter_rows(named=True):
        console.print(f"{fault['on']:%d %b %Y}: {fault['sentence']} ({fault['table']} {fault['row_id']})")
