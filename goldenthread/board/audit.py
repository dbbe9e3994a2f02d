"""Whether a hidden number can be worked out from every shown number taken together.

One total and its parts are easily kept safe (`disclosure.hidden_parts`). Totals that overlap, such as a financial year
and a rolling year, can be played off against each other, so the last word is a calculation: all the sums a reader knows
are equations in the hidden numbers, and a number is given away when no solution lets it vary.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

Place = TypeVar("Place", bound=Hashable)
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Sum(Generic[Place]):
    """Parts that a reader knows to add up to a total; `total` is None where it is shown in another way."""

    parts: tuple[Place, ...]
    total: Place | None


def worked_out(hidden: Iterable[Place], sums: Sequence[Sum[Place]]) -> set[Place]:
    """The hidden places whose number the sums fix."""
    held = set(hidden)
    equations = [terms for one in sums if (terms := _terms(one, held))]
    return {place for linked in _linked(equations) for place in _fixed(linked)}


def _terms(one: Sum[Place], hidden: set[Place]) -> dict[Place, int]:
    """The unknowns of a sum: parts count for it and the total against."""
    terms = {place: 1 for place in one.parts if place in hidden}
    return terms | {one.total: -1} if one.total is not None and one.total in hidden else terms


def _linked(equations: Sequence[dict[Place, int]]) -> list[list[dict[Place, int]]]:
    """The equations in groups that share no unknown: solving many small groups is far quicker than one large one."""
    groups: list[tuple[set[Place], list[dict[Place, int]]]] = []
    for terms in equations:
        touched = [group for group in groups if not group[0].isdisjoint(terms)]
        apart = [group for group in groups if group[0].isdisjoint(terms)]
        places = set(terms).union(*(group[0] for group in touched))
        members = [terms, *(one for group in touched for one in group[1])]
        groups = [*apart, (places, members)]
    return [members for _, members in groups]


def _fixed(equations: Sequence[dict[Place, int]]) -> set[Place]:
    """The unknowns that every solution of the equations agrees on: those the null space leaves still."""
    unknown = list(dict.fromkeys(place for terms in equations for place in terms))
    matrix = np.array([[terms.get(place, 0) for place in unknown] for terms in equations], dtype=float)
    _, sizes, directions = np.linalg.svd(matrix)
    free = np.abs(directions[int((sizes > TINY).sum()) :])
    return {place for number, place in enumerate(unknown) if not (free[:, number] > TINY).any()}


def also_to_hide(
    hidden: set[Place], small: set[Place], sums: Sequence[Sum[Place]], counts: Mapping[Place, float | None]
) -> set[Place]:
    """What to hide next so that no small number is worked out: the least number shown in a sum with each that is.

    Empty when none is, or when nothing is left to hide.
    """
    found: set[Place] = set()
    for place in worked_out(hidden, sums) & small:
        beside = [one for one in sums if place in one.parts or place == one.total]
        others = {other for one in beside for other in (*one.parts, one.total) if other is not None}
        shown = [(count, str(other), other) for other in others - hidden if (count := counts.get(other))]
        if shown:
            found.add(min(shown, key=lambda each: each[:2])[2])
    return found
