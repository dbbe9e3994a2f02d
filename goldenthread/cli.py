"""The `goldenthread` command. Each command lives beside what it shows; only the one asked for is loaded."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from polars.exceptions import ComputeError

from goldenthread.dataset.rejects import RefusedFile
from goldenthread.dataset.store import DatasetError
from goldenthread.dates import OutsideCalendar

# command: (module with add_parser(subparsers) and run(args), one line of help)
COMMANDS = {
    "synthesise": ("goldenthread.dataset.synthetic.command", "make a demonstration authority"),
    "import": ("goldenthread.dataset.readers.command", "read an authority's files into a dataset"),
    "board": ("goldenthread.board.command", "the Improvement Board's dashboard"),
    "timeliness": ("goldenthread.timeliness.command", "what is overdue, and what falls due soon"),
    "explain": ("goldenthread.indicators.command", "the rows behind a figure, each with its reason"),
    "figures": ("goldenthread.indicators.figures_command", "an indicator's figures by month, team, age and more"),
    "indicators": ("goldenthread.indicators.command", "every indicator and its definition"),
    "chronology": ("goldenthread.journey.command", "one child's events in order"),
    "reference": ("goldenthread.quality.reference.command", "make the reference data that return checks look up"),
    "return": ("goldenthread.writers.command", "write a return: Annex A, CIN census, SSDA903, the daily flow"),
    "check": ("goldenthread.quality.command", "run every rule of a return on its files"),
    "accuracy": ("goldenthread.quality.kept.command", "what is wrong in the record, and what has changed"),
    "statute": ("goldenthread.statute.show", "the statute book as in force on a day"),
    "published": ("goldenthread.indicators.published.command", "recompute the DfE's published percentages and rates"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0 when done, 1 when the input has errors that were reported, 2 for wrong use."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in arguments if word in COMMANDS), None)
    parser = argparse.ArgumentParser(prog="goldenthread", description=__doc__.splitlines()[0])
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, line) in COMMANDS.items():
        if chosen and COMMANDS[chosen][0] == module:
            continue
        subparsers.add_parser(name, help=line)
    run = None
    if chosen:
        command = import_module(COMMANDS[chosen][0])
        command.add_parser(subparsers)
        run = command.run
    args = parser.parse_args(arguments)
    if run is None:  # pragma: no cover - argparse has already refused a missing or unknown command
        return 2
    try:
        return int(getattr(args, "run", run)(args))
    except (DatasetError, RefusedFile, OutsideCalendar) as fault:
        print(f"goldenthread: {fault}", file=sys.stderr)
        return 2
    except ComputeError as fault:
        if not str(fault).startswith("parquet:"):
            raise
        # Found damaged only now: a table is read as its rows are asked for, wherever that is.
        print(f"goldenthread: a table of the dataset is damaged: {fault}. Import the sources again.", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: nothing is wrong, and nothing more is to be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        # What a command did not foresee of the disk: a full one, a folder that may not be read, standard output closed.
        place = f"{fault.filename}: " if fault.filename else ""
        print(
            f"goldenthread: {place}{fault.strerror or fault}. Check the path, the rights and the room.", file=sys.stderr
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
