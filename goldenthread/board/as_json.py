"""The board as one JSON document: every field of `goldenthread.board.model`, days as ISO dates."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from goldenthread.board.model import Board


def board_json(board: Board) -> str:
    """One document, ending in a newline."""
    return json.dumps(asdict(board), default=_iso, ensure_ascii=False, indent=1) + "\n"


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the board's JSON")
