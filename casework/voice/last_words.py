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
    place: str = ""
    row: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """Where they stand: words of a record of their own (`ALONE`), or in a row of another."""
        return self.place, self.row

    @property
    def code(self) -> str:
        """The same as a form names it."""
        return f"{self.place}-{self.row}"


ALONE = "alone"
"""The place of words of `Said`."""
Finder = Callable[[Collection[int], int | None], Mapping[int, list[LastSaid]]]
"""Of children's keys, the latest words of each, so many of them or all, the last first."""
_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """Have them found by this."""
    _finders[:] = [finder]


def words_of(person: int) -> list[LastSaid]:
    """All that the child said, the last first."""
    return _found((person,), None).get(person, [])


def _found(people: Collection[int], number: int | None) -> Mapping[int, list[LastSaid]]:
    return _finders[0](people, number) if _finders else {}


@dataclass(frozen=True)
class LastWords:
    """The last words of these children, asked for all together when the first of them is shown."""

    people: tuple[int, ...]

    @cached_property
    def _by_child(self) -> Mapping[int, list[LastSaid]]:
        return _found(self.people, 2)

    def of(self, person: int, but: str = "") -> LastSaid | None:
        """What that child said last, other than the words that stand in the box already."""
        return next((one for one in self._by_child.get(person, ()) if one.words.strip() != but.strip()), None)
