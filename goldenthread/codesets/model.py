"""A code set, and the question whether a code was in use on a day: for one code and for a whole column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl


class CodeSetFault(Exception):
    """A code set's file is wrong, or there is no set of that name. The message lists every fault with its line."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `valid_from` and `valid_to` are the first and last day of use; None is without limit."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, on: date) -> bool:
        """Whether the code was in use on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class CodeSet:
    """The codes of one set, in the order of its file."""

    name: str
    entries: tuple[Code, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """Every code of any day by its text."""
        return {entry.code: entry for entry in self.entries}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code of any day."""
        return tuple(self.by_code)

    @property
    def labels(self) -> Mapping[str, str]:
        """What each code means."""
        return {entry.code: entry.label for entry in self.entries}

    def codes_on(self, on: date) -> tuple[str, ...]:
        """The codes in use on that day."""
        return tuple(entry.code for entry in self.entries if entry.valid(on))

    def valid(self, code: str, on: date | None = None) -> bool:
        """Whether `code` belongs to the set and, when a day is given, was in use on it."""
        entry = self.by_code.get(code)
        return entry is not None and (on is None or entry.valid(on))

    def member(self, column: pl.Expr, on: date | pl.Expr | None = None) -> pl.Expr:
        """`valid` for a column: Boolean, null where the code is null.

        `on` is one day or a Date column; where that column is null the day is unknown and only membership is asked.
        """
        known = column.is_in(list(self.codes))
        if on is None:
            return known
        return known & self.in_use(column, on, on)

    def in_use(self, column: pl.Expr, first: date | pl.Expr, last: date | pl.Expr) -> pl.Expr:
        """Whether each known code was in use on some day of the span `first` to `last`; a null bound is open."""
        begun, retired = self._bounds("valid_from"), self._bounds("valid_to")
        verdict = pl.lit(True)
        if begun:
            verdict &= (_looked_up(column, begun) <= _as_column(last)).fill_null(True)
        if retired:
            verdict &= (_looked_up(column, retired) >= _as_column(first)).fill_null(True)
        return verdict

    def _bounds(self, which: str) -> dict[str, date]:
        found = {entry.code: getattr(entry, which) for entry in self.entries}
        return {code: bound for code, bound in found.items() if bound is not None}


def _as_column(day: date | pl.Expr) -> pl.Expr:
    return day if isinstance(day, pl.Expr) else pl.lit(day, dtype=pl.Date)


def _looked_up(column: pl.Expr, bounds: Mapping[str, date]) -> pl.Expr:
    return column.replace_strict(list(bounds), list(bounds.values()), default=None, return_dtype=pl.Date)
