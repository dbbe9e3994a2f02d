"""Which days a board needs figures for, and the separate months that a control chart and a sparkline may show.

A year to date climbs through the year and a rolling year shares eleven months with the one before, so neither can be
charted: both would show trends that are not there. Whatever an indicator counts over is charted month by month. A
snapshot is taken at each month's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from goldenthread.board.model import Cell
from goldenthread.dates import financial_year, financial_year_of, months_to
from goldenthread.indicators.model import Basis, Figure, Indicator, Unit

BY_MONTH = " by month"  # added to the id of an indicator's monthly variant
PREVIOUS_YEARS = 3

SNAPSHOTS = "on the last day of each month"
YEARS_BY_THEN = "the year to date at the end of each month, which starts again in April"
MONTHS_OF = {
    Basis.YEAR_TO_DATE: "separate months, not the running total",
    Basis.ROLLING_12_MONTHS: "separate months, not rolling years",
    Basis.THREE_YEARS: "separate months, not three years",
    Basis.QUARTER: "separate months, not quarters",
    Basis.MONTH: "each month",
    Basis.SNAPSHOT: SNAPSHOTS,
}


def month_ends(as_at: date, months: int) -> tuple[date, ...]:
    """The last days of the latest `months` complete months up to `as_at`, oldest first."""
    whole = [month.last for month in months_to(as_at, months + 1) if month.last <= as_at]
    return tuple(whole[-months:])


def previous_year_ends(as_at: date) -> tuple[date, ...]:
    """31 March of the three financial years before the one that holds `as_at`, oldest first."""
    started = financial_year_of(as_at)
    return tuple(financial_year(started - back).last for back in range(PREVIOUS_YEARS, 0, -1))


def days_needed(as_at: date, months: int) -> tuple[date, ...]:
    """Every day a figure is wanted for: the months' ends, the ends of the years before, and the board's own day."""
    return tuple(sorted({*month_ends(as_at, months), *previous_year_ends(as_at), as_at}))


def by_month(indicator: Indicator) -> Indicator:
    """The indicator as it is charted: over a month, unless it counts what was so on a day (or in the year by then)."""
    if indicator.flow is None or indicator.basis is Basis.MONTH:
        return indicator
    return replace(indicator, id=indicator.id + BY_MONTH, basis=Basis.MONTH)


def month_cells(ends: Iterable[date], figures: Mapping[date, Figure]) -> tuple[Cell, ...]:
    """A cell a month, oldest first, without the months before anything was first counted.

    Nought before there were records is not a nought. A month whose figure is not held has a value of None.
    """
    cells = tuple(_cell(end, figures.get(end)) for end in ends)
    first = next((place for place, cell in enumerate(cells) if cell.numerator), None)
    return cells if first is None else cells[first:]


def _cell(end: date, figure: Figure | None) -> Cell:
    start = end.replace(day=1)
    if figure is None:
        return Cell(f"{end:%b %Y}", start, end, None, None, None, why="No figure was worked out for this month.")
    return Cell(f"{end:%b %Y}", start, end, figure.value, figure.numerator, figure.denominator, figure.why_none)


def months_of(indicator: Indicator) -> str:
    """What the months charted are, in words."""
    if indicator.flow is None and indicator.basis is not Basis.SNAPSHOT:
        return YEARS_BY_THEN
    return MONTHS_OF[indicator.basis]


def grows_with_the_year(basis: str, unit: Unit) -> bool:
    """Whether a value for part of a year is smaller because it is part: a count or a rate of what happened."""
    return basis == Basis.YEAR_TO_DATE and unit in (Unit.COUNT, Unit.RATE_PER_10000)
