"""The words `annex-a` and `record` of ``goldenthread check``: their options, without the weight of what they run."""

from __future__ import annotations

import argparse
from pathlib import Path

from goldenthread.dates.asked import day_asked

FORMATS = ("text", "json", "csv")


def add_words(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `annex-a` and `record` to the words of `check`."""
    workbook = words.add_parser("annex-a", help="an Annex A workbook: the checks an inspector makes by eye")
    workbook.add_argument("path", type=Path, metavar="FILE.xlsx")
    workbook.add_argument("--as-at", type=day_asked, metavar="D", help="the day the lists speak of, if they do not say")
    workbook.set_defaults(run=_annex_a)
    record = words.add_parser("record", help="a dataset: those checks, and every rule of the returns made from it")
    record.add_argument("--dataset", type=Path, required=True, metavar="DIR", help="folder of the dataset")
    record.add_argument("--as-at", type=day_asked, required=True, metavar="D", help="the day to check as at")
    record.set_defaults(run=_record)
    for one in (workbook, record):
        one.add_argument("--format", choices=FORMATS, help="the form (default: that of --out, else text)")
        one.add_argument("--out", type=Path, metavar="FILE", help="file to write (.json, .csv or .txt)")


def _annex_a(args: argparse.Namespace) -> int:
    from goldenthread.quality.record.command import run_annex_a

    return run_annex_a(args)


def _record(args: argparse.Namespace) -> int:
    from goldenthread.quality.record.command import run_record

    return run_record(args)
