"""What a reader asks of a chronology, and what it then shows: the lines, how many are left out, the longest silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from casework.accounts.models import User
from casework.chronology.lines import Line, lines_of
from casework.front_door.models import Referral
from casework.people.family import family_of
from casework.people.models import Person


@dataclass(frozen=True)
class Sought:
    """What is asked for. Empty is everything but routine; `everything` is routine too."""

    words: str = ""
    stages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    everything: bool = False

    def wants(self, line: Line) -> bool:
        """Whether the line is asked for."""
        return (
            (self.everything or line.key)
            and (not self.stages or line.stage in self.stages)
            and (self.since is None or line.on >= self.since)
            and (self.until is None or line.on <= self.until)
            and all(word in line.text for word in self.words.lower().split())
        )


@dataclass(frozen=True)
class Silence:
    """The longest stretch in which nothing at all happened that was recorded, while the case was open."""

    begins: date
    ends: date

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return (self.ends - self.begins).days


@dataclass(frozen=True)
class Day:
    """One day of several children: each child's lines, in the order of the children; nothing is an empty list."""

    on: date
    of_each: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Chronology:
    """What is shown: of how many lines, and the first child's longest silence."""

    children: tuple[Person, ...]
    lines: tuple[Line, ...]
    of: int
    silence: Silence | None

    @property
    def left_out(self) -> int:
        """Lines that were not asked for."""
        return self.of - len(self.lines)

    @property
    def years(self) -> list[tuple[int, list[Line]]]:
        """The lines by year."""
        return [(year, list(lines)) for year, lines in groupby(self.lines, lambda line: line.on.year)]

    @property
    def days(self) -> list[Day]:
        """The lines by day, each child's beside the others'."""
        found = []
        for on, lines in groupby(self.lines, lambda line: line.on):
            held = list(lines)
            found.append(Day(on, tuple(tuple(x for x in held if x.child == child.pk) for child in self.children)))
        return found


def chronology_of(children: Sequence[Person], sought: Sought, today: date) -> Chronology:
    """The chronology of the children, the first of whom it is about."""
    found = lines_of(children, today)
    own = sorted({line.on for line in found if line.child == children[0].pk and line.on <= today} | {today})
    open_case = list(Referral.objects.filter(person=children[0]).values_list("received_on", "closed_on"))
    chosen = tuple(line for line in found if sought.wants(line))
    return Chronology(tuple(children), chosen, len(found), _silence(own, open_case))


def _silence(days: Sequence[date], open_case: Sequence[tuple[date, date | None]]) -> Silence | None:
    """The longest, of those that lie within a referral that was open all the time."""
    held = [
        Silence(before, after)
        for before, after in pairwise(days)
        if any(since <= before and (until is None or after <= until) for since, until in open_case)
    ]
    return max(held, key=lambda silence: silence.days, default=None)


def beside(person: Person, user: User) -> list[Person]:
    """The brothers and sisters whose records the user may open, oldest first."""
    found = [one.person for one in family_of(person, user).siblings if one.may_open]
    return sorted(found, key=lambda one: (one.born_on or date.max, one.pk))


def line_of(person: Person, table: str, row: str, on: date, today: date) -> Line | None:
    """The line of that name on the child's chronology."""
    asked = (table, row, on)
    return next((one for one in lines_of([person], today) if (one.table, one.row, one.on) == asked), None)
