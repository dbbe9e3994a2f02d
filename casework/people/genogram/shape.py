"""The drawing's bones: people and passing lines in rows, and the bars between rows that join them.

A line that passes a row needs a place in it like a person does, so that it never runs through somebody's box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.people.genogram.unions import Union


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A place in a row: a person, or (with no person) where the line of union `union` passes.

    Each is itself and equal to no other, which makes looking one up quick: there are very many look-ups.
    """

    person: str = ""
    union: int = -1
    row: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of a union between row `row` - 1 and row `row`: what comes down into it and what hangs from it."""

    union: int
    row: int
    tops: tuple[Item, ...]
    bottoms: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows from the oldest, each from the left, and the bars."""

    rows: tuple[tuple[Item, ...], ...]
    bars: tuple[Bar, ...]


def shape(order: Sequence[str], row: Mapping[str, int], unions: Sequence[Union]) -> Shape:
    """Rows in the order people are given, each passing line beside the people it belongs to."""
    places = {one: Item(person=one, row=row[one]) for one in order}
    rows: list[list[Item]] = [[] for _ in range(max(row.values(), default=-1) + 1)]
    for one in order:
        rows[row[one]].append(places[one])
    bars: list[Bar] = []
    for number, union in enumerate(unions):
        passes = _passes(number, union, row)
        for place, item in passes.items():
            rows[place].append(item)
        bars += _bars(number, union, places, passes)
    return Shape(tuple(tuple(one) for one in rows), tuple(bars))


def _passes(number: int, union: Union, row: Mapping[str, int]) -> dict[int, Item]:
    if not union.adults:
        return {}
    first, last = min(row[one] for one in union.adults), max(row[one] for one in union.children)
    return {place: Item(union=number, row=place) for place in range(first + 1, last)}


def _bars(number: int, union: Union, places: Mapping[str, Item], passes: Mapping[int, Item]) -> list[Bar]:
    adults, children = [places[one] for one in union.adults], [places[one] for one in union.children]
    last = max(child.row for child in children)
    first = min((adult.row for adult in adults), default=last - 1)
    found = []
    for place in range(first + 1, last + 1):
        tops = [adult for adult in adults if adult.row == place - 1]
        bottoms = [child for child in children if child.row == place]
        tops += [passes[place - 1]] if place - 1 in passes else []
        bottoms += [passes[place]] if place in passes else []
        found.append(Bar(number, place, tuple(tops), tuple(bottoms)))
    return found
