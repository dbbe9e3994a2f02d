"""The core's board as plain values, for the page that shows it: every text made by the core's own presenting."""

from __future__ import annotations

from typing import Any

from goldenthread.board import drawing, present
from goldenthread.board.html import missed
from goldenthread.board.model import Board, BoardRow, Cell


def content_of(board: Board) -> dict[str, Any]:
    """Title, groups to look at first, sections with their rows, notes."""
    return {
        "title": board.title,
        "authority": board.authority,
        "previous_labels": board.previous_labels,
        "current_label": board.current_label,
        "benchmark_labels": list(present.BENCHMARK_WORDS.values()),
        "notes": board.notes,
        "groups": [{"name": name, "rows": [_look(row) for row in rows]} for name, rows in present.looks(board) if rows],
        "missed": [_miss(row) for row in missed(board)],
        "sections": [{"name": name, "rows": [row_of(row) for row in rows]} for name, rows in board.sections],
    }


def row_of(row: BoardRow) -> dict[str, Any]:
    """One row of the board, with what its own page shows."""
    return {
        "anchor": row.anchor,
        "key": row.key,
        "title": row.title,
        "short": present.short_title(row),
        "frequency": row.frequency,
        "basis": row.basis or "basis not printed",
        "polarity": present.POLARITY_WORDS[row.polarity],
        "unit": present.UNIT_WORDS[row.unit],
        "previous": [_cell(cell, row) for cell in row.previous],
        "current": _cell(row.current, row),
        "target": present.target_text(row.target, row.unit),
        "judgement": present.JUDGEMENT_WORDS[row.target_judgement],
        "travel": present.travel_text(row),
        "rating": row.travel.rating.lower(),
        "benchmarks": [_benchmark(one, row) for one in row.benchmarks],
        "sparkline": drawing.sparkline(row),
        "chart": drawing.control_chart(row),
        "chart_text": present.chart_text(row) if row.series else "",
        "limits_text": present.limits_text(row),
        "assurance": row.assurance,
        "series_of": row.series_of,
        "series": [_cell(cell, row) for cell in reversed(row.series)],
        "rationale": row.rationale,
        "notes": [*row.notes],
        "not_computed": row.not_computed or row.current.why,
        "definition": _definition(row),
    }


def _cell(cell: Cell, row: BoardRow) -> dict[str, str]:
    return {"label": cell.label, "text": present.cell_text(cell, row), "counts": present.counts_text(cell, row)}


def _benchmark(one: Any, row: BoardRow) -> dict[str, str]:
    return {
        "label": present.BENCHMARK_WORDS[one.kind],
        "text": present.benchmark_text(one, row),
        "year": present.benchmark_year(one) if one.year else "",
        "said": f"{one.name}. {one.source}" if one.value is not None else "",
        "caution": one.caution,
    }


def _definition(row: BoardRow) -> list[tuple[str, str]]:
    if row.definition is None:
        return []
    said = row.definition
    return [
        ("Question", said.question),
        ("Counted", said.numerator),
        ("Out of", said.denominator),
        ("Left out", said.exclusions or "Nothing"),
        ("Source", said.source),
        ("National definition", said.national_definition or "None: the counting is local."),
    ]


def _look(row: BoardRow) -> dict[str, str]:
    because = "" if row.travel.word == "No change shown" else row.travel.because
    return {
        "anchor": row.anchor,
        "title": present.short_title(row),
        "moved": present.moved_text(row),
        "why": row.not_computed or because,
    }


def _miss(row: BoardRow) -> dict[str, str]:
    said = f"{present.cell_text(row.current, row)} against {present.target_text(row.target, row.unit)}."
    return {"anchor": row.anchor, "title": present.short_title(row), "moved": said, "why": row.assurance}
