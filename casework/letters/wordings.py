"""How each template is worded now: as shipped, or as an administrator has put it since."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.letters.kinds import KINDS
from casework.letters.models import Wording

SHIPPED = Path(__file__).with_name("shipped")
LETTERHEAD = "letterhead"
"""A template of no kind: the lines at the top of every letter."""


@dataclass(frozen=True)
class Template:
    """A template as it is worded now. `number` is 0 where it is as shipped and nobody has changed it."""

    code: str
    kind: str
    name: str
    text: str
    number: int = 0
    shipped: bool = True

    @property
    def kind_said(self) -> str:
        """The kind in words."""
        return KINDS[self.kind].title if self.kind in KINDS else "The top of every letter"


@cache
def shipped() -> dict[str, Template]:
    """The templates that come with the record, by their code."""
    found = {}
    for path in sorted(SHIPPED.glob("*.txt")):
        kind, name, text = path.read_text(encoding="utf-8").split("\n", 2)
        found[path.stem] = Template(path.stem, kind, name, text.strip() + "\n")
    return found


def templates() -> dict[str, Template]:
    """Every template as it is worded now, by its code: one query."""
    latest = Wording.objects.order_by("code", "-number").distinct("code")
    return {**shipped(), **{one.code: _as_worded(one) for one in latest}}


def template(code: str) -> Template | None:
    """That template as it is worded now."""
    return templates().get(code)


def letterhead() -> tuple[str, ...]:
    """The lines at the top of every letter."""
    return tuple(line.strip() for line in templates()[LETTERHEAD].text.splitlines() if line.strip())


def _as_worded(one: Wording) -> Template:
    if not one.text:
        was = shipped()[one.code]
        return Template(one.code, was.kind, was.name, was.text, one.number)
    return Template(one.code, one.kind, one.name, one.text, one.number, shipped=False)
