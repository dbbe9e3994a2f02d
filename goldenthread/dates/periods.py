"""The periods that figures are reported over, as values with a first and a last day, both included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.dates.calendar import ONE_DAY
from goldenthread.dates.months import plus_months

APRIL = 4


class Span(StrEnum):
    """The kinds of reporting period."""

    financial_year = "financial_year"
    year_to_date = "year_to_date"
    rolling_twelve_months = "rolling_twelve_months"
    quarter = "quarter"
    month = "month"
    snapshot = "snapshot"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of days. `label` is how it is headed on a board."""

    first: date
    last: date
    span: Span
    label: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A period cannot end on {self.last}, before it begins on {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1


def financial_year_of(day: date) -> int:
    """The year in which the financial year holding `day` began: 2019 for 31 March 2020."""
    return day.year if day.month >= APRIL else day.year - 1


def _year_label(started: int) -> str:
    return f"{started}/{(started + 1) % 100:02d}"


def financial_year(started: int) -> Period:
    """1 April of `started` to 31 March following."""
    return Period(date(started, 4, 1), date(started + 1, 3, 31), Span.financial_year, _year_label(started))


def year_to_date(on: date) -> Period:
    """1 April to `on`."""
    started = financial_year_of(on)
    return Period(date(started, 4, 1), on, Span.year_to_date, f"{_year_label(started)} to {on:%d %b %Y}")


def rolling_twelve_months(on: date) -> Period:
    """The twelve months that end on `on`."""
    return Period(plus_months(on, -12) + ONE_DAY, on, Span.rolling_twelve_months, f"Twelve months to {on:%d %b %Y}")


def quarter(on: date) -> Period:
    """The quarter of the financial year that holds `on`: Q1 is April to June."""
    started = financial_year_of(on)
    number = (on.month - APRIL) % 12 // 3
    first = plus_months(date(started, 4, 1), 3 * number)
    return Period(first, plus_months(first, 3) - ONE_DAY, Span.quarter, f"Q{number + 1} {_year_label(started)}")


def month(on: date) -> Period:
    """The calendar month that holds `on`."""
    first = on.replace(day=1)
    return Period(first, plus_months(first, 1) - ONE_DAY, Span.month, f"{on:%b %Y}")


def snapshot(on: date) -> Period:
    """The one day `on`."""
    return Period(on, on, Span.snapshot, f"{on:%d %b %Y}")


def months_to(last: date, number: int) -> Iterator[Period]:
    """The `number` calendar months up to and including the one that holds `last`, oldest first."""
    return (month(plus_months(last.replace(day=1), -back)) for back in range(number - 1, -1, -1))
