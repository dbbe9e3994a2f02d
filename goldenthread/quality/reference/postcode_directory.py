"""Building the postcode look-up from the ONS Postcode Directory (ONSPD).

The directory is published four times a year as a zip with one CSV of 2.7 million rows in `Data` and the same rows by
postcode area in `Data/multi_csv`. Postcodes that are no longer in use are kept: a child may have been placed at one.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

import polars as pl

from goldenthread.dataset.hostile import counted_chunks, ordinary_file
from goldenthread.dataset.rejects import RefusedFile
from goldenthread.dataset.whole_files import write_whole
from goldenthread.quality.reference.postcodes import kept, named

MOST_BYTES = 6_000_000_000
"""Bytes of the directory unpacked; an edition has about 1.4 thousand million."""
ROWS_OF_A_GROUP = 131_072
"""Rows of a Parquet row group: about twenty groups, of which an authority's own postcodes touch one or two."""
DIRECTORY_FILE = re.compile(r"(onspd|nspl)[^/]*\.csv", re.IGNORECASE)
IN_PARTS = "multi_csv"
NEEDED = ("postcode", "district", "county", "easting", "northing")
SHAPE = r"^[A-Z]{1,3}[0-9]?[0-9A-Z]?[0-9][A-Z]{2}$"
"""A postcode without its space."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of the directory's rows. `unreadable`: rows without a postcode, left out, and one of them.

    `repeated`: rows of a postcode there already; `without_place`: postcodes kept without an authority or a place.
    """

    rows: int
    postcodes: int
    unreadable: int
    example: str
    repeated: int
    without_place: int


def build_postcodes(onspd: Path, out: Path) -> Built:
    """Write the look-up made from the directory, a CSV file, its zip or its folder, to `out` as one Parquet file.

    RefusedFile, with nothing written, when the directory cannot be read or lacks a column.
    """
    with _csv_files(onspd) as files:
        lookup, built = _read(onspd, files)
    if lookup.is_empty():
        raise RefusedFile(f"{onspd} holds no postcodes. Give the ONS Postcode Directory as it was downloaded.")
    content = BytesIO()
    lookup.write_parquet(content, compression="lz4", row_group_size=ROWS_OF_A_GROUP, statistics=True)
    write_whole(out, content.getvalue())
    return built


def _read(onspd: Path, files: list[Path]) -> tuple[pl.DataFrame, Built]:
    try:
        rows = pl.scan_csv(files, infer_schema=False, encoding="utf8-lossy")
        names = named(rows.collect_schema().names())
        if absent := [role for role in NEEDED if role not in names]:
            raise RefusedFile(
                f"{onspd} is no ONS Postcode Directory: no column gives the {', '.join(absent)}. "
                "Give the file as it was downloaded."
            )
        rows = rows.select(list(names.values())).collect(engine="streaming").lazy()
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise RefusedFile(f"{onspd} cannot be read: {str(fault).splitlines()[0]}. Download it again.") from None
    text = pl.col(names["postcode"]).str.to_uppercase().str.replace_all(r"\s", "")
    good = text.str.contains(SHAPE).fill_null(False)
    bad = rows.filter(~good).select(names["postcode"]).collect().to_series()
    lookup = kept(rows.filter(good), names)
    total = rows.select(pl.len()).collect().item()
    missing = pl.any_horizontal(pl.col("authority", "easting", "northing").is_null())
    return lookup, Built(
        rows=total,
        postcodes=lookup.height,
        unreadable=len(bad),
        example=str(bad[0] or "") if len(bad) else "",
        repeated=total - len(bad) - lookup.height,
        without_place=lookup.select(missing.sum()).item(),
    )


@contextmanager
def _csv_files(onspd: Path) -> Iterator[list[Path]]:
    """The directory's CSV files, unpacked for as long as they are read."""
    if onspd.is_dir():
        inside = {found.relative_to(onspd).as_posix(): found for found in sorted(onspd.rglob("*.csv"))}
        yield [ordinary_file(inside[name], most_bytes=MOST_BYTES) for name in _chosen(onspd, list(inside))]
    elif zipfile.is_zipfile(ordinary_file(onspd, most_bytes=MOST_BYTES)):
        with tempfile.TemporaryDirectory(prefix="postcodes-") as scratch:
            yield _unpacked(onspd, Path(scratch))
    else:
        yield [onspd]


def _chosen(onspd: Path, names: list[str]) -> list[str]:
    """The one file with every postcode or, where there is none, its parts. RefusedFile for none or several editions."""
    found = [name for name in names if DIRECTORY_FILE.fullmatch(PurePosixPath(name).name)]
    whole = [name for name in found if IN_PARTS not in PurePosixPath(name).parts]
    if len(whole) > 1:
        raise RefusedFile(f"{onspd} holds several directories: {', '.join(sorted(whole))}. Give one of them.")
    if not found:
        raise RefusedFile(f"{onspd} holds no ONSPD_....csv. Give the ONS Postcode Directory as it was downloaded.")
    return whole or sorted(found)


def _unpacked(onspd: Path, scratch: Path) -> list[Path]:
    too_big = RefusedFile(f"{onspd} unpacks to more than {MOST_BYTES // 1_000_000:,} MB. Give the CSV file in it.")
    try:
        with zipfile.ZipFile(onspd) as archive:
            chosen = _chosen(onspd, archive.namelist())
            if sum(archive.getinfo(name).file_size for name in chosen) > MOST_BYTES:
                raise too_big
            files = [scratch / f"{number}.csv" for number in range(len(chosen))]
            for name, file in zip(chosen, files, strict=True):
                with archive.open(name) as packed, file.open("wb") as opened:
                    for chunk in counted_chunks(packed, archive.getinfo(name).file_size, too_big):
                        opened.write(chunk)
            return files
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise RefusedFile(f"{onspd} is damaged, cut short or protected ({fault}). Download it again.") from None
