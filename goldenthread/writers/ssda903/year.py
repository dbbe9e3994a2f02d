"""The collection year a return is of, and how far into it the day asked reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.dataset.readers.ssda903_tables import COLUMNS
from goldenthread.dataset.readers.ssda903_years import year_end

SINCE = {"SWEpisodes": 2024, "DoLo": 2027}
"""Tables that the collection did not always have, and the calendar year in which their first collection ended."""
SEX_IN_LETTERS = 2025
"""Sex is M, F or U from the collection of 2024/25, and 1 or 2 before."""


@dataclass(frozen=True, slots=True)
class CollectionYear:
    """1 April to 31 March (`ends`). `last` is the last day that counts: the day asked, or 31 March when it is over."""

    ends: date
    last: date

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.ends.year - 1, 4, 1)

    @property
    def label(self) -> str:
        """`2023/24`."""
        return f"{self.ends.year - 1}/{self.ends:%y}"

    @property
    def over(self) -> bool:
        """Whether the whole year counts."""
        return self.last == self.ends

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """The tables of the year's return in its own order, each with its columns."""
        return {name: own for name, own in COLUMNS.items() if SINCE.get(name, 0) <= self.ends.year}


def collection_year(as_at: date, year: int | None = None) -> CollectionYear:
    """The collection year that ends in `year`, or without it the one that holds `as_at`, told as at that day.

    ValueError when the day is before the year began: nothing of it can be known yet.
    """
    ends = date(year, 3, 31) if year else year_end(as_at)
    found = CollectionYear(ends, min(as_at, ends))
    if as_at < found.first:
        raise ValueError(
            f"The collection of {found.label} begins on {found.first:%d/%m/%Y}, after {as_at:%d/%m/%Y}. Ask for a "
            "later day, or an earlier year."
        )
    return found
