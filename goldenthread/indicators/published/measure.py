"""What one published measure is: which counts make it, and where the publisher printed the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldenthread.indicators.rounding import PER_10_000, PER_CENT

Unit = Literal["per cent", "per 10,000", "average"]
Where = tuple[tuple[str, str], ...]

MULTIPLIERS: dict[Unit, int] = {"per cent": PER_CENT, "per 10,000": PER_10_000, "average": 1}
POPULATION: Literal["population"] = "population"
LOCAL_AUTHORITY = "Local authority"


@dataclass(frozen=True)
class Within:
    """How far a published count may lie from the true one, in hundredths, for an authority and for larger areas."""

    authority: int
    larger: int


# Authorities' counts of children are exact; regional and national ones are published to the nearest ten.
CHILDREN = Within(authority=0, larger=500)
# Full-time equivalents are published to one decimal place everywhere; heads and cases are whole and exact.
FULL_TIME_EQUIVALENT = Within(authority=5, larger=5)
HEADS = Within(authority=0, larger=0)


@dataclass(frozen=True)
class KnownException:
    """Published figures known not to follow from the counts beside them: which years, which areas, and why.

    No areas means every area.
    """

    years: tuple[int, ...]
    why: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """One published percentage, rate or average.

    ``file`` is how the name of the publisher's file begins, so that next year's release is found as well.
    ``denominator`` names columns of the same row, or is POPULATION: people aged 0 to 17 at the middle of the year
    before. Where the file is long (one row a category) ``where`` picks the row of the numerator and ``out_of`` says
    what to change in ``where`` to reach the row that holds the denominator. ``published`` is the column with the
    publisher's own figure; empty when the figure was published elsewhere and only the counts are in this file.
    ``definition`` is the published definition that the measure belongs to, where there is one.
    ``denominator_times`` multiplies the denominator, and ``denominator_times_in`` gives the years that differ.
    """

    id: str
    title: str
    file: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] | Literal["population"]
    published: str
    unit: Unit = "per cent"
    places: int = 1
    definition: str = ""
    where: Where = ()
    out_of: Where = ()
    denominator_times: int = 1
    denominator_times_in: tuple[tuple[int, int], ...] = ()
    within: Within = CHILDREN
    denominator_within: Within | None = None
    known: tuple[KnownException, ...] = ()
    remark: str = ""

    @property
    def multiplier(self) -> int:
        """What the plain ratio is multiplied by: 100, 10,000 or 1."""
        return MULTIPLIERS[self.unit]

    @property
    def total_where(self) -> Where:
        """The filter of the row that holds the denominator, in a long file."""
        changed = dict(self.out_of)
        return tuple((column, changed.get(column, value)) for column, value in self.where)
