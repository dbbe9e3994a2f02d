"""How long the board takes from Parquet, and how the cost grows. Run: `python bench/board.py DIR [DIR ...]`.

For each dataset, in a process of its own: reading alone (every column of every table, scanned from Parquet by Polars:
the named reference), then the board with 36 months of history from opening the folder to its last row, the first time
in the process and the least of three more. `cpu` is the processor's time in that first board, which other work on the
machine lengthens less than the clock's. `ratio` is `again` over reading. `import` is Python's own start.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

AGAIN = 3


def main() -> int:
    """Print one line a dataset. Gives 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("datasets", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.datasets[0])))
        return 0
    print(f"{'children':>10} {'rows':>12} {'import':>7} {'reading':>8} {'first':>7} {'cpu':>6} {'again':>7} "
          f"{'ratio':>6} {'us/child':>9} {'GB':>5}")  # fmt: skip
    for folder in arguments.datasets:
        command = [sys.executable, __file__, "--measure", str(folder)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print("{children:>10,} {rows:>12,} {started:>7.2f} {reading:>8.3f} {first:>7.2f} {cpu:>6.2f} {again:>7.2f} "
              "{ratio:>6.1f} {each:>9.1f} {memory:>5.2f}".format(**found), flush=True)  # fmt: skip
    return 0


def measure(folder: Path) -> dict[str, float]:
    """The figures of one line, in seconds."""
    began = perf_counter()
    import polars as pl

    from goldenthread.board.build import build_board
    from goldenthread.dataset.store import open_dataset

    started = perf_counter() - began

    def board() -> float:
        began = perf_counter()
        dataset = open_dataset(folder)
        build_board(dataset, dataset.manifest.as_at)
        return perf_counter() - began

    spent = _processor()
    first = board()
    cpu = _processor() - spent
    again = min(board() for _ in range(AGAIN))
    manifest = open_dataset(folder).manifest
    began = perf_counter()
    for table in manifest.tables:
        # Counting what is there makes Polars decode every column.
        pl.scan_parquet(folder / f"{table}.parquet").select(pl.all().count()).collect()
    reading = perf_counter() - began
    children = pl.scan_parquet(folder / "people.parquet").filter("is_child").select(pl.len()).collect().item()
    return {
        "children": children,
        "rows": sum(manifest.tables.values()),
        "started": started,
        "reading": reading,
        "first": first,
        "cpu": cpu,
        "again": again,
        "ratio": again / reading,
        "each": 1e6 * again / children,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def _processor() -> float:
    """Seconds of processor this process has used, on every core."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
