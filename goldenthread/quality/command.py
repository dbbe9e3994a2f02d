"""``goldenthread check``: every rule of a return run on its files, and what they found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.quality.by_eye import add_words
from goldenthread.quality.report.forms import BINARY, ENDINGS, FORMATS, give
from goldenthread.quality.report.words import writable
from goldenthread.quality.returns import checked
from goldenthread.quality.rule import Rule

if TYPE_CHECKING:
    from goldenthread.quality.report.model import CheckReport

LAST_YEAR = "last year's "


class WrongUse(Exception):
    """The command was asked for something it cannot do; the message says what."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `check` with one word for each return."""
    parser = subparsers.add_parser(
        "check",
        help="run every rule of a return on its files",
        description="Runs every rule of the return that its year has, and says what is wrong, where, and how to mend "
        "it; and which rules could not be run, and why. Ends with 1 when there is anything to mend.",
    )
    words = parser.add_subparsers(dest="kind", metavar="RETURN", required=True)
    looked_after = words.add_parser("ssda903", help="children looked after: a folder of CSV files, or the XML")
    looked_after.add_argument("path", type=Path, metavar="DIR_OR_XML")
    looked_after.add_argument("--previous", type=Path, metavar="DIR_OR_XML", help="last year's return, as it was sent")
    looked_after.add_argument(
        "--reference", type=Path, metavar="DIR", help="folder of the providers, postcodes and the authority's code"
    )
    census = words.add_parser("cin-census", help="children in need: the XML file")
    census.add_argument("path", type=Path, metavar="FILE.xml")
    census.set_defaults(previous=None, reference=None)
    add_words(words)
    for one in (looked_after, census):
        one.set_defaults(run=run)
        one.add_argument("--year", type=int, required=True, metavar="YYYY", help="the year the collection ends in")
        one.add_argument("--out", type=Path, metavar="FILE", help=f"file to write ({', '.join(ENDINGS)})")
        one.add_argument("--format", choices=FORMATS, help="the form, where --out does not tell it (default: text)")
        one.add_argument("--rules", metavar="CODE,...", help="only these rules")


def run(args: argparse.Namespace) -> int:
    """Check and report. Gives 0 when there is nothing to mend, 1 when there is, 2 for wrong use.

    RefusedFile when the files cannot be read as that return, DatasetError when the report cannot be written (2).
    """
    try:
        form, rules = _form(args), _rules(args)
    except WrongUse as fault:
        print(f"goldenthread check: {fault}", file=sys.stderr)
        return 2
    report = _ssda903(args, rules) if args.kind == "ssda903" else _cin_census(args, rules)
    for rule, _, reason in report.result.failed.iter_rows():
        print(f"goldenthread check: RULE {rule} FAILED and was not checked: {reason}", file=sys.stderr)
    give(report, form, args.out)
    return 0 if report.clean else 1


def _form(args: argparse.Namespace) -> str:
    if args.format is None and args.out is not None and args.out.suffix.lower() not in ENDINGS:
        raise WrongUse(
            f"{args.out.name} does not tell the form: end it in one of {', '.join(ENDINGS)}, or give --format."
        )
    form: str = args.format or (ENDINGS[args.out.suffix.lower()] if args.out else "text")
    if form in BINARY and args.out is None and sys.stdout.isatty():
        raise WrongUse(f"{form} cannot be shown in a terminal. Name a file with --out.")
    return form


def _rules(args: argparse.Namespace) -> list[Rule]:
    every = checked(args.kind).rules
    of_the_year = {rule.code: rule for rule in every if rule.applies(args.year)}
    if not of_the_year:
        first = min(rule.years[0] for rule in every)
        raise WrongUse(f"There are no rules for {args.year}: the first year with rules is {first}.")
    if args.rules is None:
        return list(of_the_year.values())
    asked = [code.strip() for code in args.rules.split(",") if code.strip()]
    if unknown := [code for code in asked if code not in of_the_year]:
        raise WrongUse(f"The {args.kind} return of {args.year} has no rule {', '.join(unknown)}.")
    if not asked:
        raise WrongUse("--rules names no rule.")
    return [rule for code, rule in of_the_year.items() if code in asked]


def _ssda903(args: argparse.Namespace, rules: Iterable[Rule]) -> CheckReport:
    from goldenthread.dataset.readers.ssda903_load import load_tables
    from goldenthread.quality.check import check
    from goldenthread.quality.reference import reference_of
    from goldenthread.quality.report.model import CheckReport

    raw = load_tables(args.path)
    last = load_tables(args.previous, prefix=LAST_YEAR) if args.previous else None
    is_xml = all(file.suffix.lower() == ".xml" for file in raw.rows_in)
    reference = replace(reference_of(args.reference), format="xml" if is_xml else "csv")
    before = last.tables if last else None
    result = check("ssda903", raw.tables, before, args.year, reference=reference, rules=rules)
    if last:
        raw.rejects.extend(last.rejects.found)
        raw.warnings.extend(last.warnings.found)
    return CheckReport(result, raw.tables, _name(args.path), raw.rejects.frame(), raw.warnings.frame())


def _cin_census(args: argparse.Namespace, rules: Iterable[Rule]) -> CheckReport:
    from goldenthread.dataset.readers.cin_census_tables import load_elements, load_tables
    from goldenthread.quality.check import check
    from goldenthread.quality.cin_census.structure import structure_faults
    from goldenthread.quality.report.model import CheckReport

    elements = load_elements(args.path)
    faults = structure_faults(args.path, args.year, elements)
    raw = load_tables(args.path, elements)
    del elements  # as large as the tables, and asked for no more
    result = check("cin-census", raw.tables, None, args.year, rules=rules)
    return CheckReport(result, raw.tables, _name(args.path), raw.rejects.frame(), structure=faults)


def _name(path: Path) -> str:
    """What the report calls the file or folder: `.` has no name of its own, and a name may be no text."""
    return writable(path.name or path.resolve().name)
