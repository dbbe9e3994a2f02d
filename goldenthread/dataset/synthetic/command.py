"""``goldenthread synthesise``: a made-up authority as a dataset."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from goldenthread.dataset.store import DatasetError
from goldenthread.dataset.synthetic.authority import DEFAULT_AS_AT, DEFAULT_FAULTS, DEFAULT_SEED, planned
from goldenthread.dataset.synthetic.writing import FAULTS_FILE, write_authority
from goldenthread.dates.asked import day_asked

MOST_PROCESSES = 4
"""Each process may hold a district of about half a gigabyte."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``synthesise`` and its options to the command line."""
    parser = commands.add_parser(
        "synthesise",
        help="make up an authority: children, workers and everything recorded about them",
        description="Makes up an authority whose every life course is invented, and writes it as a dataset. The same "
        "options give the same files to the byte. Without --children it is a city whose board resembles a printed one.",
    )
    parser.add_argument(
        "--children",
        type=int,
        metavar="N",
        help="about how many children the record holds; a city's number, some 15,000, if left out",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=DEFAULT_SEED,
        metavar="S",
        help=f"which authority of the many possible ({DEFAULT_SEED})",
    )
    parser.add_argument(
        "--as-at",
        type=day_asked,
        default=DEFAULT_AS_AT,
        metavar="D",
        help=f"the last day known ({DEFAULT_AS_AT})",
    )
    parser.add_argument(
        "--faults",
        type=float,
        default=DEFAULT_FAULTS,
        metavar="SHARE",
        help=f"share of rows with a planted recording fault, listed in {FAULTS_FILE} ({DEFAULT_FAULTS})",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the authority and write it. Returns 0; 2 when the folder cannot be used, or for an impossible wish."""
    try:
        plan = planned(arguments.children, arguments.seed, arguments.as_at, arguments.faults)
    except ValueError as fault:
        print(fault, file=sys.stderr)
        return 2
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("Living through"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("districts"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    processes = min(os.cpu_count() or 1, MOST_PROCESSES, len(plan.sizes))
    try:
        with bar:
            task = bar.add_task("districts", total=len(plan.sizes))
            written = write_authority(arguments.out, plan, lambda done, _: bar.update(task, completed=done), processes)
    except (DatasetError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 2
    rows = sum(written.tables.values())
    print(
        f"{written.authority_name} as at {written.as_at}: {rows:,} rows, {len(written.tables)} tables, {arguments.out}"
    )
    return 0
