"""`goldenthread reference`: make the folder of reference data that the checks of the SSDA903 look up."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import polars as pl

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.readers.common import sha256_of
from goldenthread.dataset.rejects import RefusedFile, Reject, Rejects
from goldenthread.dataset.whole_files import write_whole
from goldenthread.quality.reference.authorities import OUTSIDE_ENGLAND, authority_code, authority_name
from goldenthread.quality.reference.given import AUTHORITY, POSTCODES, PROVIDERS, RECORDS
from goldenthread.quality.reference.postcode_directory import Built, build_postcodes
from goldenthread.quality.reference.provider_lists import read_provider_list
from goldenthread.quality.reference.providers import normalised

Made: TypeAlias = Mapping[str, str | int]
"""One source of the manifest."""
MANIFEST, REJECTS = RECORDS
SHOWN = 10
"""Rejects printed; all of them stand in the list beside the data."""
ATTRIBUTION = (
    "Contains OS data, Royal Mail data and National Statistics data, Crown copyright and database right.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `reference` and its options to the command line."""
    parser = subparsers.add_parser("reference", help="make the reference data that return checks look up")
    parser.description = __doc__
    parser.add_argument(
        "--postcodes",
        type=Path,
        metavar="ONSPD",
        help="the ONS Postcode Directory: its zip, its folder or its CSV file",
    )
    parser.add_argument(
        "--providers", type=Path, nargs="+", default=[], metavar="FILE", help="Ofsted's lists: .xlsx workbooks or CSV"
    )
    parser.add_argument("--authority", metavar="CODE", help="your authority's code, three-digit number or name")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read and write. Gives 0 when everything was kept, 1 when something was refused and is listed.

    RefusedFile or DatasetError when a source cannot be used (the command then ends with 2).
    """
    if not (args.postcodes or args.providers or args.authority):
        raise RefusedFile("Nothing to make. Give --postcodes, --providers or --authority.")
    authority = _known_authority(args.authority) if args.authority else None
    lists = [(path, *read_provider_list(path)) for path in args.providers]
    made, rejects = [], Rejects()
    if args.postcodes:
        built = build_postcodes(args.postcodes, args.out / POSTCODES)
        made.append(_postcodes_made(args.postcodes, built))
        rejects.extend(_unreadable(args.postcodes, built))
    if lists:
        _write_providers(args.out / PROVIDERS, pl.concat(frame for _, frame, _ in lists))
    for path, frame, found in lists:
        made.append(_source("providers", path, frame.height, sum(reject.whole_row for reject in found.found)))
        rejects.extend(found.found)
    if authority:
        write_whole(args.out / AUTHORITY, f"{authority}\n".encode())
        print(f"{AUTHORITY}: {authority} ({authority_name(authority)})")
    _record(args.out, made)
    return _report(args.out, rejects)


def _known_authority(text: str) -> str:
    code = authority_code(text)
    if code is None or code in OUTSIDE_ENGLAND:
        raise RefusedFile(
            f"There is no authority {text!r}. Give its nine-character code (E06000014), its three-digit number (816) "
            "or its name (York)."
        )
    return code


def _postcodes_made(path: Path, built: Built) -> Made:
    print(
        f"{POSTCODES}: {built.postcodes:,} postcodes of {built.rows:,} rows; {built.without_place:,} without an "
        f"authority or a place, {built.repeated:,} rows of a postcode there already"
    )
    return _source("postcodes", path, built.postcodes, built.unreadable)


def _write_providers(path: Path, frame: pl.DataFrame) -> None:
    providers = normalised(frame)
    content = BytesIO()
    providers.write_parquet(content)
    write_whole(path, content.getvalue())
    print(f"{path.name}: providers {providers['URN'].n_unique():,}, entries {providers.height:,}")


def _source(kind: str, path: Path, kept: int, refused: int) -> Made:
    digest = "" if path.is_dir() else sha256_of(path)
    return {"kind": kind, "file": path.name, "sha256": digest, "rows_kept": kept, "rows_refused": refused}


def _unreadable(path: Path, built: Built) -> Iterator[Reject]:
    if built.unreadable:
        reason = f"is no postcode, as in {built.unreadable:,} rows in all"
        yield Reject(path.name, "", None, "postcode", built.example, reason, "Download the directory again.", True)


def _record(folder: Path, made: list[Made]) -> None:
    """What the data were made from, beside them; what an earlier run made and this one did not stays recorded."""
    path = folder / MANIFEST
    again = {source["kind"] for source in made}
    try:
        before = json.loads(path.read_text(encoding="utf-8"))["sources"]
        earlier = [source for source in before if source["kind"] not in again]
    except (OSError, ValueError, KeyError, TypeError):
        earlier = []
    record = {"sources": [*earlier, *made], "attribution": ATTRIBUTION}
    write_whole(path, json.dumps(record, indent=1).encode())


def _report(folder: Path, rejects: Rejects) -> int:
    """Print and list what was refused. Gives the command's exit status."""
    path = folder / REJECTS
    if not len(rejects):
        path.unlink(missing_ok=True)
        return 0
    write_whole(path, neutralised_frame(rejects.frame()).write_csv().encode())
    for reject in rejects.found[:SHOWN]:
        where = ", ".join(
            part for part in (reject.file, reject.place, f"row {reject.row}" if reject.row else "") if part
        )
        print(f"refused: {where}: {reject.column} {reject.value!r} {reject.reason}. {reject.what_to_do}")
    if len(rejects) > SHOWN:
        print(f"refused: {len(rejects) - SHOWN:,} more, all listed in {path}")
    return 1
