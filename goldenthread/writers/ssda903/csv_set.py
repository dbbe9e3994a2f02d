"""The return as the set of CSV files that is uploaded, one a table."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from goldenthread.dataset.store import DatasetError, cannot_write
from goldenthread.writers.built import Built

FILES: Mapping[str, str] = {
    "Header": "header.csv",
    "Episodes": "episodes.csv",
    "Reviews": "reviews.csv",
    "UASC": "uasc.csv",
    "OC2": "oc2.csv",
    "OC3": "oc3.csv",
    "AD1": "ad1.csv",
    "PlacedAdoption": "placed_for_adoption.csv",
    "PrevPerm": "previous_permanence.csv",
    "Missing": "missing.csv",
    "SWEpisodes": "sw_episodes.csv",
    "DoLo": "dolo.csv",
}
"""What each table's file is called; who reads it knows it by its headings."""


def write_csv_set(built: Built, folder: Path) -> tuple[Path, ...]:
    """Write one CSV file a table to `folder`, UTF-8, headings first, and give their paths; all of them or none.

    The folder is made, or replaced when it holds an earlier set and nothing else. DatasetError when it holds other
    files or cannot be written to; it is then as it was.
    """
    try:
        _write_and_rename(built, folder)
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    return tuple(folder / FILES[name] for name in built.tables)


def _write_and_rename(built: Built, folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or {found.name for found in folder.iterdir()} - set(FILES.values())):
        raise DatasetError(f"{folder} holds other files. Name an empty folder, or an earlier return to replace.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, table in built.tables.items():
            (scratch / FILES[name]).write_bytes(table.write_csv().encode())
        scratch.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        scratch.rename(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
