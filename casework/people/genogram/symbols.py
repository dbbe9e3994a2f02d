"""The symbols: square male, circle female, diamond unknown or other, triangle unborn; and where lines meet them."""

from __future__ import annotations

from html import escape
from math import sqrt

from casework.people.genogram.measures import SYMBOL
from casework.people.genogram.model import Person
from casework.people.genogram.words import FEMALE, MALE, gender

INK, PAPER, LINK = "#0b0c0c", "#ffffff", "#1d70b8"
HALF = SYMBOL / 2
SQUARE, CIRCLE, DIAMOND, TRIANGLE = "square", "circle", "diamond", "triangle"


def outline_of(person: Person) -> str:
    """Which shape stands for a person."""
    if person.unborn and not person.restricted:
        return TRIANGLE
    return {MALE: SQUARE, FEMALE: CIRCLE}.get(gender(person), DIAMOND)


def symbol(kind: str, x: float, y: float, *, half: float = HALF, thick: float = 2) -> str:
    """A shape about the point x, y."""
    look = f'fill="{PAPER}" stroke="{INK}" stroke-width="{number(thick)}"'
    if kind == CIRCLE:
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {look}/>'
    if kind == SQUARE:
        side = number(2 * half)
        return f'<rect x="{number(x - half)}" y="{number(y - half)}" width="{side}" height="{side}" {look}/>'
    corners = {
        DIAMOND: ((x, y - half), (x + half, y), (x, y + half), (x - half, y)),
        TRIANGLE: ((x, y - half), (x + half, y + half), (x - half, y + half)),
    }[kind]
    return f'<polygon points="{" ".join(f"{number(a)},{number(b)}" for a, b in corners)}" {look}/>'


def person_symbol(person: Person, x: float, y: float) -> str:
    """A person's shape: heavy for a subject of concern, double for the child in focus, crossed for the dead."""
    kind, shown = outline_of(person), not person.restricted
    found = symbol(kind, x, y, thick=5 if person.concern and shown else 2)
    if person.focus and shown:
        down = 4 if kind == TRIANGLE else 0
        found += symbol(kind, x, y + down, half=HALF * (0.66 if kind in (TRIANGLE, DIAMOND) else 0.76))
    if person.died_on and shown:
        found += cross(x, y)
    return found


def cross(x: float, y: float) -> str:
    """The X through the symbol of somebody who died."""
    return line((x - HALF, y - HALF), (x + HALF, y + HALF)) + line((x - HALF, y + HALF), (x + HALF, y - HALF))


def edge(kind: str, aside: float, *, top: bool) -> float:
    """How far inside the symbol's square its outline lies, `aside` of the middle: a line goes on to there."""
    aside = min(abs(aside), HALF)
    if kind == CIRCLE:
        return HALF - sqrt(HALF * HALF - aside * aside)
    if kind == DIAMOND:
        return aside
    return 2 * aside if kind == TRIANGLE and top else 0.0


def line(start: tuple[float, float], end: tuple[float, float], more: str = "") -> str:
    """A straight line."""
    (x1, y1), (x2, y2) = start, end
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line {ends} stroke="{INK}" stroke-width="2"{" " + more if more else ""}/>'


def text(x: float, y: float, said: str, size: float, more: str = "") -> str:
    """A line of text from the point x, y."""
    look = f'font-size="{number(size)}" fill="{INK}"' if "fill=" not in more else f'font-size="{number(size)}"'
    return f'<text x="{number(x)}" y="{number(y)}" {look}{" " + more if more else ""}>{plain(said)}</text>'


def plain(said: str) -> str:
    """Text made safe for XML: escaped, and without the characters that XML forbids."""
    return escape("".join(letter for letter in said if _allowed(letter)))


def _allowed(letter: str) -> bool:
    code = ord(letter)
    return letter in "\t\n\r" or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def number(value: float) -> str:
    """A length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
