"""The lines between rows: where each meets a symbol, and which bar lies above which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.people.genogram.cost import crossed
from casework.people.genogram.place import Xs
from casework.people.genogram.shape import Bar, Item, Shape
from casework.people.genogram.unions import Style, Union

CLEAR = 30.0  # least distance between two bars of one lane, lest they look like one
APART = 6.0  # least distance between two unions' upright lines
OFFSETS = (0.0, 8.0, -8.0, 16.0, -16.0, 12.0, 4.0, -4.0, -12.0, 20.0, -20.0)


@dataclass(frozen=True, slots=True)
class Route:
    """A bar with its lane, counted from above, and the places of its upright lines."""

    bar: Bar
    lane: int
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]

    @property
    def span(self) -> tuple[float, float]:
        """Left and right end of the bar."""
        ends = (*self.tops, *self.bottoms)
        return min(ends), max(ends)


def routes(bones: Shape, unions: Sequence[Union], xs: Xs) -> tuple[Route, ...]:
    """Every bar's way, gap by gap."""
    found: list[Route] = []
    for row in range(len(bones.rows)):
        bars = [bar for bar in bones.bars if bar.row == row]
        bars.sort(key=lambda bar: unions[bar.union].style is not Style.BIRTH)
        found += _in_lanes(_met(bars, xs), xs)
    return tuple(found)


def _met(bars: Sequence[Bar], xs: Xs) -> list[Route]:
    """Places for the uprights: in the middle of a symbol, beside it where another union's line is there already."""
    taken: list[tuple[float, int]] = []
    for bar in bars:
        taken += [(xs[item], bar.union) for item in (*bar.tops, *bar.bottoms) if not item.person]
    found = []
    for bar in bars:
        tops, bottoms = ([_free(item, bar, xs, taken) for item in items] for items in (bar.tops, bar.bottoms))
        found.append(Route(bar, 0, tuple(tops), tuple(bottoms)))
    return found


def _free(item: Item, bar: Bar, xs: Xs, taken: list[tuple[float, int]]) -> float:
    if not item.person:
        return xs[item]
    ends = [other for other in (*bar.tops, *bar.bottoms) if other is not item]  # one more: go straight to it
    near = [xs[other] for other in ends if abs(xs[other] - xs[item]) <= OFFSETS[3]] if len(ends) == 1 else []
    side = 1 if sum(xs[other] - xs[item] for other in ends) >= 0 else -1  # towards where the line goes on
    tries = [*near, *(xs[item] + side * offset for offset in OFFSETS)]
    others = [x for x, union in taken if union != bar.union]
    room = {x: min((abs(x - other) for other in others), default=APART) for x in tries}
    x = next((x for x in tries if room[x] >= APART), max(tries, key=lambda x: room[x]))
    taken.append((x, bar.union))
    return x


def _in_lanes(found: list[Route], xs: Xs) -> list[Route]:
    """Bars from above in an order with few crossings; two that lie clear of each other share a lane."""
    order: list[Route] = []
    for route in sorted(found, key=lambda one: one.span[1] - one.span[0]):
        tries = [[*order[:at], route, *order[at:]] for at in range(len(order) + 1)]
        order = min(tries, key=lambda tried: _crossings(tried, xs))
    laid: list[Route] = []
    for route in order:
        above = [one.lane for one in laid if _overlap(one, route)]
        laid.append(Route(route.bar, max(above, default=-1) + 1, route.tops, route.bottoms))
    return laid


def _crossings(order: Sequence[Route], xs: Xs) -> int:
    return sum(crossed(one.bar, other.bar, xs) for at, one in enumerate(order) for other in order[at + 1 :])


def _overlap(one: Route, other: Route) -> bool:
    return one.span[0] <= other.span[1] + CLEAR and other.span[0] <= one.span[1] + CLEAR
