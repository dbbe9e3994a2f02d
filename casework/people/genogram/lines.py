"""Routes as lines: legs down to a bar, lines down from it, a slash where it is over, dots where lines join."""

from __future__ import annotations

from collections.abc import Sequence

from casework.people.genogram.routes import Route
from casework.people.genogram.shape import Item
from casework.people.genogram.sheet import Box, Sheet
from casework.people.genogram.symbols import HALF, INK, edge, line, number, outline_of
from casework.people.genogram.unions import Style, Union

DASHED, DOTTED, DOT_DASHED = (f'stroke-dasharray="{gaps}"' for gaps in ("7 4", "2 4", "10 3 2 3"))
LOOKS = {Style.BIRTH: "", Style.CARE: DASHED, Style.GRANDPARENT: DOT_DASHED, Style.SIBLINGS: DOTTED}


def relationship_lines(drawn: Sheet, ways: Sequence[Route], unions: Sequence[Union]) -> str:
    """All lines between people."""
    boxes = {box.person.id: box for row in drawn.rows for box in row}
    return "".join(_union_lines(drawn, way, unions[way.bar.union], boxes) for way in ways)


def _union_lines(drawn: Sheet, way: Route, union: Union, boxes: dict[str, Box]) -> str:
    look, y = LOOKS[union.style], drawn.lane(way)
    found = []
    for item, x in zip(way.bar.tops, way.tops, strict=True):
        start = _foot(item, x, boxes) if item.person else drawn.tops[item.row]
        found.append(line((x, start), (x, y), look))
        if item.person in union.ended:
            found.append(slash(x, start + 12))
    for item, x in zip(way.bar.bottoms, way.bottoms, strict=True):
        end = _head(item, x, boxes) if item.person else drawn.tops[item.row]
        found.append(line((x, y), (x, end), DOTTED if item.person in union.presumed else look))
    left, right = way.span
    if right > left:
        found.append(line((left, y), (right, y), look))
        found += [_dot(x, y) for x in _meetings(way)] if union.style is Style.BIRTH else []
    return "".join(found)


def _meetings(way: Route) -> list[float]:
    """Where three lines or more meet: within the bar, or at its end where one comes down and another goes on."""
    left, right = way.span
    inner = {x for x in (*way.tops, *way.bottoms) if left < x < right}
    return sorted(inner | (set(way.tops) & set(way.bottoms)))


def _foot(item: Item, x: float, boxes: dict[str, Box]) -> float:
    box = boxes[item.person]
    middle, y = box.middle
    return y + HALF - edge(outline_of(box.person), x - middle, top=False)


def _head(item: Item, x: float, boxes: dict[str, Box]) -> float:
    box = boxes[item.person]
    middle, y = box.middle
    return y - HALF + edge(outline_of(box.person), x - middle, top=True)


def slash(x: float, y: float) -> str:
    """The mark across a line that the relationship is over."""
    return line((x - 8, y + 6), (x + 8, y - 6), 'class="gt-genogram__ended"')


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="3" fill="{INK}"/>'
