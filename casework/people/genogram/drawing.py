"""The genogram as SVG text. Presentation attributes only: no script and no style, so a strict policy lets it be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.people.genogram.captions import captions
from casework.people.genogram.generations import generations
from casework.people.genogram.homes import boundaries, members
from casework.people.genogram.key import key, key_items, key_size
from casework.people.genogram.lines import relationship_lines
from casework.people.genogram.links import known
from casework.people.genogram.measures import (
    BOX_WIDTH,
    NAME_LINE,
    NAME_SIZE,
    TEXT_LEFT,
    TEXT_LINE,
    TEXT_SIZE,
)
from casework.people.genogram.model import Family, Genogram, Person
from casework.people.genogram.order import ordered
from casework.people.genogram.routes import routes
from casework.people.genogram.sheet import Box, sheet
from casework.people.genogram.symbols import INK, LINK, PAPER, number, person_symbol, plain, text
from casework.people.genogram.unions import unions
from casework.people.genogram.words import about, age, called, joined

LEAST_WIDTH = 320


def genogram(family: Family, *, on: date, name: str = "genogram") -> Genogram:
    """The family drawn as at a day. `name` begins the ids of the title and description: one for each drawing of a page.

    Whatever is recorded, nothing raises and everybody appears once; what cannot be drawn is told in `not_drawn`.
    """
    facts = known(family, on)
    placed = generations(facts)
    lines = unions(placed)
    homes = [(one.name, there) for one in family.households if (there := members(one, facts.people, on))]
    bones, xs = ordered(facts.people, placed.row, lines, [there for _, there in homes])
    ways = routes(bones, lines, xs)
    drawn = sheet(bones, xs, ways, facts.people, captions(placed.links, facts.people))
    items = key_items(drawn, lines, bool(homes))
    width = max(drawn.width, LEAST_WIDTH)
    columns, tall = key_size(width, len(items))
    parts = [
        f'<g aria-hidden="true">{boundaries(drawn, homes)}{relationship_lines(drawn, ways, lines)}</g>',
        *(_person(box, on) for row in drawn.rows for box in row),
        f'<g aria-hidden="true">{key(items, columns, drawn.height)}</g>' if items else "",
    ]
    height = drawn.height + tall
    svg = _svg(name, list(facts.people.values()), len(drawn.rows), (width, height), parts)
    return Genogram(svg, round(width), round(height), (*facts.refused, *placed.refused))


def _svg(name: str, people: Sequence[Person], rows: int, size: tuple[float, float], parts: Sequence[str]) -> str:
    """With links inside, the drawing is a group: an image may hold nothing that takes the keyboard's focus."""
    width, height = (number(round(side)) for side in size)
    role = "group" if any(person.href and not person.restricted for person in people) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gt-genogram" role="{role}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="GDS Transport, arial, sans-serif"'
        f' aria-labelledby="{plain(name)}-title" aria-describedby="{plain(name)}-desc">'
        f'<title id="{plain(name)}-title">{plain(_title(people))}</title>'
        f'<desc id="{plain(name)}-desc">{plain(_description(people, rows))}</desc>'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def _title(people: Sequence[Person]) -> str:
    focus = [called(person) for person in people if person.focus]
    return f"Genogram of the family of {joined(focus)}" if focus else "Genogram of the family"


def _description(people: Sequence[Person], rows: int) -> str:
    many = "1 person" if len(people) == 1 else f"{len(people)} people"
    return f"{many} in {rows} generation{'' if rows == 1 else 's'}, the oldest at the top. The same is told in words."


def _person(box: Box, on: date) -> str:
    """A box: its area (which takes a click anywhere), the symbol with the age in it, and the text."""
    person, (x, y) = box.person, box.middle
    linked = bool(person.href) and not person.restricted
    area = f'x="{number(box.left)}" y="{number(box.top)}" width="{BOX_WIDTH}" height="{number(box.height)}"'
    inside = (
        f'<rect class="gt-genogram__box" {area} fill="{PAPER}" fill-opacity="0"/>'
        f"{person_symbol(person, x, y)}{_age(person, x, y, on)}{_text(box, linked)}"
    )
    focus = ' data-focus="true"' if person.focus else ""
    if not linked:
        return f'<g class="gt-genogram__person"{focus}><title>{plain(about(person, on))}</title>{inside}</g>'
    opening = f'<a class="gt-genogram__link" href="{plain(person.href)}" aria-label="{plain(about(person, on))}">'
    return f'<g class="gt-genogram__person"{focus}>{opening}{inside}</a></g>'


def _age(person: Person, x: float, y: float, on: date) -> str:
    years = age(person, on)
    if years is None or person.died_on:
        return ""
    said = f"~{years}" if person.birth_date_estimated else str(years)
    return text(x, y + 6, said, NAME_SIZE, 'text-anchor="middle"')


def _text(box: Box, linked: bool) -> str:
    x, y = box.left + TEXT_LEFT, box.top + 17
    look = f'font-weight="700" fill="{LINK if linked else INK}"' + (' text-decoration="underline"' if linked else "")
    found = [text(x, y + NAME_LINE * place, said, NAME_SIZE, look) for place, said in enumerate(box.name)]
    y += NAME_LINE * len(box.name)
    found += [text(x, y + TEXT_LINE * place, said, TEXT_SIZE) for place, said in enumerate(box.more)]
    return "".join(found)
