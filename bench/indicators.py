"""How long the board's figures take, and how the cost grows with the authority.

Run: `python bench/indicators.py DIR [DIR ...]`, from the smallest dataset to the largest.

For each dataset: reading alone (the columns that the indicators read, scanned from Parquet by Polars and counted: the
named reference), opening the dataset, and the figures of the board over 36 months; each the least of several runs in
this process, in seconds. `ratio` is figures over reading, measured in the same run, so that it can be compared between
machines. `per child` is microseconds of figures for each child in `people`.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import polars as pl

from goldenthread.dataset.store import Dataset, open_dataset
from goldenthread.dates import months_to
from goldenthread.indicators import BOARD, figures
from goldenthread.indicators.answerable import filled_plans

RUNS = 3
MONTHS = 36


def main() -> int:
    """Print one line a dataset. Gives 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("datasets", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    print("  children         rows  reading  opening  figures  ratio per child  peak MB")
    for folder in arguments.datasets:
        print(_line(folder, arguments.runs), flush=True)
    return 0


def _line(folder: Path, runs: int) -> str:
    dataset = open_dataset(folder)
    ends = [month.last for month in months_to(dataset.manifest.as_at, MONTHS)]
    tables = _tables_read(dataset)
    reading = _least(runs, lambda: _read(folder, tables))
    opening = _least(runs, lambda: open_dataset(folder))
    # A dataset opened anew each time, so that nothing planned for it before is used again.
    working = _least(runs, lambda: figures(open_dataset(folder), BOARD, ends)) - opening
    children, rows = dataset.rows("people"), sum(dataset.manifest.tables.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{children:>10,} {rows:>12,} {reading:>8.3f} {opening:>8.3f} {working:>8.3f} {working / reading:>6.1f} "
        f"{1e6 * working / children:>9.1f} {peak:>8,.0f}"
    )


def _tables_read(dataset: Dataset) -> list[str]:
    named = {one.partition(".")[0] for each in BOARD for need in each.needs for one in need.split("|")}
    return sorted(table for table in {*named, "people", *filled_plans(dataset, BOARD)} if dataset.rows(table))


def _read(folder: Path, tables: list[str]) -> None:
    keys = pl.col(pl.Date, pl.Boolean, pl.Float64), pl.col("^child_id|person_id|kind|outcome$")
    pl.collect_all([pl.scan_parquet(folder / f"{table}.parquet").select(*keys).count() for table in tables])


def _least(runs: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
