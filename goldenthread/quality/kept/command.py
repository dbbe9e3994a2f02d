"""``goldenthread accuracy``: the record checked, the run kept and compared, and a query's reason recorded."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import date
from pathlib import Path

from rich.console import Console

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.store import Dataset, DatasetError, open_dataset
from goldenthread.dataset.whole_files import write_whole
from goldenthread.dates.asked import day_asked
from goldenthread.quality.kept.queries import answer, answers, find_identity, latest_run, standing_answers, withdraw
from goldenthread.quality.kept.report.as_html import as_html
from goldenthread.quality.kept.report.as_json import as_json
from goldenthread.quality.kept.report.as_text import print_report
from goldenthread.quality.kept.report.as_xlsx import as_xlsx
from goldenthread.quality.kept.report.model import AccuracyReport, accuracy_report
from goldenthread.quality.kept.store import keep, runs_until
from goldenthread.quality.record.check import RecordResult, check_record


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``accuracy``, with ``accuracy explain`` and ``accuracy withdraw``, to the command line."""
    parser = subparsers.add_parser(
        "accuracy",
        help="what is wrong in the record, and what has changed since the last run",
        description="Checks the record by its own rules and by those of the returns, keeps the run, compares it with "
        "the ones kept before and reports: what changed, how far each return is from submittable, who has most to "
        "mend, and how completely and how soon the record is written.",
    )
    parser.add_argument("--dataset", type=Path, help="folder of the dataset")
    parser.add_argument("--as-at", type=day_asked, metavar="DAY", help="the day asked about, as 2019-06-30")
    parser.add_argument("--keep", type=Path, help="folder in which the runs and the answers to queries are kept")
    parser.add_argument("--format", choices=("text", "html", "xlsx", "json"), default="text")
    parser.add_argument("--out", type=Path, help="file to write; standard output if left out")
    parser.set_defaults(run=run)
    deeds = parser.add_subparsers(metavar="explain|withdraw")
    explain = deeds.add_parser("explain", help="record why the data of a query is right")
    explain.add_argument("--reason", required=True, help="why the data is right")
    explain.set_defaults(run=run_explain)
    taken_back = deeds.add_parser("withdraw", help="take a reason back: the query is open again from that day")
    taken_back.set_defaults(run=run_withdraw)
    for deed in (explain, taken_back):
        deed.add_argument("--keep", type=Path, required=True, help="folder in which the runs are kept")
        deed.add_argument("--rule", required=True, help="code of the rule")
        deed.add_argument("--child", required=True, help="identifier of the child")
        deed.add_argument("--record-id", help="identifier of the record; needed where the rule found several")
        deed.add_argument("--by", required=True, metavar="WORKER", help="identifier of the worker who says so")
        deed.add_argument("--on", type=day_asked, required=True, metavar="DAY", help="the day it is said")


def run(args: argparse.Namespace) -> int:
    """Check, keep, compare and report. Returns 0, or 2 for wrong use."""
    if args.dataset is None or args.as_at is None or args.keep is None:
        print("goldenthread accuracy: --dataset, --as-at and --keep are all needed", file=sys.stderr)
        return 2
    if args.format == "xlsx" and args.out is None:
        print("goldenthread accuracy: a workbook needs --out, the file to write", file=sys.stderr)
        return 2
    dataset = _record(args.dataset, args.as_at)
    given = answers(args.keep)
    keep(_checked(dataset, args.as_at), args.keep, dataset, replace=True)
    report = accuracy_report(runs_until(args.keep, args.as_at), given, dataset)
    match args.format:
        case "xlsx":
            write_whole(args.out, as_xlsx(report))
        case "html":
            _write(as_html(report), args.out)
        case "json":
            _write(as_json(report), args.out)
        case _:
            _print_or_write(report, args.out)
    return 0


def _record(folder: Path, day: date) -> Dataset:
    """The dataset; of an earlier day than its own, as it was known then."""
    dataset = open_dataset(folder)
    return as_known(dataset, day) if day < dataset.manifest.as_at else dataset


def _checked(dataset: Dataset, day: date) -> RecordResult:
    try:
        return check_record(dataset, day)
    except ValueError as fault:  # a year before the first of which the returns' rules are held
        raise DatasetError(f"The record cannot be checked as at {day}: {fault}.") from fault


def run_explain(args: argparse.Namespace) -> int:
    """Record a query's reason. Returns 0; DatasetError as `queries.answer`."""
    found = find_identity(latest_run(args.keep, args.on).findings, args.rule, args.child, args.record_id)
    place = answer(args.keep, found, args.reason, args.by, args.on)
    print(f"{place}: {found.rule} of child {found.child_id} is explained from {args.on:%d %B %Y}")
    return 0


def run_withdraw(args: argparse.Namespace) -> int:
    """Take a reason back. Returns 0; DatasetError as `queries.withdraw`."""
    standing = standing_answers(answers(args.keep), args.on)
    found = find_identity(standing, args.rule, args.child, args.record_id)
    place = withdraw(args.keep, found, args.by, args.on)
    print(f"{place}: {found.rule} of child {found.child_id} is open again from {args.on:%d %B %Y}")
    return 0


def _print_or_write(report: AccuracyReport, out: Path | None) -> None:
    if out is None:
        width = None if sys.stdout.isatty() else 160
        print_report(report, Console(width=width, highlight=False, markup=False))
        return
    text = io.StringIO()
    print_report(report, Console(file=text, width=160, highlight=False, markup=False))
    _write(text.getvalue(), out)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    write_whole(out, text.encode())
