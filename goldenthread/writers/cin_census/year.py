"""The year a census speaks of: 1 April to the reference date, and the last day of it that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dates.periods import financial_year, financial_year_of


@dataclass(frozen=True, slots=True)
class CensusYear:
    """One census year. What happened after `known_to` is not yet so; `record_begins` is the record's own first day."""

    first: date
    reference: date
    known_to: date
    record_begins: date | None = None

    @property
    def number(self) -> int:
        """The year the census is named by, in which it ends."""
        return self.reference.year

    def by_then(self, day: str) -> pl.Expr:
        """A day of the record, empty where it had not come by `known_to`."""
        return pl.when(pl.col(day) <= self.known_to).then(pl.col(day)).alias(day)

    def within(self, day: str) -> pl.Expr:
        """Whether the day lies in the year, unknown being no."""
        return pl.col(day).is_between(self.first, self.known_to).fill_null(False)

    def running(self) -> pl.Expr:
        """Whether a row begun by then was not over before the year; one begun in it is of it, whatever its end."""
        return (pl.col("ended_on") >= self.first).fill_null(True) | (pl.col("started_on") >= self.first)

    def has_code(self, code: str, codes: str) -> pl.Expr:
        """Whether the census of this year knows the code; one of no set at all is left for the checks to find."""
        return code_set(codes).in_use(pl.col(code), self.reference, self.reference)


def census_year(as_at: date, year: int | None = None, record_begins: date | None = None) -> CensusYear:
    """The census year that ends in `year`, or the one that holds `as_at`, as known at the end of `as_at`.

    Raises ValueError for a year that begins after `as_at`.
    """
    found = financial_year(financial_year_of(as_at) if year is None else year - 1)
    if found.first > as_at:
        raise ValueError(
            f"The census of {found.last.year} begins on {found.first:%d/%m/%Y}, after {as_at:%d/%m/%Y}. "
            "Ask for an earlier year, or for a later day."
        )
    return CensusYear(found.first, found.last, min(as_at, found.last), record_begins)
