"""The board as one JSON document: every field of `goldenthread.board.model`, days as ISO dates."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date

from goldenthread.board.model import Board


def board_json(board: Board) -> str:
    """One document, ending in a newline."""
    return json.dumps(board, default=_plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        # A level at a time, as the document is written: `asdict` would first copy the whole board.
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in the board's JSON")
