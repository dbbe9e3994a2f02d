"""How long `goldenthread check` takes from files to the report, beside reading and parsing the same files alone.

    .venv/bin/python bench/check.py [--children 500 20000 100000] [--census 10000 40000] [--format html] [--keep DIR]
                                    [--peer PATH] [--no-record]

Each line is a whole process: start, files read, every rule run, report written. SSDA903 is checked with last year's
return. The floor, in the same run, is a process that reads and parses the same files and does nothing (`pl.read_csv`
of every file; `lxml` parsing the census). `--peer` is a program that checks the SSDA903 folder given as its first word,
with last year's as its second: a two-line script that starts the validator you have installed.
The last line is one child's record against all rules, in a process that has done it before.
Times are the least of `--runs`; `cpu` is of all threads together, and says more than the clock on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from cin_census import census
from ssda903_files import write_two_years

from goldenthread.dataset.store import dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.quality.record import check_record

YEAR, SEED = 2026, 1
WARM = 9
"""Times that one child's record is checked again; the middle one is shown."""
READ_CSV = "import sys, polars as pl\nfor path in sys.argv[1:]: pl.read_csv(path, infer_schema=False)"
PARSE_XML = "import sys\nfrom lxml import etree\netree.parse(sys.argv[1])"
DONE = (0, 1)
"""What a check ends with: nothing to mend, or something."""


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds by the clock, seconds of processor, most memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Print one line for each size of each return."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, nargs="*", default=[500, 20_000, 100_000])
    parser.add_argument("--census", type=int, nargs="*", default=[10_000, 40_000])
    parser.add_argument("--format", default="html", choices=("html", "json", "csv", "xlsx", "parquet"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="keep the files here, and use those already made")
    parser.add_argument("--no-record", dest="record", action="store_false", help="leave out one child's record")
    parser.add_argument("--peer", help="a program to run on the same SSDA903 folders")
    args = parser.parse_args()
    head = f"{'return':<12}{'children':>9}{'MB':>7} | {'floor s':>8}{'cpu':>7} | "
    head += f"{'check s':>8}{'cpu':>7}{'times floor':>12}{'memory MB':>10}"
    print(head + (f" | {'peer s':>8}{'times check':>12}" if args.peer else ""))
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        for number in args.children:
            looked_after(folder, number, args)
        for number in args.census:
            in_need(folder, number, args)
    if args.record:
        one_child()


def looked_after(folder: Path, children: int, args: argparse.Namespace) -> None:
    """SSDA903, this year's and last year's."""
    this, last = write_two_years(folder, children, YEAR, SEED)
    files = [str(path) for place in (this, last) for path in sorted(place.glob("*.csv"))]
    floor = least([sys.executable, "-c", READ_CSV, *files], args.runs)
    words = ["ssda903", str(this), "--previous", str(last)]
    ours = least(check(words, folder, args.format), args.runs)
    peer = least([args.peer, str(this.resolve()), str(last.resolve())], 1, folder) if args.peer else None
    show("ssda903", children, files, floor, ours, peer)


def in_need(folder: Path, children: int, args: argparse.Namespace) -> None:
    """The CIN census."""
    path = folder / f"census-{children}.xml"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as opened:
            opened.writelines(census(children, SEED))
    floor = least([sys.executable, "-c", PARSE_XML, str(path)], args.runs)
    ours = least(check(["cin-census", str(path)], folder, args.format), args.runs)
    show("cin-census", children, [str(path)], floor, ours, None)


def one_child() -> None:
    """The record of the child with most episodes of care, against every rule, in a process that has done it before."""
    tables, manifest, _ = synthesise(6_000, SEED, date(YEAR, 3, 31), 0.01)
    care = tables["care_episodes"]["child_id"].value_counts().sort("count", "child_id")
    child = care["child_id"][-1]
    mine = {name: _about(frame, child) for name, frame in tables.items()}
    record = dataset_of(mine, manifest)
    costs = []
    for _ in range(WARM + 1):
        begun, used = time.perf_counter(), time.process_time()
        check_record(record, manifest.as_at)
        costs.append((time.perf_counter() - begun, time.process_time() - used))
    wall, cpu = (sorted(column)[WARM // 2] for column in zip(*costs[1:], strict=True))
    print(f"one child    first {costs[0][0] * 1000:,.0f} ms, again {wall * 1000:,.0f} ms (cpu {cpu * 1000:,.0f} ms)")


def _about(frame: pl.DataFrame, child: str) -> pl.DataFrame:
    named = next((name for name in ("child_id", "person_id") if name in frame.columns), None)
    return frame.filter(pl.col(named) == child) if named else frame


def check(words: list[str], folder: Path, form: str) -> list[str]:
    """The command, as it is typed."""
    out = folder / f"report.{form}"
    return [sys.executable, "-m", "goldenthread.cli", "check", *words, "--year", str(YEAR), "--out", str(out)]


def least(command: list[str], runs: int, at: Path | None = None) -> Cost:
    """The least of the runs, each figure by itself. `at` is where the process is at home: some leave files there."""
    costs = [cost_of(command, at) for _ in range(runs)]
    return Cost(*(min(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "memory")))


def cost_of(command: list[str], at: Path | None) -> Cost:
    """What one run costs. Raises RuntimeError, with what it said, when it does not end well."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, cwd=at)
        _, status, used = os.wait4(started.pid, 0)
        wall = time.perf_counter() - begun
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode not in DONE:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def show(name: str, children: int, files: list[str], floor: Cost, ours: Cost, peer: Cost | None) -> None:
    size = sum(Path(file).stat().st_size for file in files) / 1e6
    line = f"{name:<12}{children:>9,}{size:>7,.1f} | {floor.wall:>8.2f}{floor.cpu:>7.2f} | "
    line += f"{ours.wall:>8.2f}{ours.cpu:>7.2f}{ours.wall / floor.wall:>12.1f}{ours.memory:>10,.0f}"
    print(line + (f" | {peer.wall:>8.2f}{peer.wall / ours.wall:>12.1f}" if peer else ""), flush=True)


if __name__ == "__main__":
    main()
