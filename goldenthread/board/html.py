"""The board as one web page: no script, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from goldenthread.board import drawing, present
from goldenthread.board.model import Board, BoardRow

TEMPLATES = Path(__file__).parent / "templates"
PRESENTED = (
    "benchmark_text", "benchmark_year", "cell_text", "chart_text", "counts_text", "day_text", "limits_text",
    "moved_text", "short_title", "target_text", "travel_text",
)  # fmt: skip


def board_html(board: Board) -> str:
    """The page. Every text is escaped by the template; only our own drawings and style are put in as they are."""
    style = (TEMPLATES / "board.css").read_text(encoding="utf-8")
    return _template().render(board=board, groups=present.looks(board), missed=missed(board), style=Markup(style))


def missed(board: Board) -> list[BoardRow]:
    """The rows that miss their target, in the board's order."""
    return [row for row in board.rows if row.target_judgement == "missed"]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update({name: getattr(present, name) for name in PRESENTED})
    environment.globals.update(
        judgement_words=present.JUDGEMENT_WORDS,
        polarity_words=present.POLARITY_WORDS,
        benchmark_words=present.BENCHMARK_WORDS,
        unit_words=present.UNIT_WORDS,
        sparkline=lambda row: Markup(drawing.sparkline(row)),
        control_chart=lambda row: Markup(drawing.control_chart(row)),
    )
    return environment.get_template("board.html.j2")
