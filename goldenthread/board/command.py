"""``goldenthread board``: the board of a dataset, in a terminal or as JSON, a page, a workbook or a PDF."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from goldenthread.board.build import MONTHS, build_board
from goldenthread.board.model import Board
from goldenthread.board.targets import load_targets
from goldenthread.dataset.packaged.marked import DataFileError
from goldenthread.dataset.store import Dataset, open_dataset
from goldenthread.dataset.whole_files import write_whole
from goldenthread.dates.asked import day_asked

FORMATS = ("text", "json", "html", "xlsx", "pdf")
BINARY = ("xlsx", "pdf")
MOST_MONTHS = 240


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``board`` and its options to the command line."""
    parser = commands.add_parser(
        "board",
        help="the Improvement Board's dashboard",
        description="Works out the improvement board of a dataset as at a day and shows it in a terminal, or writes it "
        "as JSON, a web page, a workbook or an accessible PDF.",
    )
    parser.add_argument("--dataset", type=Path, required=True, help="folder of the dataset")
    parser.add_argument(
        "--as-at", type=day_asked, metavar="D", help="the board's day, YYYY-MM-DD (default: the dataset's)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--out", type=Path, metavar="PATH", help="write to a file in place of standard output")
    parser.add_argument(
        "--months", type=_months, default=MONTHS, metavar="N", help=f"months of history (default: {MONTHS})"
    )
    parser.add_argument("--published", action="store_true", help="hide small numbers, for publication")
    parser.add_argument("--targets", type=Path, metavar="FILE", help="the authority's own targets (YAML)")
    parser.add_argument("--engine", choices=("polars", "spark"), default="polars")
    parser.add_argument(
        "--printed", action="store_true", help="York's printed 2018/19 and quarter 1 of 2019/20 beside the computed"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show or write the board. Returns 0; 1 when the targets cannot be used or a printed row is out; 2 for wrong use.

    Raises DatasetError when the dataset cannot be opened.
    """
    if arguments.printed and arguments.format not in ("text", "json"):
        return _refused("--printed is shown as text or json.")
    if arguments.format in BINARY and arguments.out is None and sys.stdout.isatty():
        return _refused(f"A {arguments.format} file cannot be shown in a terminal. Name a file with --out.")
    dataset = open_dataset(arguments.dataset, arguments.engine)
    if arguments.printed:
        return _compare(dataset, arguments)
    try:
        targets = load_targets(arguments.targets) if arguments.targets else None
    except (DataFileError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    with _progress("Working out the board"):
        board = build_board(
            dataset,
            arguments.as_at or dataset.manifest.as_at,
            arguments.months,
            targets,
            "published" if arguments.published else "internal",
            folder=str(arguments.dataset),
        )
    _give(board, arguments.format, arguments.out)
    return 0


def rendered(board: Board, form: str) -> bytes:
    """The board in one of `FORMATS`, as the bytes of a file. Only the library that the format needs is loaded."""
    match form:
        case "json":
            from goldenthread.board.as_json import board_json

            return board_json(board).encode()
        case "html":
            from goldenthread.board.html import board_html

            return board_html(board).encode()
        case "xlsx":
            from goldenthread.board.xlsx import board_xlsx

            return board_xlsx(board)
        case "pdf":
            from goldenthread.board.pdf import board_pdf

            return board_pdf(board)
        case _:
            from goldenthread.board.terminal import board_text

            return board_text(board).encode()


def _give(board: Board, form: str, out: Path | None) -> None:
    if form == "text" and out is None:
        from goldenthread.board.terminal import print_board

        print_board(board)
        return
    content = rendered(board, form)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(out, content)
        print(f"Wrote {out}", file=sys.stderr)


def _compare(dataset: Dataset, arguments: argparse.Namespace) -> int:
    from goldenthread.board.comparison_text import print_comparison
    from goldenthread.board.printed import compare

    with _progress("Working out the printed rows"):
        found = compare(dataset)
    if arguments.format == "json":
        text = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n"
        if arguments.out:
            write_whole(arguments.out, text.encode())
        else:
            sys.stdout.write(text)
    else:
        print_comparison(found)
    return 1 if any(one.verdict == "out" for one in found) else 0


@contextmanager
def _progress(doing: str) -> Iterator[None]:
    """A line on standard error while the work goes on, if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # a command that draws nothing does not wait for it

    with Console(stderr=True).status(f"{doing} …"):
        yield


def _refused(why: str) -> int:
    print(f"goldenthread board: {why}", file=sys.stderr)
    return 2


def _months(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_MONTHS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of months from 1 to {MOST_MONTHS}.")
    return int(text)
