"""How hard a drawing is to read, as a number: long lines, crossings, customs broken, households torn apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from casework.people.genogram.model import Person
from casework.people.genogram.place import Xs
from casework.people.genogram.shape import Bar, Item
from casework.people.genogram.unions import Style, Union
from casework.people.genogram.words import FEMALE, MALE, gender

# In units of length: what a reader would rather follow than have the fault.
CROSSING, YOUNGER_FIRST, WOMAN_FIRST, HOUSEHOLD_APART = 160.0, 60.0, 20.0, 150.0
FAINT = 0.6  # how much the length of a dashed or dotted line counts against a solid one's
Rows = tuple[tuple[Item, ...], ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What the cost of an order depends on besides the order."""

    bars: Sequence[Bar]
    unions: Sequence[Union]
    people: Mapping[str, Person]
    homes: Sequence[frozenset[str]]

    def of(self, rows: Rows, xs: Xs) -> float:
        """The cost of these rows with everybody standing at `xs`."""
        return self._lengths(xs) + self._crossings(xs) + self._customs(xs) + self._homes_apart(rows)

    def _lengths(self, xs: Xs) -> float:
        total = 0.0
        for bar in self.bars:
            ends = [xs[item] for item in (*bar.tops, *bar.bottoms)]
            solid = self.unions[bar.union].style is Style.BIRTH
            total += (max(ends) - min(ends)) * (1.0 if solid else FAINT)
        return total

    def _crossings(self, xs: Xs) -> float:
        total = 0
        for row in {bar.row for bar in self.bars}:
            spans = [(bar, *_span(bar, xs)) for bar in self.bars if bar.row == row]
            for (one, first, last), (other, left, right) in combinations(spans, 2):
                if first < right and left < last:
                    total += min(crossed(one, other, xs), crossed(other, one, xs))
        return CROSSING * total

    def _customs(self, xs: Xs) -> float:
        """The elder stands on the left of the younger, the man on the left of the woman."""
        total = 0.0
        for bar in self.bars:
            children = [item for item in bar.bottoms if item.person]
            children.sort(key=lambda item: birth_order(self.people[item.person]))
            total += YOUNGER_FIRST * sum(xs[one] > xs[other] for one, other in pairwise(children))
            men = [xs[item] for item in bar.tops if item.person and gender(self.people[item.person]) == MALE]
            women = [xs[item] for item in bar.tops if item.person and gender(self.people[item.person]) == FEMALE]
            total += WOMAN_FIRST * sum(man > woman for man in men for woman in women)
        return total

    def _homes_apart(self, rows: Rows) -> float:
        """Every stranger's place between two people of a household."""
        total = 0
        for home in self.homes:
            for row in rows:
                inside = [item.person in home for item in row if item.person]
                parts = sum(now and not before for before, now in pairwise([False, *inside]))
                total += max(parts - 1, 0)
        return HOUSEHOLD_APART * total


def crossed(upper: Bar, lower: Bar, xs: Xs) -> int:
    """How often two bars' lines cross when `upper` lies above `lower` between the same two rows."""
    if upper.row != lower.row:
        return 0
    (first, last), (left, right) = _span(upper, xs), _span(lower, xs)
    legs = sum(first < xs[item] < last for item in lower.tops)
    return legs + sum(left < xs[item] < right for item in upper.bottoms)


def _span(bar: Bar, xs: Xs) -> tuple[float, float]:
    ends = [xs[item] for item in (*bar.tops, *bar.bottoms)]
    return min(ends), max(ends)


def birth_order(person: Person) -> date:
    """The day to order brothers and sisters by; the unborn and the undated last."""
    return (None if person.restricted else person.born_on) or person.expected_on or date.max
