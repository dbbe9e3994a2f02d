"""Runs that are kept to be compared: a folder for each day, with tables as Parquet and a manifest with their hashes."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from goldenthread.dataset.readers.common import sha256_of
from goldenthread.dataset.store import DatasetError, cannot_write

MANIFEST = "run.json"
DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")


def keep_tables(
    folder: Path,
    day: date,
    tables: Mapping[str, pl.DataFrame],
    about: Mapping[str, Any],  # Any: whatever JSON can hold
    *,
    files: str = "table",
    replace: bool = False,
) -> Path:
    """Keep the tables of a day's run in `folder`, in a folder named by the day, and give that; whole or not at all.

    `about` is what else the manifest says; the tables' files are called `files` and numbered. A run already kept for
    the day is left when it is the same, and replaced only when `replace`. DatasetError, with what to do, when it may
    not be replaced or nothing can be written.
    """
    place = folder / day.isoformat()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".run-", dir=folder))
        try:
            _write(tables, {"as_at": day.isoformat(), **about}, files, scratch)
            _put_in_place(scratch, place, replace)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as fault:
        raise cannot_write(place, fault) from fault
    return place


def days_kept(folder: Path) -> tuple[date, ...]:
    """The days of the runs kept in `folder`, in order; none when there is no such folder."""
    if not folder.is_dir():
        return ()
    named = [found for found in folder.iterdir() if DAY_FOLDER.fullmatch(found.name) and (found / MANIFEST).is_file()]
    return tuple(sorted(date.fromisoformat(found.name) for found in named))


def open_tables(folder: Path, day: date) -> tuple[Mapping[str, Any], Mapping[str, pl.DataFrame]]:
    """What the manifest of the day's run says, and its tables.

    DatasetError when it was not kept, or is not as it was written.
    """
    place = folder / day.isoformat()
    try:
        about = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        if about["as_at"] != day.isoformat():
            raise ValueError(f"its manifest is of {about['as_at']}")
        return about, {name: _read(place, said) for name, said in about["tables"].items()}
    except FileNotFoundError as fault:
        raise DatasetError(f"{place} is no run that was kept: it has no {Path(fault.filename).name}.") from None
    except (OSError, KeyError, TypeError, AttributeError, ValueError, pl.exceptions.PolarsError) as fault:
        raise damaged(place, fault) from fault


def damaged(place: Path, fault: Exception) -> DatasetError:
    """The error that says a run that was kept cannot be read, why, and what to do."""
    return DatasetError(f"{place} cannot be read ({fault}). Take it from a backup, or run that day again.")


def _write(tables: Mapping[str, pl.DataFrame], about: Mapping[str, Any], files: str, scratch: Path) -> None:
    said: dict[str, Mapping[str, str | int]] = {}
    for number, (name, frame) in enumerate(tables.items(), start=1):
        file = scratch / f"{files}_{number:02}.parquet"
        frame.write_parquet(file, compression="zstd")
        said[name] = {"file": file.name, "rows": frame.height, "sha256": sha256_of(file)}
    manifest = json.dumps({**about, "tables": said}, indent=2, ensure_ascii=False)
    (scratch / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _put_in_place(scratch: Path, place: Path, replace: bool) -> None:
    if not place.exists():
        scratch.chmod(0o755)
        scratch.rename(place)
        return
    if (place / MANIFEST).is_file() and (place / MANIFEST).read_bytes() == (scratch / MANIFEST).read_bytes():
        return
    if not replace:
        raise DatasetError(
            f"{place} already holds another run of that day. Keep this one in another folder, or ask to replace it."
        )
    _exchange(scratch, place)


def _exchange(scratch: Path, place: Path) -> None:
    """The old run is moved aside first and deleted last: whatever fails, one of the two is in place and whole."""
    scratch.chmod(0o755)
    aside = place.with_name(f".old-{scratch.name.removeprefix('.run-')}")
    place.rename(aside)
    try:
        scratch.rename(place)
    except OSError:
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _read(place: Path, said: Mapping[str, str | int]) -> pl.DataFrame:
    file = place / Path(str(said["file"])).name
    if sha256_of(file) != said["sha256"]:
        raise ValueError(f"{file.name} is not as it was written")
    return pl.read_parquet(file)
