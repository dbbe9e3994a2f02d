"""`goldenthread import`: an authority's files to a dataset, and several datasets of one authority to one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
from rich.console import Console

from goldenthread.dataset.checks import Checked, check_tables
from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.merge import Merged, Part, merge
from goldenthread.dataset.readers import READERS, Reader
from goldenthread.dataset.readers.common import ReadResult
from goldenthread.dataset.readers.summary import print_summary
from goldenthread.dataset.rejects import RefusedFile, Rejects
from goldenthread.dataset.store import Manifest, Source, open_dataset, write_dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.dataset.whole_files import write_whole
from goldenthread.dates.asked import day_asked

BELIEVED = ("ssda903", "cin-census", "annex-a")
"""The order in which the returns are believed where they disagree: those that the DfE has checked come first."""
REJECTS, WARNINGS, CONFLICTS = "rejects.csv", "warnings.csv", "conflicts.csv"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` with one word for each reader, `all` and `merge`."""
    parser = subparsers.add_parser("import", help="read an authority's files into a dataset", description=__doc__)
    words = parser.add_subparsers(dest="reader", metavar="WHAT", required=True)
    for reader in READERS.values():
        one = words.add_parser(reader.name, help=f"read {reader.takes}")
        one.add_argument("paths", type=Path, nargs="+", metavar=reader.takes, help="read in this order of belief")
        _add_common(one)
    every = words.add_parser("all", help="read several returns of one authority and merge them")
    for reader in READERS.values():
        every.add_argument(f"--{reader.name}", type=Path, action="append", default=[], metavar=reader.takes)
    every.add_argument(
        "--believe",
        default=",".join(BELIEVED),
        metavar="RETURN,RETURN,...",
        help="the returns in the order in which they are believed (default: %(default)s)",
    )
    _add_common(every)
    several = words.add_parser("merge", help="merge datasets of one authority, the first believed most")
    several.add_argument("paths", type=Path, nargs="+", metavar="DIR")
    _add_common(several)
    parser.set_defaults(run=run)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write the dataset to")
    parser.add_argument("--as-at", type=day_asked, metavar="YYYY-MM-DD", help="the day the files speak of")
    parser.add_argument("--authority", metavar="CODE", help="the authority's nine-character or three-digit code")
    parser.add_argument("--rejects", type=Path, metavar="FILE.csv", help="write the list of rejects here too")


def run(args: argparse.Namespace) -> int:
    """Read, check, merge and write. Gives 0 when everything was loaded, 1 when something was not and is listed.

    RefusedFile or DatasetError when nothing was written (the command then ends with 2).
    """
    if args.reader == "merge":
        return _merge_datasets(args)
    console = Console(stderr=True)
    results: list[tuple[str, ReadResult]] = []
    for reader, paths in _wanted(args):
        with console.status(f"Reading {', '.join(map(str, paths))}"):
            name = ", ".join(path.name for path in paths)
            results.append((name, reader.read(paths if reader.together else paths[0], args.as_at)))
    return _write(args, results)


def _wanted(args: argparse.Namespace) -> list[tuple[Reader, tuple[Path, ...]]]:
    """The readers and the paths each reads at once, in the order in which they are believed."""
    if args.reader != "all":
        return _readings(READERS[args.reader], args.paths)
    order = [name.strip() for name in args.believe.split(",")]
    if sorted(order) != sorted(READERS):
        raise RefusedFile(f"--believe must name each of {', '.join(READERS)} once; it is {args.believe!r}.")
    found = [one for name in order for one in _readings(READERS[name], getattr(args, name.replace("-", "_")))]
    if not found:
        raise RefusedFile(f"Nothing to import. Give at least one of {', '.join(f'--{name}' for name in READERS)}.")
    return found


def _readings(reader: Reader, paths: Sequence[Path]) -> list[tuple[Reader, tuple[Path, ...]]]:
    """All paths at once where they are years of one return, each by itself otherwise."""
    if reader.together:
        return [(reader, tuple(paths))] if paths else []
    return [(reader, (path,)) for path in paths]


def _write(args: argparse.Namespace, results: Sequence[tuple[str, ReadResult]]) -> int:
    names = ", ".join(name for name, _ in results)
    authority = args.authority or _one_authority([(name, result.authority) for name, result in results])
    as_at, notes = _day_of(args.as_at, results)
    merged = merge(_parts([(name, result.tables) for name, result in results])) if len(results) > 1 else None
    checked = check_tables(merged.tables if merged else results[0][1].tables, as_at=as_at, source=names)
    rejects, warnings = Rejects(), Rejects()
    for _, result in results:
        rejects.extend(result.rejects.found)
        warnings.extend(result.warnings.found)
    rejects.extend(checked.rejects.found)
    warnings.extend(checked.warnings.found)
    manifest = Manifest(
        as_at=as_at,
        authority=authority,
        made_by=f"goldenthread import {args.reader}",
        sources=_sources(results, checked),
        history_from=_earliest([result.history_from for _, result in results]),
        notes=(*notes, *_notes(results), *_counts(rejects, warnings, merged)),
    )
    written = write_dataset(args.out, checked.tables, manifest, _beside(rejects, warnings, merged))
    if args.rejects:
        write_csv(args.rejects, rejects.frame())
    print_summary(Console(stderr=True), [result for _, result in results], written, rejects)
    return 1 if len(rejects) or (merged and merged.conflicts.height) else 0


def _merge_datasets(args: argparse.Namespace) -> int:
    if args.out.resolve() in [path.resolve() for path in args.paths]:
        raise RefusedFile(f"{args.out} is one of the datasets to merge. Name another folder for the result.")
    opened = [(str(path), open_dataset(path)) for path in args.paths]
    authority = args.authority or _one_authority([(name, dataset.manifest.authority) for name, dataset in opened])
    tables = [
        (name, {table: dataset.collect(dataset.lazy(table))[0] for table in TABLES if dataset.rows(table)})
        for name, dataset in opened
    ]
    merged = merge(_parts(tables))
    as_at = args.as_at or max(dataset.manifest.as_at for _, dataset in opened)
    checked = check_tables(merged.tables, as_at=as_at, source=", ".join(name for name, _ in opened))
    manifest = Manifest(
        as_at=as_at,
        authority=authority,
        authority_name=next(
            (found.manifest.authority_name for _, found in opened if found.manifest.authority_name), None
        ),
        made_by="goldenthread import merge",
        sources=tuple(source for _, dataset in opened for source in dataset.manifest.sources),
        history_from=_earliest([dataset.manifest.history_from for _, dataset in opened]),
        notes=(
            *dict.fromkeys(f"{name}: {note}" for name, dataset in opened for note in dataset.manifest.notes),
            *_counts(checked.rejects, checked.warnings, merged),
        ),
    )
    written = write_dataset(args.out, checked.tables, manifest, _beside(checked.rejects, checked.warnings, merged))
    if args.rejects:
        write_csv(args.rejects, checked.rejects.frame())
    print_summary(Console(stderr=True), [], written, checked.rejects)
    return 1 if len(checked.rejects) or merged.conflicts.height else 0


def _parts(tables: Sequence[tuple[str, dict[str, pl.DataFrame]]]) -> list[Part]:
    """The sources by name; two of one name are told apart by their number."""
    names = [name for name, _ in tables]
    return [
        Part(name if names.count(name) == 1 else f"{name} ({number})", frames)
        for number, (name, frames) in enumerate(tables, start=1)
    ]


def _one_authority(found: Sequence[tuple[str, str | None]]) -> str | None:
    """The authority that the sources name. RefusedFile when two name different ones in the same kind of code."""
    named = {code: name for name, code in found if code}
    by_length: dict[int, str] = {}
    for code, name in named.items():
        other = by_length.setdefault(len(code), code)
        if other != code:
            raise RefusedFile(
                f"{name} is of authority {code} and {named[other]} of {other}. Import each authority by itself."
            )
    return max(named, key=len) if named else None


def _day_of(asked: date | None, results: Sequence[tuple[str, ReadResult]]) -> tuple[date, tuple[str, ...]]:
    """The day of the dataset: the one asked for, or the latest of those the files speak of, and a note of which."""
    if asked:
        return asked, (f"As at {asked:%d/%m/%Y}, as asked.",)
    known = [(result.as_at, result.as_at_because, name) for name, result in results if result.as_at]
    if not known:
        raise RefusedFile("The files do not say what day they speak of. Give it with --as-at YYYY-MM-DD.")
    as_at, because, name = max(known, key=lambda entry: entry[0])
    return as_at, (f"As at {as_at:%d/%m/%Y}, by {name}: {because or 'as the file says'}.",)


def _sources(results: Sequence[tuple[str, ReadResult]], checked: Checked) -> tuple[Source, ...]:
    """The manifest's sources; what the schema checks rejected is counted with a source that is alone."""
    found = tuple(source for _, result in results for source in result.sources)
    return (replace(found[0], rejected=found[0].rejected + len(checked.rejects)),) if len(found) == 1 else found


def _notes(results: Sequence[tuple[str, ReadResult]]) -> list[str]:
    """What the readers say of whole files, with the file's name where there are several."""
    several = len(results) > 1
    return [f"{name}: {note}" if several else note for name, result in results for note in result.notes]


def _earliest(days: Sequence[date | None]) -> date | None:
    """The first of the days that are known: with two sources, something is held from the earlier one's first day."""
    return min((day for day in days if day), default=None)


def _counts(rejects: Rejects, warnings: Rejects, merged: Merged | None) -> tuple[str, ...]:
    """What was not loaded, deserves a look or was merged, and the file that lists it."""
    counted = [
        (len(rejects), f"cells or rows were not loaded: {REJECTS}"),
        (len(warnings), f"warnings about what was loaded: {WARNINGS}"),
    ]
    if merged:
        counted.append((merged.recognised, "rows stood in more than one source and were made one"))
        counted.append((merged.conflicts.height, f"values disagreed between sources: {CONFLICTS}"))
    return tuple(f"{count:,} {what}." for count, what in counted if count)


def _beside(rejects: Rejects, warnings: Rejects, merged: Merged | None) -> dict[str, str]:
    """The lists written beside the tables, safe to open in a spreadsheet."""
    lists = {REJECTS: rejects.frame(), WARNINGS: warnings.frame()}
    if merged:
        lists[CONFLICTS] = merged.conflicts
    return {name: neutralised_frame(frame).write_csv() for name, frame in lists.items() if frame.height}


def write_csv(path: Path, frame: pl.DataFrame) -> None:
    """`frame` to a CSV file, whole or not at all, with formulas neutralised."""
    write_whole(path, neutralised_frame(frame).write_csv().encode())
