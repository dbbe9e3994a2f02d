"""The days a payload speaks of: from the first day of a financial year some two years back to the day after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from goldenthread.dates import anniversary, financial_year_of, plus_months
from goldenthread.dates.calendar import ONE_DAY

MONTHS_BACK = 24
"""Cohort window of the pilot: 1 April of the financial year holding the day 24 months before, to the day after."""
OLDEST = 25
"""Children and young people aged 25 or under at some time in the window."""


@dataclass(frozen=True, slots=True)
class Window:
    """A first and a last day, both included."""

    first: date
    last: date

    @property
    def born_after(self) -> date:
        """A person born on this day or before it was 26 throughout."""
        return anniversary(self.first, -(OLDEST + 1))

    @property
    def ends_of_march(self) -> tuple[date, ...]:
        """Each 31 March in the window: the days on which the CIN census counts."""
        days = (date(year, 3, 31) for year in range(self.first.year, self.last.year + 1))
        return tuple(day for day in days if self.first <= day <= self.last)

    def overlaps(self, start: str, end: str) -> pl.Expr:
        """Whether a span that starts on or before the last day was still running on the first; open without an end."""
        return (pl.col(start) <= self.last) & (pl.col(end).is_null() | (pl.col(end) >= self.first))

    def holds(self, day: str) -> pl.Expr:
        """Whether a day is in the window; false where it is not known."""
        return pl.col(day).is_between(self.first, self.last).fill_null(False)


def window_at(as_at: date) -> Window:
    """The window of a payload taken on `as_at`."""
    return Window(date(financial_year_of(plus_months(as_at, -MONTHS_BACK)), 4, 1), as_at + ONE_DAY)
