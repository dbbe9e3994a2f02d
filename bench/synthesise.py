"""How long it takes, and how much memory, to make up an authority of so many children.

    python bench/synthesise.py                      the city, then 5,000, 20,000 and 80,000 children: the curve
    python bench/synthesise.py 400000 --processes 2  England's number

Prints seconds, rows, microseconds a row, milliseconds a child and the largest memory of any process. Cost per child
should be flat: districts are made one by one, and a larger authority only has more of them.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from goldenthread.dataset.synthetic.authority import DEFAULT_AS_AT, DEFAULT_FAULTS, planned
from goldenthread.dataset.synthetic.writing import write_authority

CURVE = (None, 5_000, 20_000, 80_000)


def measure(children: int | None, processes: int, keep: Path | None) -> None:
    """Make one authority and print a line about it."""
    scratch = Path(tempfile.mkdtemp())
    folder = keep or scratch / "authority"
    began = time.perf_counter()
    written = write_authority(folder, planned(children, 1, DEFAULT_AS_AT, DEFAULT_FAULTS), processes=processes)
    seconds = time.perf_counter() - began
    rows, size = sum(written.tables.values()), sum(path.stat().st_size for path in folder.iterdir())
    shutil.rmtree(scratch)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 2**20
    each = f"{1000 * seconds / children:8.2f} ms a child" if children else " " * 19
    print(
        f"{children or 'the city':>10}  {seconds:7.1f} s  {rows:>12,} rows  {1e6 * seconds / rows:5.2f} µs a row"
        f"  {each}  {size / 1e6:8.0f} MB on disk  {peak:5.2f} GB at most in one process",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("children", type=int, nargs="*", help="sizes to measure; the curve if none is given")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="write the authority here and leave it")
    arguments = parser.parse_args()
    for children in arguments.children or CURVE:
        measure(children, arguments.processes, arguments.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
