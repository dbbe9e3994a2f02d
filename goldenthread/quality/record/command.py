"""``goldenthread check annex-a`` and ``check record``: what an inspector sees by eye, in a workbook or the record."""

from __future__ import annotations

import argparse
import json
import sys

import polars as pl

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.rejects import RefusedFile, Rejects
from goldenthread.dataset.store import Manifest, dataset_of, open_dataset
from goldenthread.dataset.whole_files import write_whole
from goldenthread.quality.record.check import RecordResult, check_record
from goldenthread.quality.rule import Severity

SHOWN = 5
"""Findings of a rule that the terminal shows; the rest is in the file."""


def run_annex_a(args: argparse.Namespace) -> int:
    """Check a workbook. Gives 1 when there are errors or cells that could not be read. Raises RefusedFile."""
    read = read_annex_a(args.path, as_at=args.as_at)
    if read.as_at is None:
        raise RefusedFile(f"{args.path.name} does not say which day it speaks of. Give it with --as-at.")
    # As read, and not as imported: what an import would refuse is what these checks are to find.
    dataset = dataset_of(read.tables, Manifest(read.as_at))
    return _give(check_record(dataset, read.as_at, returns=False), read.rejects, args)


def run_record(args: argparse.Namespace) -> int:
    """Check a dataset. Gives 1 when there are errors. Raises DatasetError."""
    return _give(check_record(open_dataset(args.dataset), args.as_at), Rejects(), args)


def _give(result: RecordResult, rejects: Rejects, args: argparse.Namespace) -> int:
    for kind, rule, status, reason in result.rules.iter_rows():
        if status == "failed":
            print(f"goldenthread check: RULE {rule} of {kind} FAILED: {reason}", file=sys.stderr)
    form = args.format or (args.out.suffix.removeprefix(".") if args.out else "text")
    content = {"json": _json, "csv": _csv}.get(form, _text)(result, rejects)
    if args.out:
        write_whole(args.out, content.encode())
        print(f"{args.out}: {result.findings.height:,} findings", file=sys.stderr)
    else:
        sys.stdout.write(content)
    errors = result.findings.filter(pl.col("severity") == Severity.ERROR.value).height
    failed = result.rules.filter(pl.col("status") == "failed").height
    return 1 if errors or failed or rejects.found else 0


def _json(result: RecordResult, rejects: Rejects) -> str:
    document = {
        "as_at": result.as_at,
        "findings": result.findings.to_dicts(),
        "rules": result.rules.to_dicts(),
        "not_read": rejects.frame().to_dicts(),
    }
    return json.dumps(document, default=str, ensure_ascii=False, indent=1) + "\n"


def _csv(result: RecordResult, rejects: Rejects) -> str:
    return neutralised_frame(result.findings).write_csv()


def _text(result: RecordResult, rejects: Rejects) -> str:
    statuses = result.rules["status"].value_counts().rows()
    lines = [
        f"As at {result.as_at:%d %B %Y}: {result.findings.height:,} findings; rules "
        + ", ".join(f"{status} {number}" for status, number in sorted(statuses)),
        f"Cells and rows that could not be read: {len(rejects.found):,}",
    ]
    for (kind, rule), found in result.findings.group_by("checked_as", "rule", maintain_order=True):
        lines += ["", f"{kind} {rule} ({found['severity'][0]}), {found.height:,}: {found['says'][0]}"]
        for row in found.head(SHOWN).iter_rows(named=True):
            lines.append(f"  {row['child_id'] or '-'}  {row['field'] or row['record'] or ''}  {row['record_id'] or ''}")
        if found.height > SHOWN:
            lines.append(f"  and {found.height - SHOWN:,} more")
    return "\n".join(lines) + "\n"
