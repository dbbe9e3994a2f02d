"""The last that each child said, for the boxes that ask for their words.

Words stand in many apps above this one, so one of those says how they are found: `found_by`, when it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class LastSaid:
    """Words of a child, the day, how they were given and who heard them."""

    on: date
    words: str
    how: str
    by: str


Finder = Callable[[Collection[int]], Mapping[int, list[LastSaid]]]
"""Of children's keys, the latest words of each, the last first."""
_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """Have them found by this."""
    _finders[:] = [finder]


@dataclass(frozen=True)
class LastWords:
    """The last words of these children, asked for all together when the first of them is shown."""

    people: tuple[int, ...]

    @cached_property
    def _found(self) -> Mapping[int, list[LastSaid]]:
        return _finders[0](self.people) if _finders else {}

    def of(self, person: int, but: str = "") -> LastSaid | None:
        """What that child said last, other than the words that stand in the box already."""
        return next((one for one in self._found.get(person, ()) if one.words.strip() != but.strip()), None)
