"""The order of people in each row: families together first, then moved about while that makes the drawing shorter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

from casework.people.genogram.cost import Cost, Rows, birth_order
from casework.people.genogram.model import Person
from casework.people.genogram.place import Xs, place
from casework.people.genogram.shape import Shape, shape
from casework.people.genogram.unions import Union
from casework.people.genogram.words import MALE, gender

QUICK, THOROUGH = 3, 12  # rounds of placing: while comparing orders, and for the one chosen
TOGETHER = (1, 2, 3)  # how many neighbours are moved at once
Move = tuple[int, int, int, int]  # row, first, how many, where to
EFFORT = 6_000  # items placed while looking for a better order: about a quarter of a second at most


def ordered(
    people: Mapping[str, Person], row: Mapping[str, int], unions: Sequence[Union], homes: Sequence[frozenset[str]]
) -> tuple[Shape, Xs]:
    """The rows in the best order found, and where everybody then stands."""
    bones = shape(_families_together(people, unions), row, unions)
    rows, xs = _best(bones, Cost(bones.bars, unions, people, homes))
    return Shape(rows, bones.bars), xs


def _families_together(people: Mapping[str, Person], unions: Sequence[Union]) -> list[str]:
    """Everyone once: from the child in focus outwards, each adult's own family before the adult's partner's."""
    walk = _Walk(people, unions)
    for one in sorted(people, key=lambda one: not people[one].focus):
        walk.person(one)
    return walk.order


@dataclass(slots=True)
class _Walk:
    people: Mapping[str, Person]
    unions: Sequence[Union]
    order: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def person(self, one: str) -> None:
        """Those whom the person hangs from, with brothers and sisters; then the person's own families."""
        if one in self.seen:
            return
        self.seen.add(one)
        for union in self.unions:
            if one in union.children:
                self.adults(union)
                self.children(union, one)
        self.order.append(one)
        for union in self.unions:
            if one in union.adults:
                self.adults(union)
                self.children(union, "")

    def adults(self, union: Union) -> None:
        """The adults of a union, men first."""
        for adult in sorted(union.adults, key=lambda one: gender(self.people[one]) != MALE):
            self.person(adult)

    def children(self, union: Union, after: str) -> None:
        """The children from the eldest."""
        for child in sorted(union.children, key=lambda one: birth_order(self.people[one])):
            if child != after:
                self.person(child)


def _best(bones: Shape, cost: Cost) -> tuple[Rows, Xs]:
    """The order of least cost that a bounded search finds; always the same for the same family."""
    rows, xs = bones.rows, place(bones.rows, bones.bars, QUICK)
    least, tries = cost.of(rows, xs), EFFORT // max(sum(len(row) for row in bones.rows), 1)
    moves = _moves(rows)
    since_better = 0
    for move in islice(cycle(moves), tries if moves else 0):
        tried = _moved(rows, *move)
        tried_xs = place(tried, bones.bars, QUICK)
        found = cost.of(tried, tried_xs)
        since_better += 1
        if found < least - 0.5:
            rows, xs, least, since_better = tried, tried_xs, found, 0
        if since_better == len(moves):
            break
    return rows, place(rows, bones.bars, THOROUGH)


def _moves(rows: Rows) -> list[Move]:
    """Every way to take an item, or neighbours together, to another place in the row: few and short ways first."""
    found = [
        (number, start, many, end)
        for many in TOGETHER
        for number, row in enumerate(rows)
        for start in range(len(row) - many + 1)
        for end in range(len(row) - many + 1)
        if start != end
    ]
    return sorted(found, key=lambda move: (move[2], abs(move[1] - move[3])))


def _moved(rows: Rows, number: int, start: int, many: int, end: int) -> Rows:
    row = rows[number]
    rest = (*row[:start], *row[start + many :])
    changed = (*rest[:end], *row[start : start + many], *rest[end:])
    return (*rows[:number], changed, *rows[number + 1 :])
