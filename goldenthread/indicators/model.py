"""What an indicator is: a question, a numerator, a denominator, a period and a source, declared once.

Two shapes cover them all. A `flow` counts things that happened on a day (referrals received, plans started). A `spans`
indicator counts what was so on a day (children looked after): each row says from which day until which day it was so.
Neither depends on the periods asked for, so that a month, a year to date, a rolling year and a snapshot, for one day or
for hundreds, are all differences of running totals over the same rows; and the rows behind any figure are those same
rows, filtered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.rows import Parts


class Unit(StrEnum):
    """How numerator and denominator make a value."""

    PERCENT = "percent"
    RATE_PER_10000 = "rate_per_10000"
    COUNT = "count"
    AVERAGE_DAYS = "average_days"
    DAYS_PER_FTE = "days_per_fte"
    AVERAGE = "average"


class Basis(StrEnum):
    """The period a value covers, ending on the day asked for."""

    YEAR_TO_DATE = "year to date"
    ROLLING_12_MONTHS = "rolling twelve months"
    SNAPSHOT = "snapshot"
    MONTH = "month"
    QUARTER = "quarter"
    THREE_YEARS = "three years"


NO_POPULATION = (
    "The number of children aged 0 to 17 is not known: the dataset has no estimate of the last five years, and names "
    "no authority whose published estimate is known."
)
Rows: TypeAlias = Callable[[Dataset], Parts]
"""Gives the rows of an indicator, for all time. A row is one thing counted, and where it came from.

Of a flow: `child_id` (empty for the workforce), `table` and `row_id` (String; where it came from), `on` (Date it
counts), `in_denominator` and `in_numerator` (Boolean), `amount` (Float64; what the numerator sums: 1 for a count, days
for an average), `weight` (Float64; what the denominator sums: 1 for a count, full-time equivalents for the workforce)
and `reason` (String; a code of the indicator's `reasons`, why it is in or out).

Of spans: the same with `begins` (first Date on which it is so) and `ends` (first Date on which it no longer is) in the
place of `on`, and `per_day` (Float64): what the amount grows by each day, `amount` being what it was on day number 0.
One thing may have several rows that do not overlap, and a row of the denominator and rows of the numerator apart.
"""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `id` and `row` are those of the printed board, or of the published definition.

    `published` is the id of the national definition it computes, when that differs from `id`; `national_definition`
    says so in words, or is None where no national definition was found. `denominator_population` is true for rates,
    whose denominator is the 0 to 17 population of the year before the financial year's end. `needs` names the tables
    and `table.column`s without which nothing can be said (`a|b`: either will do); `missing` says what an empty cell
    means here. `printed_row` is which of the rows under its id this is, from 1. `rules` are the statute book's entries
    it measures: those that set anyone a date are read as obligations (`goldenthread.indicators.clocks`), the others for
    their number. `reasons` gives a sentence for every code of its rows.
    """

    id: str
    row: str
    section: str
    title: str
    question: str
    numerator: str
    denominator: str
    exclusions: str
    unit: Unit
    basis: Basis
    places: int
    source: str
    national_definition: str | None
    missing: str
    needs: tuple[str, ...]
    flow: Rows | None = None
    spans: Rows | None = None
    denominator_population: bool = False
    published: str = ""
    printed_row: int = 1
    rules: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if (self.flow is None) == (self.spans is None):
            raise ValueError(f"Indicator {self.key} must be a flow or spans, and not both")
        if self.denominator_population and self.unit is not Unit.RATE_PER_10000:
            raise ValueError(f"Indicator {self.key} divides by the population, so its unit must be a rate")

    @property
    def key(self) -> str:
        """`id`, with the sub-row where there is one."""
        return f"{self.id}/{self.row}" if self.row else self.id

    @property
    def rows(self) -> Rows:
        """The callable that gives its rows, whichever shape they have."""
        rows = self.flow or self.spans
        assert rows is not None  # one of the two is, as __post_init__ checks
        return rows

    @property
    def counts_denominator(self) -> bool:
        """Whether the denominator is summed over the rows: not for a count, nor for a rate of the population."""
        return self.unit is not Unit.COUNT and not self.denominator_population

    def sentence(self, code: str) -> str:
        """The sentence for a reason code of its rows; KeyError for a code it does not declare."""
        return dict(self.reasons)[code]


@dataclass(frozen=True, slots=True)
class NotComputed:
    """An indicator that the board or a published list names and this dataset cannot answer, with the reason."""

    id: str
    row: str
    section: str
    title: str
    why: str

    @property
    def key(self) -> str:
        """`id`, with the sub-row where there is one."""
        return f"{self.id}/{self.row}" if self.row else self.id


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of an indicator for the period that ends on `on`, with the counts behind it.

    `value` is rounded half up to the indicator's places, and None when the denominator is nothing or unknown. All three
    are None when the dataset lacks a table or column the indicator needs.
    """

    indicator: str
    on: date
    start: date
    numerator: float | None
    denominator: float | None
    value: float | None
    group: str = ""

    @property
    def why_none(self) -> str:
        """Why there is no value; empty where there is one."""
        return why_none(self.numerator, self.denominator, self.value)


def why_none(numerator: object, denominator: object, value: object) -> str:
    """Why a figure has no value, as a sentence; empty where it has one, or where nothing at all was worked out.

    Only of a rate can there be a count and nothing known to divide it by: its denominator is the population.
    """
    if value is not None or numerator is None:
        return ""
    return NO_POPULATION if denominator is None else "There was nothing to count in this period."
