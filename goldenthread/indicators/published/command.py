"""``goldenthread published``: the published percentages and rates worked out again from the published counts."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from goldenthread.indicators.published.agreement import agreement, disagreements
from goldenthread.indicators.published.measures import MEASURES
from goldenthread.indicators.published.reading import PublishedFileError

# Files published later than the counts may be checked too; the command line hands over the packaged comparators.
ELSEWHERE_COLUMNS = ("measure", "time_period", "area", "value")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``published`` and its options to the command line."""
    parser = commands.add_parser(
        "published",
        help="work out the published percentages and rates again from the published counts",
        description="Works out every published percentage and rate that the Department's files allow from the counts "
        "in the same files, half up and on the population of the year before, and reports agreement by measure.",
    )
    parser.add_argument("--folder", type=Path, required=True, help="folder with the published CSV files")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--measure",
        choices=[measure.id for measure in MEASURES],
        metavar="M",
        help="list the rows of one measure that differ",
    )
    parser.add_argument("--all-areas", action="store_true", help="regions and England as well as authorities")
    parser.add_argument(
        "--elsewhere", type=Path, help=f"CSV of figures published in another place: {', '.join(ELSEWHERE_COLUMNS)}"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the agreement, or one measure's differing rows. Returns 0; 1 when a file cannot be used."""
    try:
        elsewhere = _elsewhere(arguments.elsewhere)
        if arguments.measure:
            frame = disagreements(arguments.folder, arguments.measure, elsewhere=elsewhere)
        else:
            frame = agreement(arguments.folder, elsewhere=elsewhere)
            if not arguments.all_areas:
                frame = frame.filter(pl.col("judged") | (pl.col("level") == ""))
    except (PublishedFileError, OSError, pl.exceptions.PolarsError) as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.format == "json":
        print(json.dumps(frame.to_dicts(), ensure_ascii=False, indent=1))
    else:
        print_table(frame)
    return 0


def print_table(frame: pl.DataFrame) -> None:
    """Print the frame on standard output, one line a row, numbers to the right; wide enough to keep its lines."""
    console = Console(width=None if sys.stdout.isatty() else 220)
    table = Table(show_lines=False)
    for name, kind in frame.schema.items():
        table.add_column(name.replace("_", " "), justify="right" if kind.is_numeric() else "left")
    for row in frame.iter_rows():
        table.add_row(*(_shown(value) for value in row))
    console.print(table)


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case True:
            return "yes"
        case False:
            return ""
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _elsewhere(path: Path | None) -> pl.DataFrame | None:
    if path is None:
        return None
    frame = pl.read_csv(path, infer_schema=False)
    absent = [column for column in ELSEWHERE_COLUMNS if column not in frame.columns]
    if absent:
        raise PublishedFileError(f"{path}: no column {', '.join(absent)}.")
    return frame
