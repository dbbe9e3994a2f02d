"""Runs of Annex A that are kept: one folder a day, with each list as Parquet and a manifest that says what it holds.

Annex A is run every fortnight and not only when the inspectors ring, so that what changed since the last run can be
looked at child by child (`goldenthread.writers.annex_a.changes`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from polars.exceptions import PolarsError

from goldenthread.dataset.kept_runs import damaged, days_kept, keep_tables, open_tables
from goldenthread.dataset.readers.annex_a_lists import LISTS
from goldenthread.writers.built import ORIGIN, Built


def keep_run(built: Built, folder: Path, *, replace: bool = False) -> Path:
    """Keep the run in `folder`, in a folder of its own named by its day, and give that; whole or not at all.

    A run already kept for the day is left when it is the same, and replaced only when `replace`. DatasetError, with
    what to do, when it may not be replaced or nothing can be written.
    """
    tables = {
        wanted.place: built.tables[wanted.place].hstack(built.origins[wanted.place])
        for wanted in sorted(LISTS, key=lambda wanted: wanted.number)
    }
    about = {"kind": built.kind, "notes": list(built.notes)}
    return keep_tables(folder, built.as_at, tables, about, files="list", replace=replace)


def runs_kept(folder: Path) -> tuple[date, ...]:
    """The days of the runs kept in `folder`, in order; none when there is no such folder."""
    return days_kept(folder)


def open_run(folder: Path, as_at: date) -> Built:
    """The run of that day as it was built. DatasetError when it was not kept, or is not as it was written."""
    about, tables = open_tables(folder, as_at)
    try:
        frames = {wanted.place: tables[wanted.place] for wanted in LISTS}
        origins = {name: frame.select(list(ORIGIN)) for name, frame in frames.items()}
        lists = {name: frame.drop(list(ORIGIN)) for name, frame in frames.items()}
        return Built(about["kind"], as_at, lists, origins, tuple(about["notes"]))
    except (KeyError, TypeError, ValueError, PolarsError) as fault:
        raise damaged(folder / as_at.isoformat(), fault) from fault


def run_before(folder: Path, as_at: date) -> Built | None:
    """The latest run kept for a day before `as_at`; None when there is none. DatasetError as `open_run`."""
    earlier = [day for day in runs_kept(folder) if day < as_at]
    return open_run(folder, earlier[-1]) if earlier else None
