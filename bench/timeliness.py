"""How long every obligation of an authority takes, as the authority grows.

    .venv/bin/python bench/timeliness.py [--children 1000 10000] [--keep DIR] [--as-at 2019-06-30]

`--children` are numbers of children in the record, as `goldenthread synthesise --children` takes them. Each size runs
in a process of its own.
The reference is reading every cell of the same Parquet tables once, in the same process, before anything else.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import narwhals as nw

from goldenthread.dataset.store import Dataset, open_dataset
from goldenthread.timeliness.engine import obligations
from goldenthread.timeliness.report.daily import daily_report


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--children", type=int, nargs="+", default=[5_000, 20_000, 80_000])
    parser.add_argument("--as-at", default="2019-06-30")
    parser.add_argument("--keep", type=Path, help="keep the datasets here, and use those already made")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.measure, date.fromisoformat(args.as_at))))
        return
    print(f"{'children':>10} {'rows':>12} {'obligations':>12} {'scan s':>8} {'all s':>8} {'cpu s':>8} {'ratio':>7} "
          f"{'us/child':>9} {'report s':>9} {'GB':>6}")  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        for number in args.children:
            folder = (args.keep or Path(scratch)) / f"authority-{number}"
            if not folder.exists():
                make(folder, number, args.as_at)
            command = [sys.executable, __file__, "--measure", str(folder), "--as-at", args.as_at]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print("{children:>10,} {rows:>12,} {obligations:>12,} {scan:>8.2f} {all:>8.2f} {cpu:>8.2f} {ratio:>7.1f} "
                  "{each:>9.1f} {report:>9.2f} {memory:>6.2f}".format(**found), flush=True)  # fmt: skip


def make(folder: Path, children: int, as_at: str) -> None:
    """Synthesise an authority of that size."""
    command = [sys.executable, "-m", "goldenthread.cli", "synthesise", "--children", str(children)]
    subprocess.run([*command, "--seed", "1", "--as-at", as_at, "--out", str(folder)], check=True, capture_output=True)


def measure(folder: Path, as_at: date) -> dict[str, float]:
    """The figures of one authority, each timed once from Parquet."""
    dataset = open_dataset(folder)
    people = dataset.lazy("people").filter(nw.col("is_child").fill_null(True))
    (count,) = dataset.collect(people.select(nw.len().alias("n")))
    children = count["n"][0]
    scan = timed(lambda: read_everything(dataset))
    before = processor()
    start = time.perf_counter()
    (every,) = dataset.collect(obligations(dataset, as_at))
    elapsed, cpu = time.perf_counter() - start, processor() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    height = every.height
    del every
    return {
        "children": children,
        "rows": sum(dataset.manifest.tables.values()),
        "obligations": height,
        "scan": scan,
        "all": elapsed,
        "cpu": cpu,
        "ratio": elapsed / scan,
        "each": 1e6 * elapsed / children,
        "report": timed(lambda: daily_report(dataset, as_at)),
        "memory": memory,
    }


def read_everything(dataset: Dataset) -> None:
    """Every cell of every table, counted and let go."""
    for name in dataset.frames:
        dataset.collect(dataset.lazy(name).select(nw.all().count()))


def processor() -> float:
    """Processor seconds this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work: object) -> float:
    """Seconds the work takes."""
    assert callable(work)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
