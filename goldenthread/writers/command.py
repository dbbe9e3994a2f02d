"""``goldenthread return``: the files an authority sends, from the record as at a day."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from goldenthread.dataset.store import Dataset, DatasetError, open_dataset
from goldenthread.dataset.whole_files import write_whole
from goldenthread.dates.asked import day_asked
from goldenthread.writers.built import Built

if TYPE_CHECKING:
    from goldenthread.writers.dfe_api import Sent

KINDS = ("annex-a", "cin-census", "ssda903", "dfe-api")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``return`` and its options to the command line."""
    parser = subparsers.add_parser(
        "return",
        help="write a return: Annex A, CIN census, SSDA903, or the DfE's daily flow",
        description="Writes a return from the dataset as at a day. Annex A is a workbook; the CIN census an XML file; "
        "the SSDA903 a folder of CSV files, or one XML file where --out ends in .xml; the daily flow a folder of JSON "
        "files with the state that is kept from day to day.",
    )
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--dataset", type=Path, required=True, metavar="DIR", help="folder of the dataset")
    parser.add_argument("--as-at", type=day_asked, required=True, metavar="D", help="the day the return is made for")
    parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="the file or folder to write")
    parser.add_argument("--year", type=int, metavar="Y", help="the year the collection ends, if not that of --as-at")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="annex-a: keep this run, and show what has changed")
    flow = parser.add_argument_group("dfe-api: sending is switched off unless asked for")
    flow.add_argument("--send", action="store_true", help="send what was prepared, to the service of the environment")
    flow.add_argument("--agree-to-purge", action="store_true", help="let more than the usual few items be taken back")
    flow.add_argument("--retry-refused", action="store_true", help="send again what was refused and has not changed")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the return. Gives 0 when done; 1 when records were refused, or would not be sent. Raises DatasetError."""
    dataset = open_dataset(args.dataset)
    if args.kind == "dfe-api":
        return _daily_flow(args, dataset)
    writers: dict[str, Callable[[argparse.Namespace, Dataset], Built]] = {
        "annex-a": _annex_a,
        "cin-census": _cin_census,
        "ssda903": _ssda903,
    }
    built = writers[args.kind](args, dataset)
    rows = sum(frame.height for frame in built.tables.values())
    print(f"{args.out}: {args.kind} as at {built.as_at:%d %B %Y}, {len(built.tables)} tables, {rows:,} rows")
    for note in built.notes:
        print(f"  {note}", file=sys.stderr)
    return 0


def _annex_a(args: argparse.Namespace, dataset: Dataset) -> Built:
    from goldenthread.writers import annex_a

    built = annex_a.build(dataset, args.as_at)
    annex_a.write_workbook(built, args.out)
    if args.keep:
        _kept(built, args)
    return built


def _kept(built: Built, args: argparse.Namespace) -> None:
    """Keep the run, and beside the workbook write what has changed since the one before."""
    from goldenthread.writers.annex_a.changes import changes_html, changes_json, changes_xlsx, compare
    from goldenthread.writers.annex_a.runs import keep_run, run_before

    before = run_before(args.keep, built.as_at)
    keep_run(built, args.keep, replace=True)
    if before is None:
        print(f"{args.keep}: the first run kept; the next will be compared with it")
        return
    changes = compare(before, built)
    for suffix, content in (
        ("html", changes_html(changes).encode()),
        ("json", changes_json(changes).encode()),
        ("xlsx", changes_xlsx(changes)),
    ):
        path = args.out.with_name(f"{args.out.stem}-changes.{suffix}")
        write_whole(path, content)
        print(f"{path}: what has changed since {before.as_at:%d %B %Y}")


def _cin_census(args: argparse.Namespace, dataset: Dataset) -> Built:
    from goldenthread.writers import cin_census

    built = cin_census.build(dataset, args.as_at, year=args.year)
    cin_census.write_xml(built, args.out)
    return built


def _ssda903(args: argparse.Namespace, dataset: Dataset) -> Built:
    from goldenthread.writers import ssda903

    built = ssda903.build(dataset, args.as_at, year=args.year)
    if args.out.suffix.lower() == ".xml":
        left_out = ssda903.write_xml(built, args.out)
        return Built(built.kind, built.as_at, built.tables, built.origins, (*built.notes, *left_out))
    ssda903.write_csv_set(built, args.out)
    return built


def _daily_flow(args: argparse.Namespace, dataset: Dataset) -> int:
    from goldenthread.writers import dfe_api

    try:
        prepared = dfe_api.prepare(dataset, args.as_at, args.out, _now(), retry_refused=args.retry_refused)
        counts = ", ".join(f"{number:,} {kind.value}" for kind, number in prepared.counts.items())
        print(f"{args.out}: daily flow as at {prepared.as_at:%d %B %Y}: {counts}; {len(prepared.batches)} batches")
        sent = dfe_api.send(
            args.out,
            os.environ,
            _now,
            switched_on=args.send,
            purge_agreed=args.agree_to_purge,
            tell=lambda sentence: print(f"  {sentence}", file=sys.stderr),
        )
    except dfe_api.DailyFlowError as fault:
        raise DatasetError(str(fault)) from fault
    return _said_of(sent, args.send)


def _now() -> datetime:
    """England's local clock, which the state of the daily flow is kept by."""
    return datetime.now(ZoneInfo("Europe/London"))


def _said_of(sent: Sent, asked: bool) -> int:
    """Say what became of the run, with counts and no child. Gives 1 when something asked for was not sent."""
    if sent.stopped:
        print(f"  {sent.stopped}", file=sys.stderr)
    if not asked:
        return 0
    print(
        f"  {sent.accepted:,} accepted, {sent.purged:,} of them purged; {sent.refused.height:,} refused, "
        f"{sent.failed.height:,} to be tried again, {sent.waiting:,} not come to"
    )
    return 1 if sent.stopped or sent.refused.height or sent.failed.height or sent.waiting else 0
