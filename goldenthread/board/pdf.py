"""The board as a tagged PDF (PDF/UA-1): landscape A4, tables with header cells, charts with words in their place."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time

import typst

from goldenthread.board import present
from goldenthread.board.drawing import sparkline
from goldenthread.board.html import TEMPLATES
from goldenthread.board.model import Board, BoardRow

STANDARD: typst.PDFStandard = "ua-1"


def board_pdf(board: Board) -> bytes:
    """The document's bytes, the same for the same board: its date is the board's day."""
    # Given as bytes, so that a library kept in a zip or on a read-only disk can still make one.
    source = (TEMPLATES / "board.typ").read_bytes()
    made = typst.compile(
        source,
        format="pdf",
        sys_inputs={"board": json.dumps(_document(board), ensure_ascii=False)},
        pdf_standards=STANDARD,
        timestamp=datetime.combine(board.as_at, time(), UTC),
    )
    assert isinstance(made, bytes)  # one document, not one a page
    return made


def _document(board: Board) -> dict[str, object]:
    audience = "Internal: small numbers are shown. Do not publish."
    return {
        "title": board.title,
        "authority": board.authority,
        "when": f"As at {present.day_text(board.as_at)}",
        "audience": audience if board.audience == "internal" else "For publication: small numbers are hidden.",
        "groups": [{"name": name, "rows": [_look(row) for row in rows]} for name, rows in present.looks(board)],
        "headings": [*board.previous_labels, board.current_label],
        "sections": [{"name": name, "rows": [_row(row) for row in rows]} for name, rows in board.sections],
        "notes": board.notes,
    }


def _look(row: BoardRow) -> dict[str, str]:
    moved = present.moved_text(row)
    said = row.not_computed or (f"{moved} ({row.travel.because})" if moved else row.travel.because)
    return {"title": present.short_title(row), "said": said}


def _row(row: BoardRow) -> dict[str, object]:
    spark = sparkline(row)
    not_computed = [f"Not computed. {row.not_computed}"] if row.not_computed else []
    rationale = [f"Why this target: {row.rationale}"] if row.rationale else []
    return {
        "title": row.title,
        "about": f"{row.key} · {row.frequency} · {row.basis} · {present.POLARITY_WORDS[row.polarity]}",
        "cells": [
            {"value": present.cell_text(cell, row), "counts": present.counts_text(cell, row)}
            for cell in (*row.previous, row.current)
        ],
        "target": present.target_text(row.target, row.unit),
        "judged": present.JUDGEMENT_WORDS[row.target_judgement],
        "judgement": row.target_judgement,
        "travel": present.travel_text(row),
        "rating": row.travel.rating,
        "spark": spark,
        "alt": present.chart_text(row),
        "benchmarks": [
            {"value": present.benchmark_text(one, row), "year": present.benchmark_year(one)} for one in row.benchmarks
        ],
        "more": " ".join([*not_computed, *rationale, *row.notes]),
    }
