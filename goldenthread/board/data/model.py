"""The printed board as values: targets, rows and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["value", "range", "share of total", "none", "to be confirmed"]
Polarity = Literal["Up is Good", "Up is Bad", "Neutral", ""]
Rating = Literal["Green", "Red", "Neutral", ""]

KINDS: tuple[Kind, ...] = ("value", "range", "share of total", "none", "to be confirmed")
POLARITIES: tuple[Polarity, ...] = ("Up is Good", "Up is Bad", "Neutral", "")
RATINGS: tuple[Rating, ...] = ("Green", "Red", "Neutral", "")


def row_number(row: int | str) -> int:
    """The number of a row, given as a number, as its digits, or as "" for the first. Raises KeyError otherwise."""
    if row == "":
        return 1
    if not str(row).isdigit():
        raise KeyError(f"'{row}' is not a row. Rows are numbered from 1 within their indicator.")
    return int(row)


@dataclass(frozen=True, slots=True)
class Target:
    """What a row is judged against: a value, a range (both ends within it), a share of a total, or nothing.

    ``value`` is in the row's unit; for a share it is per cent of the total. ``printed`` is as the paper shows it, and
    ``printed_on_row`` the row it was printed on when that is not the row it is the target of.
    """

    kind: Kind
    printed: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    printed_on_row: int | None = None
    rationale: str = ""


NO_TARGET = Target(kind="none")


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A value as printed and as a number; the number is None where the page gives none ("-", "NC")."""

    printed: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Direction:
    """The printed direction of travel: the arrow and the rating it was given."""

    printed: str = ""
    arrow: str = ""
    rating: Rating = ""


@dataclass(frozen=True)
class PrintedRow:
    """One row of the printed board. ``row`` counts from 1 within its indicator.

    ``target_printed`` is the target as printed on this row and ``target`` the one that belongs to it: they differ
    where the page prints one row's target on another. ``contradicts`` says how the printed rating contradicts the
    row's own polarity or values, and is empty where it does not.
    """

    indicator: str
    row: int
    title: str
    frequency: str
    unit: str
    basis: str
    provider: str
    polarity: Polarity
    direction: Direction
    target_printed: str
    target: Target
    contradicts: str
    values: Mapping[str, PrintedValue] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The indicator's id, with the row's number where it is not the first."""
        return self.indicator if self.row == 1 else f"{self.indicator}/{self.row}"


@dataclass(frozen=True)
class PrintedIndicator:
    """One indicator of the printed board: its rows, and its benchmarks by kind and period."""

    no: int
    id: str
    section: str
    rows: tuple[PrintedRow, ...]
    notes: tuple[str, ...] = ()
    benchmarks: Mapping[str, Mapping[str, PrintedValue]] = field(default_factory=dict)


@dataclass(frozen=True)
class PrintedBoard:
    """The whole printed board, its indicators in order."""

    title: str
    periods: tuple[str, ...]
    indicators: tuple[PrintedIndicator, ...]

    @property
    def rows(self) -> tuple[PrintedRow, ...]:
        """Every row, in the order printed."""
        return tuple(row for indicator in self.indicators for row in indicator.rows)

    def indicator(self, id: str) -> PrintedIndicator:
        """The indicator of that id. Raises KeyError naming the ids there are."""
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        ids = ", ".join(indicator.id for indicator in self.indicators)
        raise KeyError(f"No indicator '{id}' on the printed board. There are: {ids}.")

    def row(self, id: str, row: int | str = 1) -> PrintedRow:
        """The numbered row of an indicator ("" is the first). Raises KeyError when it has no such row."""
        rows = self.indicator(id).rows
        number = row_number(row)
        if not 1 <= number <= len(rows):
            raise KeyError(f"Indicator {id} has {len(rows)} rows on the printed board; there is no row '{row}'.")
        return rows[number - 1]
