"""``goldenthread timeliness``: the daily report of what is overdue and what falls due soon."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.store import open_dataset
from goldenthread.dataset.whole_files import write_whole
from goldenthread.dates.asked import day_asked
from goldenthread.journey.episodes import survey
from goldenthread.statute.faults import StatuteError
from goldenthread.statute.load import DEFAULT_LOCAL, load_book
from goldenthread.timeliness.plan import followable, plan
from goldenthread.timeliness.report.as_csv import as_csv
from goldenthread.timeliness.report.as_html import as_html
from goldenthread.timeliness.report.as_json import as_json
from goldenthread.timeliness.report.as_text import print_report
from goldenthread.timeliness.report.daily import daily_report
from goldenthread.timeliness.rules import rules_listing


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``timeliness`` and its options to the command line."""
    parser = subparsers.add_parser(
        "timeliness",
        help="what is overdue, and what falls due in the next ten working days",
        description="The daily timeliness report: what is overdue and what falls due in the next ten working days, by "
        "service, team, worker and rule, worst first, each line explained. With --rules, every entry of the statute "
        "book and whether it is followed; a dataset may then be left out.",
    )
    parser.add_argument("--dataset", type=Path, help="folder of the dataset")
    parser.add_argument("--as-at", type=day_asked, metavar="DAY", help="the day asked about, as 2019-06-30")
    parser.add_argument("--known-on", type=day_asked, metavar="DAY", help="only what was recorded by this day")
    parser.add_argument("--format", choices=("text", "json", "csv", "html"), default="text")
    parser.add_argument("--out", type=Path, help="file to write; standard output if left out")
    parser.add_argument("--engine", choices=("polars", "spark"), default="polars", help="where the sums are done")
    parser.add_argument(
        "--local",
        default=DEFAULT_LOCAL,
        help="the authority's own timescales: york, or the path of a file; '' for none",
    )
    parser.add_argument(
        "--rules", action="store_true", help="list every entry of the statute book, followed or why not"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the report. Returns 0; 1 where the authority's own timescales have faults; 2 for wrong use."""
    if not args.rules and (args.dataset is None or args.as_at is None):
        print(
            "goldenthread timeliness: --dataset and --as-at are both needed, unless --rules is given", file=sys.stderr
        )
        return 2
    try:
        book = load_book(args.local or None)
    except StatuteError as fault:
        print(fault, file=sys.stderr)
        return 1
    dataset = open_dataset(args.dataset, args.engine) if args.dataset else None
    if args.rules:
        chosen = plan(book)
        chosen = followable(chosen, survey(dataset).kinds) if dataset else chosen
        return _rules(rules_listing(chosen), args)
    assert dataset is not None  # the usage check above
    with _progress("Working out what is due"):
        report = daily_report(dataset, args.as_at, args.known_on, book=book)
    match args.format:
        case "json":
            _write(as_json(report), args.out)
        case "csv":
            _write(as_csv(report), args.out)
        case "html":
            _write(as_html(report), args.out)
        case _:
            _print_or_write(lambda console: print_report(report, console), args.out)
    return 0


def _rules(listing: pl.DataFrame, args: argparse.Namespace) -> int:
    match args.format:
        case "json":
            _write(json.dumps(listing.to_dicts(), ensure_ascii=False), args.out)
        case "csv":
            flat = listing.with_columns(pl.col("missing").list.join(" "))
            _write(neutralised_frame(flat).write_csv(), args.out)
        case _:
            _print_or_write(lambda console: _print_rules(listing, console), args.out)
    return 0


def _print_rules(listing: pl.DataFrame, console: Console) -> None:
    table = Table(title="The statute book and the timeliness engine", title_justify="left")
    for name in ("Rule", "Followed", "Within", "Why not, or what is missing"):
        table.add_column(name)
    for row in listing.iter_rows(named=True):
        clocks = f"yes, {row['clocks']} clocks" if row["clocks"] > 1 else "yes" if row["followed"] else "no"
        missing = f" Missing: {', '.join(row['missing'])}." if row["missing"] else ""
        table.add_row(row["rule"], clocks, row["within"], f"{row['reason']}{missing}")
    console.print(table)
    followed = listing["followed"].sum()
    could = listing.filter(~pl.col("followed") & (pl.col("missing").list.len() > 0)).height
    rest = listing.height - followed - could
    console.print(
        f"{followed} followed; {could} not, for want of something the dataset lacks; {rest} set no child a date."
    )


def _print_or_write(say: Callable[[Console], None], out: Path | None) -> None:
    if out is None:
        say(Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False))
        return
    text = io.StringIO()
    say(Console(file=text, width=160, highlight=False, markup=False))
    _write(text.getvalue(), out)


def _write(text: str, out: Path | None) -> None:
    """Whole or not at all: a reader never meets half a report."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    write_whole(out, text.encode())


@contextmanager
def _progress(what: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(what):
        yield
