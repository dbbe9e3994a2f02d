"""Writing a made-up authority to a folder: whole in memory for a city, a district at a time for anything larger."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from goldenthread.dataset.store import MANIFEST, DatasetError, Manifest, conform
from goldenthread.dataset.synthetic.authority import Plan, Progress, district, manifest, population
from goldenthread.dataset.synthetic.faults import PLANTED
from goldenthread.dataset.synthetic.workforce_tables import together
from goldenthread.dataset.tables import TABLES

FAULTS_FILE = f"{PLANTED}.csv"
ROW_GROUP = 250_000
PARTS = "parts"
THREADS = "POLARS_MAX_THREADS"


def write_authority(folder: Path, plan: Plan, on_progress: Progress | None = None, processes: int = 1) -> Manifest:
    """Write the authority as a dataset, with its list of planted faults beside the tables, whole or not at all.

    Districts are made by `processes` processes and written one by one, so that memory holds a few districts and never
    the authority; the files are the same to the byte whatever their number. Returns the manifest with its counts.
    Raises DatasetError when `folder` holds something that is not a dataset.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise DatasetError(f"{folder} holds other files. Name an empty folder, or an earlier dataset to replace.")
    with _scratch(folder) as scratch:
        parts = scratch / PARTS
        parts.mkdir()
        for done in _made(plan, parts, processes):
            if on_progress:
                on_progress(done, len(plan.sizes))
        counts = {name: _join(parts, scratch, name, len(plan.sizes)) for name in TABLES if name != "population"}
        whole = conform("population", population(plan))
        whole.write_parquet(scratch / "population.parquet", compression="zstd")
        counts["population"] = whole.height
        pl.concat([pl.read_parquet(parts / f"{PLANTED}-{number}") for number in range(len(plan.sizes))]).write_csv(
            scratch / FAULTS_FILE
        )
        shutil.rmtree(parts)
        written = replace(manifest(plan, {}), tables={name: count for name, count in counts.items() if count})
        (scratch / MANIFEST).write_text(written.to_json(), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        scratch.chmod(0o755)
        scratch.rename(folder)
    return written


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder beside the wanted one, gone again if anything fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield scratch
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _made(plan: Plan, parts: Path, processes: int) -> Iterator[int]:
    """Makes and writes every district, in this process or in several; gives how many are done as each is."""
    numbers = range(len(plan.sizes))
    if processes <= 1 or len(plan.sizes) == 1:
        yield from (_write_part(plan, parts, number) for number in numbers)
        return
    # A fresh interpreter for each process: Polars keeps threads that a fork would leave half alive.
    with _one_thread_each(), ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        count = len(plan.sizes)
        yield from pool.map(_write_part, [plan] * count, [parts] * count, numbers)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started meanwhile keep Polars to one thread: as many processes as cores want no more."""
    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[THREADS]
        else:
            os.environ[THREADS] = before


def _write_part(plan: Plan, parts: Path, number: int) -> int:
    """Makes one district and writes each of its tables, lightly compressed; gives its place in the count."""
    for name, frame in district(plan, number).items():
        whole = frame if name == PLANTED else conform(name, frame)
        whole.write_parquet(parts / f"{name}-{number}", compression="lz4", statistics=False)
    return number + 1


def _join(parts: Path, scratch: Path, name: str, count: int) -> int:
    """One file of the table out of its districts, in order; no file when there is no row. Returns the rows."""
    paths = [parts / f"{name}-{number}" for number in range(count)]
    held = pl.scan_parquet(paths)
    if name == "workforce_counts":
        held = together(held.collect()).lazy()
    rows = int(held.select(pl.len()).collect().item())
    if rows:
        held.sink_parquet(
            scratch / f"{name}.parquet",
            compression="zstd",
            compression_level=1,
            row_group_size=ROW_GROUP,
            maintain_order=True,
        )
    for path in paths:
        path.unlink()
    return rows
