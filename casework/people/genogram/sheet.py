"""Heights: how tall each row and each gap is, and so where everything stands on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.people.genogram.measures import (
    BOX_WIDTH,
    CENTRE,
    DROP,
    LANE,
    LEG,
    MARGIN,
    NAME_LINE,
    NAME_SIZE,
    SYMBOL,
    TEXT_LINE,
    TEXT_SIZE,
    TEXT_WIDTH,
)
from casework.people.genogram.model import Person
from casework.people.genogram.place import Xs, extent
from casework.people.genogram.routes import Route
from casework.people.genogram.shape import Item, Shape
from casework.people.genogram.words import called, dates
from casework.people.genogram.wrap import wrapped

TOP = 4  # from a box's top edge to its symbol


@dataclass(frozen=True, slots=True)
class Box:
    """A person's place: the rectangle, and the lines of text in it."""

    person: Person
    left: float
    top: float
    height: float
    name: tuple[str, ...]
    more: tuple[str, ...]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + BOX_WIDTH

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the symbol."""
        return self.left + CENTRE, self.top + TOP + SYMBOL / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """Boxes row by row, the top and bottom of each row, the height of each lane of each gap, and the whole's size."""

    rows: tuple[tuple[Box, ...], ...]
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]
    width: float
    height: float

    def lane(self, route: Route) -> float:
        """How far down a bar lies."""
        above = self.bottoms[route.bar.row - 1] if route.bar.row else MARGIN
        return above + LEG + LANE * route.lane


def sheet(
    bones: Shape, xs: Xs, ways: Sequence[Route], people: Mapping[str, Person], notes: Mapping[str, list[str]]
) -> Sheet:
    """The sheet of a laid-out family."""
    rows, tops, bottoms, y = [], [], [], float(MARGIN)
    for number, row in enumerate(bones.rows):
        y += _gap(number, ways)
        boxes = [_box(item, xs, y, people, notes) for item in row if item.person]
        rows.append(tuple(boxes))
        tops.append(y)
        y += max((box.height for box in boxes), default=0.0)
        bottoms.append(y)
    width = max((xs[item] + extent(item)[1] for item in xs), default=0.0) + MARGIN
    return Sheet(tuple(rows), tuple(tops), tuple(bottoms), width, y + MARGIN)


def _gap(row: int, ways: Sequence[Route]) -> float:
    lanes = [way.lane for way in ways if way.bar.row == row]
    if not lanes:
        return 2.0 * DROP if row else 0.0
    return LEG + LANE * max(lanes) + DROP


def _box(item: Item, xs: Xs, y: float, people: Mapping[str, Person], notes: Mapping[str, list[str]]) -> Box:
    person = people[item.person]
    name = wrapped(called(person), TEXT_WIDTH, NAME_SIZE, 2, bold=True) or ["Name not known"]
    said = [*dates(person), *notes.get(item.person, [])]
    more = [line for one in said for line in wrapped(one, TEXT_WIDTH, TEXT_SIZE, 2)]
    height = max(SYMBOL + 2 * TOP, NAME_LINE * len(name) + TEXT_LINE * len(more) + 6)
    return Box(person, xs[item] - CENTRE, y, float(height), tuple(name), tuple(more))
