"""Sparklines and control charts as SVG text.

Drawn here and not by a chart library: a board needs sixty of them within a second, and starting the library takes
longer than that (docs/adr). Each drawing is a picture of a table that stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from goldenthread.board.model import BoardRow
from goldenthread.board.present import chart_text, limits_text, usual_range, value_text

INK, SOFT, CALM, GOOD, BAD, GRID = "#1d4f7c", "#454d52", "#5a656d", "#00703c", "#b10e1e", "#c4ccd2"
RATING_INK = {"Green": GOOD, "Red": BAD}
SPARK_WIDTH, SPARK_HEIGHT = 132, 34
CHART_WIDTH, CHART_HEIGHT = 680, 240
LEFT, RIGHT, TOP, BOTTOM = 58, 120, 12, 26


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns month and value into places on the drawing."""

    left: float
    top: float
    width: float
    height: float
    months: int
    low: float
    high: float

    def x(self, month: int) -> float:
        """The place of a month, the first being 0."""
        return self.left + self.width * month / max(self.months - 1, 1)

    def y(self, value: float) -> float:
        """The place of a value; the middle when all values are alike."""
        if self.high == self.low:
            return self.top + self.height / 2
        return self.top + self.height * (self.high - value) / (self.high - self.low)


def sparkline(row: BoardRow) -> str:
    """A small line of the row's months with the band of usual values behind it; empty when there are none."""
    values = [cell.value for cell in row.series]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    limits = usual_range(row) or ()
    frame = Frame(4, 4, SPARK_WIDTH - 8, SPARK_HEIGHT - 8, len(values), min(*known, *limits), max(*known, *limits))
    parts = [_band(frame, *limits)] if limits else []
    if row.chart:
        parts.append(_rule(frame, row.chart.mean, GRID))
    parts += _lines(frame, values, 1.5)
    last = max(place for place, value in enumerate(values) if value is not None)
    ink = RATING_INK.get(row.travel.rating, INK)
    parts.append(_dot(frame, last, values[last] or 0.0, 3, ink))
    return _svg(SPARK_WIDTH, SPARK_HEIGHT, f"{len(known)} months to {row.series[-1].label}. {chart_text(row)}", parts)


def control_chart(row: BoardRow) -> str:
    """The row's control chart with its mean, limits, target and months named; empty when no month has a value."""
    values = [cell.value for cell in row.series]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    lines = _named_lines(row)
    span = [*known, *(value for _, value, _ in lines)]
    frame = Frame(LEFT, TOP, CHART_WIDTH - LEFT - RIGHT, CHART_HEIGHT - TOP - BOTTOM, len(values), min(span), max(span))
    usual = usual_range(row)
    parts = [_band(frame, *usual)] if usual else []
    for name, value, ink in lines:
        parts.append(_rule(frame, value, ink, dashed=name != "Mean"))
    parts += _labels(frame, row, lines)
    parts += _lines(frame, values, 2)
    parts += [
        _dot(frame, place, value, 2.5, _ink(row, value)) for place, value in enumerate(values) if value is not None
    ]
    parts += _months(frame, row)
    said = f"{row.title}: {len(known)} months to {row.series[-1].label}. {chart_text(row)} {limits_text(row)}"
    return _svg(CHART_WIDTH, CHART_HEIGHT, said, parts)


def _named_lines(row: BoardRow) -> list[tuple[str, float, str]]:
    """The level lines of a control chart: name, value, colour."""
    found = []
    usual = usual_range(row)
    if row.chart and usual:
        found = [("Upper limit", usual[1], CALM), ("Mean", row.chart.mean, INK), ("Lower limit", usual[0], CALM)]
    if row.target.kind == "value" and row.target.value is not None and row.assurance:
        found.append(("Target", row.target.value, "#8a4b00"))
    return found


def _ink(row: BoardRow, value: float) -> str:
    if row.chart and not row.chart.lower <= value <= row.chart.upper:
        return BAD
    return INK


def _labels(frame: Frame, row: BoardRow, lines: Sequence[tuple[str, float, str]]) -> list[str]:
    """Names at the right of the level lines, moved apart where they would overlap, and the value scale at the left."""
    found, floor = [], 0.0
    for name, value, ink in sorted(lines, key=lambda line: -line[1]):
        floor = max(frame.y(value) + 4, floor + 14)
        said = f"{name} {value_text(value, row.unit, min(row.places, 1))}"
        found.append(_text(frame.left + frame.width + 8, floor, said, "start", ink))
    for value in (frame.high, frame.low):
        said = value_text(value, row.unit, min(row.places, 1))
        found.append(_text(frame.left - 8, frame.y(value) + 4, said, "end"))
    return found


def _months(frame: Frame, row: BoardRow) -> list[str]:
    """The names of about six months along the foot."""
    step = max(len(row.series) // 6, 1)
    foot = frame.top + frame.height + 20
    return [_text(frame.x(n), foot, row.series[n].label, "middle") for n in range(len(row.series) - 1, -1, -step)]


def _text(x: float, y: float, said: str, anchor: str, ink: str = SOFT) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{ink}">{escape(said)}</text>'


def _band(frame: Frame, lower: float, upper: float) -> str:
    top, foot = frame.y(upper), frame.y(lower)
    return (
        f'<rect x="{frame.left:.1f}" y="{top:.1f}" width="{frame.width:.1f}" height="{max(foot - top, 1):.1f}" '
        'fill="#e8eef3"/>'
    )


def _rule(frame: Frame, value: float, ink: str, dashed: bool = False) -> str:
    y = frame.y(value)
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<path d="M{frame.left:.1f} {y:.1f}h{frame.width:.1f}" stroke="{ink}" fill="none"{dash}/>'


def _lines(frame: Frame, values: Sequence[float | None], width: float) -> list[str]:
    """The line through the months, broken where a month has no value."""
    path, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
        else:
            path.append(f"{pen}{frame.x(place):.1f} {frame.y(value):.1f}")
            pen = "L"
    return [f'<path d="{"".join(path)}" stroke="{INK}" stroke-width="{width}" fill="none"/>']


def _dot(frame: Frame, place: int, value: float, radius: float, ink: str) -> str:
    return f'<circle cx="{frame.x(place):.1f}" cy="{frame.y(value):.1f}" r="{radius}" fill="{ink}"/>'


def _svg(width: int, height: int, said: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(said)}" font-family="Arial, Helvetica, sans-serif" font-size="12">'
        f"{''.join(parts)}</svg>"
    )
