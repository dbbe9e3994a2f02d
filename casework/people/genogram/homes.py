"""The dashed boundary of a household: one outline where its people stand together, several with one name where not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from casework.people.genogram.measures import TEXT_SIZE
from casework.people.genogram.model import Household, Person
from casework.people.genogram.sheet import Box, Sheet
from casework.people.genogram.symbols import INK, PAPER, number, text
from casework.people.genogram.wrap import cut, text_width

PAD, STEP = 7, 4  # a boundary's distance from its boxes, and how much more the next household's has
CORRIDOR = 40  # least width at which two rows' outlines run together
TINT = f'fill="{INK}" fill-opacity="0.04" stroke="{INK}" stroke-width="1.5"'
DASHES = ("9 5", "14 4 2 4", "5 3")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours of one household in one row."""

    row: int
    left: float
    right: float
    top: float
    bottom: float


def members(household: Household, people: dict[str, Person], on: date) -> frozenset[str]:
    """Who lives there on the day. Where a restricted person lives is never shown."""
    there = {stay.person_id for stay in household.stays if stay.on(on)}
    return frozenset(one for one in there if one in people and not people[one].restricted)


def boundaries(drawn: Sheet, homes: Sequence[tuple[str, frozenset[str]]]) -> str:
    """The outlines of the households, each with its name."""
    found = ""
    for place, (name, inside) in enumerate(homes):
        pad = PAD + STEP * (place % 3)
        look = (
            f'fill="{INK}" fill-opacity="0.04" stroke="{INK}" stroke-width="1.5" stroke-dasharray="{DASHES[place % 3]}"'
        )
        for chain in _chains(_runs(drawn, inside, pad)):
            found += f'<path class="gt-genogram__household" d="{_outline(chain)}" {look}/>'
            found += _label(name, chain[0])
    return found


def _runs(drawn: Sheet, inside: frozenset[str], pad: float) -> list[list[Run]]:
    rows = []
    for place, row in enumerate(drawn.rows):
        groups = [list(group) for kept, group in groupby(row, lambda box: box.person.id in inside) if kept]
        rows.append([_run(place, group, pad, drawn) for group in groups])
    return rows


def _run(row: int, boxes: list[Box], pad: float, drawn: Sheet) -> Run:
    bottom = max(box.top + box.height for box in boxes)
    return Run(row, boxes[0].left - pad, boxes[-1].right + pad, drawn.tops[row] - pad, bottom + pad)


def _chains(rows: Iterable[list[Run]]) -> list[list[Run]]:
    """Runs that one outline can hold: single in their rows, one under the other."""
    chains: list[list[Run]] = []
    for runs in rows:
        last = chains[-1][-1] if chains else None
        if len(runs) == 1 and last and last.row == runs[0].row - 1 and _meet(last, runs[0]):
            chains[-1].append(runs[0])
        else:
            chains += [[run] for run in runs]
    return chains


def _meet(one: Run, other: Run) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) >= CORRIDOR


def _outline(chain: list[Run]) -> str:
    """Down the right side and up the left."""
    right, left = [(chain[0].right, chain[0].top)], [(chain[0].left, chain[0].top)]
    for run, under in pairwise(chain):
        near, far = max(run.left, under.left), min(run.right, under.right)
        right += [(run.right, run.bottom), (far, run.bottom), (far, under.top), (under.right, under.top)]
        left += [(run.left, run.bottom), (near, run.bottom), (near, under.top), (under.left, under.top)]
    right.append((chain[-1].right, chain[-1].bottom))
    left.append((chain[-1].left, chain[-1].bottom))
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in [*right, *reversed(left)]) + " Z"


def _label(name: str, run: Run) -> str:
    """The name on the upper edge, to the right of the first line that comes down from above."""
    said = cut(name, run.right - run.left - 70, TEXT_SIZE)
    if not said:
        return ""
    x, wide = run.left + 58, number(text_width(said, TEXT_SIZE) + 2)
    ground = f'<rect x="{number(x - 4)}" y="{number(run.top - 9)}" width="{wide}" height="18" fill="{PAPER}"/>'
    return ground + text(x, run.top + 5, said, TEXT_SIZE, 'font-style="italic"')
