"""The key under the drawing: the symbols and lines that this drawing uses, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from casework.people.genogram.homes import TINT
from casework.people.genogram.lines import LOOKS, slash
from casework.people.genogram.measures import MARGIN, TEXT_SIZE
from casework.people.genogram.sheet import Box, Sheet
from casework.people.genogram.symbols import (
    CIRCLE,
    DIAMOND,
    SQUARE,
    TRIANGLE,
    line,
    number,
    outline_of,
    symbol,
    text,
)
from casework.people.genogram.unions import Style, Union

CELL_WIDTH, CELL_HEIGHT, SAMPLE = 290, 30, 11
SHAPES = {SQUARE: "Male", CIRCLE: "Female", DIAMOND: "Not known, other or restricted", TRIANGLE: "Unborn"}
LINES = {
    Style.BIRTH: "Parents and their children",
    Style.CARE: "Step-parent or carer",
    Style.GRANDPARENT: "Grandparent",
    Style.SIBLINGS: "Brother or sister",
}


def key_size(width: float, items: int) -> tuple[int, float]:
    """How many columns the key has on a sheet so wide, and how tall it is."""
    columns = max(1, int((width - 2 * MARGIN) // CELL_WIDTH))
    return columns, CELL_HEIGHT * -(-items // columns) + MARGIN


def key_items(drawn: Sheet, unions: Sequence[Union], homes: bool) -> list[tuple[str, str]]:
    """Each sample, drawn about the point 0, 0, with its words."""
    boxes = list(chain.from_iterable(drawn.rows))
    return [*_people(boxes), *_lines(unions), *_words(boxes, homes)]


def key(items: Sequence[tuple[str, str]], columns: int, top: float) -> str:
    """The key from `top` down."""
    found = [line((MARGIN, top), (MARGIN + CELL_WIDTH * columns - 20, top), 'stroke-opacity="0.4"')]
    for place, (sample, words) in enumerate(items):
        x = MARGIN + CELL_WIDTH * (place % columns) + 16
        y = top + 24 + CELL_HEIGHT * (place // columns)
        found.append(f'<g transform="translate({number(x)} {number(y)})">{sample}</g>')
        found.append(text(x + 26, y + 5, words, TEXT_SIZE))
    return f'<g class="gt-genogram__key">{"".join(found)}</g>'


def _people(boxes: Sequence[Box]) -> Iterator[tuple[str, str]]:
    used = {outline_of(box.person) for box in boxes}
    for kind, words in SHAPES.items():
        if kind in used:
            yield symbol(kind, 0, 0, half=SAMPLE), words
    shown = [box.person for box in boxes if not box.person.restricted]
    if any(person.focus for person in shown):
        yield symbol(SQUARE, 0, 0, half=SAMPLE) + symbol(SQUARE, 0, 0, half=7), "Child in focus"
    if any(person.concern for person in shown):
        yield symbol(SQUARE, 0, 0, half=SAMPLE - 1, thick=5), "Subject of concern"
    if any(person.died_on for person in shown):
        crossed = line((-SAMPLE, -SAMPLE), (SAMPLE, SAMPLE)) + line((-SAMPLE, SAMPLE), (SAMPLE, -SAMPLE))
        yield symbol(SQUARE, 0, 0, half=SAMPLE) + crossed, "Has died"


def _lines(unions: Sequence[Union]) -> Iterator[tuple[str, str]]:
    used = {union.style for union in unions} | {Style.SIBLINGS for union in unions if union.presumed}
    for style, words in LINES.items():
        if style in used:
            more = ", parents not recorded" if style is Style.SIBLINGS else ""
            yield line((-16, 0), (16, 0), LOOKS[style]), words + more
    if any(union.ended for union in unions):
        yield line((-16, 0), (16, 0)) + slash(0, 0), "Has ended"


def _words(boxes: Sequence[Box], homes: bool) -> Iterator[tuple[str, str]]:
    if homes:
        dashes = f'{TINT} stroke-dasharray="5 3"'
        yield f'<rect x="-15" y="-9" width="30" height="18" {dashes}/>', "Lives together"
    if any(more.startswith(("PR", "No PR")) for box in boxes for more in box.more):
        yield text(0, 5, "PR", TEXT_SIZE, 'font-weight="700" text-anchor="middle"'), "Parental responsibility"
