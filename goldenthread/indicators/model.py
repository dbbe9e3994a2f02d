"""What an indicator is: a question, a numerator, a denominator, a period and a source, declared once.

Two shapes cover them all. A `Flow` counts things that happened on a day (referrals received, plans started):
its rows do not depend on the period asked for, so every month, year to date and rolling year is a sum over the
same rows. A `Snapshot` counts what was so on a day (children looked after): its rows are made for each day asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset


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


FlowRows: TypeAlias = Callable[[Dataset], Lazy]
"""Gives one row a thing counted, for all time: `child_id`, `table`, `row_id` (String; where it came from),
`on` (Date it counts), `in_denominator` and `in_numerator` (Boolean), `amount` (Float64; what the numerator sums:
1.0 for a count, days for an average), `reason` (String; a short code of `reasons`, why it is in or out)."""

SnapshotRows: TypeAlias = Callable[[Dataset, tuple[date, ...]], Lazy]
"""Gives one row a thing a day: the columns of `FlowRows`, with `on` being the snapshot day."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `id` and `row` are those of the printed board, or of the published definition.

    `denominator_population` is true for rates, whose denominator is the 0 to 17 population of the year before.
    `reasons` gives a sentence for every code the rows may carry.
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
    flow: FlowRows | None = None
    snapshot: SnapshotRows | None = None
    denominator_population: bool = False
    reasons: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if (self.flow is None) == (self.snapshot is None):
            raise ValueError(f"Indicator {self.key} must be a flow or a snapshot, and not both")

    @property
    def key(self) -> str:
        """`id`, with the sub-row where there is one."""
        return f"{self.id}/{self.row}" if self.row else self.id


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of an indicator for the period that ends on `on`, with the counts behind it.

    `value` is rounded half up to the indicator's places, and None when the denominator is nothing or unknown.
    """

    indicator: str
    on: date
    start: date
    numerator: float
    denominator: float | None
    value: float | None
    group: str = ""
