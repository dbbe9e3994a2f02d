"""The board in a terminal: one line a row, in 120 columns, coloured only where there is a terminal to colour."""

from __future__ import annotations

import sys
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldenthread.board import present
from goldenthread.board.model import Board, BoardRow

WIDTH = 120
STYLES = {"Green": "bold green", "Red": "bold red"}
JUDGED = {"met": "green", "missed": "red", "in range": "green"}
SHORT = {"Getting worse": "Worse", "Improving": "Better", "No change shown": "No change"}
BLOCKS = "▁▂▃▄▅▆▇█"
BLOCKS_SHOWN = 12


def print_board(board: Board) -> None:
    """Print the board on standard output, with colour if that is a terminal."""
    show(board, Console(width=_width(), highlight=False))


def board_text(board: Board) -> str:
    """The board as plain text of 120 columns."""
    into = StringIO()
    show(board, Console(file=into, width=WIDTH, highlight=False, color_system=None))
    return into.getvalue()


def show(board: Board, console: Console) -> None:
    """The heading, what to look at first, a table a section, and the notes."""
    console.print(f"{board.authority}: {board.title}, as at {present.day_text(board.as_at)}", style="bold")
    groups = [f"{name} {len(rows)}" for name, rows in present.looks(board) if rows]
    console.print(" · ".join(groups))
    console.print(_table(board))
    for row in board.rows:
        if row.not_computed:
            console.print(f"{row.key}: not computed. {row.not_computed}", style="dim")
    for note in board.notes:
        console.print(note)


def blocks(row: BoardRow) -> str:
    """The last twelve months as blocks of eight heights; a gap where a month has no value."""
    values = [cell.value for cell in row.series[-BLOCKS_SHOWN:]]
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    reach = (high - low) or 1.0
    return "".join(" " if value is None else BLOCKS[int((value - low) / reach * (len(BLOCKS) - 1))] for value in values)


def _width() -> int | None:
    return None if sys.stdout.isatty() else WIDTH


def _table(board: Board) -> Table:
    table = Table(expand=True, padding=(0, 1, 0, 0), box=None, pad_edge=False)
    table.add_column("Id", width=18, no_wrap=True)
    table.add_column("Indicator", ratio=1)
    table.add_column(board.previous_labels[-1], width=7, justify="right", no_wrap=True)
    table.add_column(board.current_label, width=10, justify="right")
    table.add_column("Counts", width=13, justify="right")
    table.add_column("Target", width=13)
    table.add_column("Direction", width=12, no_wrap=True)
    table.add_column("12 months", width=BLOCKS_SHOWN, no_wrap=True)
    for section, rows in board.sections:
        table.add_row("", Text(section.upper(), style="bold"))
        for row in rows:
            table.add_row(*_line(row))
    return table


def _line(row: BoardRow) -> tuple[str | Text, ...]:
    target = "" if row.target.kind == "none" else present.target_text(row.target, row.unit)
    judged = present.JUDGEMENT_WORDS[row.target_judgement].lower()
    word = SHORT.get(row.travel.word, row.travel.word)
    return (
        row.key,
        row.title,
        present.cell_text(row.previous[-1], row),
        Text(present.cell_text(row.current, row), style="bold"),
        present.counts_text(row.current, row),
        Text(f"{target} {judged}".strip(), style=JUDGED.get(row.target_judgement, "")),
        Text(f"{row.travel.arrow} {word}".strip(), style=STYLES.get(row.travel.rating, "")),
        blocks(row),
    )
