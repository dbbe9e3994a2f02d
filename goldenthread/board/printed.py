"""What was printed beside what is computed: 2018/19 and the first quarter of 2019/20, row by row, with a verdict.

A row agrees when the computed value lies within 15 per cent of the printed one, or within three standard errors of it.
The standard error is that of a count of chance events: a share of so many children varies as a binomial, a count or
rate as a Poisson, and an average of days (which are spread about as widely as they are long) by itself over the root
of the children counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

from goldenthread.board.layout import Line, lines
from goldenthread.board.rows import Figures, figures_by_key
from goldenthread.dataset.store import Dataset
from goldenthread.indicators import BOARD, Figure, Indicator, Unit, figures

PERIODS = (("2018/2019", date(2019, 3, 31)), ("2019/2020 Q1", date(2019, 6, 30)))
NEAR = 0.15
STANDARD_ERRORS = 3

Verdict = Literal["within 15%", "within 3 s.e.", "out", "not printed", "not computed"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A printed value beside the computed one. `relative` is their difference as a share of the printed value."""

    key: str
    title: str
    period: str
    unit: Unit
    printed: float | None
    computed: float | None
    numerator: float | None
    denominator: float | None
    relative: float | None
    standard_error: float | None
    verdict: Verdict


def compare(dataset: Dataset, *, indicators: Sequence[Indicator] = BOARD) -> tuple[Comparison, ...]:
    """Every printed row in both periods, in the board's order."""
    rows = [line for line in lines(indicators) if line.printed is not None]
    wanted = [line.indicator for line in rows if line.indicator]
    made = figures(dataset, wanted, tuple(day for _, day in PERIODS))
    found = figures_by_key(Figure(**line) for line in made.iter_rows(named=True))
    return tuple(_comparison(line, period, day, found) for period, day in PERIODS for line in rows)


def standard_error(unit: Unit, printed: float, figure: Figure) -> float | None:
    """How far chance alone moves a value like the printed one, counted on as many as the figure counts.

    In the unit of the value; None where the figure has nothing to count on.
    """
    if unit is Unit.COUNT:
        return sqrt(max(printed, 1.0))
    count = figure.denominator
    if not count:
        return None
    match unit:
        case Unit.PERCENT:
            share = min(max(printed / 100, 0.5 / count), 1 - 0.5 / count) if count > 1 else 0.5
            return 100 * sqrt(share * (1 - share) / count)
        case Unit.RATE_PER_10000:
            return 10_000 * sqrt(max(printed * count / 10_000, 1.0)) / count
        case _:
            return printed / sqrt(count)


def judge(printed: float | None, computed: float | None, error: float | None) -> Verdict:
    """The verdict on one pair. A printed nought can only be met within the standard errors."""
    if printed is None:
        return "not printed"
    if computed is None:
        return "not computed"
    apart = abs(computed - printed)
    if apart <= NEAR * abs(printed):
        return "within 15%"
    if error is not None and apart <= STANDARD_ERRORS * error:
        return "within 3 s.e."
    return "out"


def _comparison(line: Line, period: str, day: date, found: Figures) -> Comparison:
    value = line.printed.values.get(period) if line.printed else None
    printed = value.value if value else None
    figure = found.get(line.indicator.key, {}).get(day) if line.indicator else None
    computed = figure.value if figure else None
    error = standard_error(line.unit, printed, figure) if figure and printed is not None else None
    relative = (computed - printed) / printed if computed is not None and printed else None
    return Comparison(
        key=line.key,
        title=line.title,
        period=period,
        unit=line.unit,
        printed=printed,
        computed=computed,
        numerator=figure.numerator if figure else None,
        denominator=figure.denominator if figure else None,
        relative=relative,
        standard_error=error,
        verdict=judge(printed, computed, error),
    )
