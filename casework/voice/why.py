"""Why a child was not asked, as it is given and as it is found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeVar

from django.db.models import Model

from casework.people.models import Person
from casework.voice.models import NotAsked

Row = TypeVar("Row", bound=Model)


class Why(NamedTuple):
    """A reason of `NotAsked`, and what else there is to say."""

    reason: str
    more: str = ""


def why_not_asked(place: str, row: int) -> NotAsked | None:
    """The reason that is given in that row of the record instead of the child's words."""
    return NotAsked.objects.filter(place=place, row=row).first()


def given(place: str, row: int) -> Why | None:
    """The same as a form starts from it."""
    held = why_not_asked(place, row)
    return Why(held.reason, held.more) if held else None


def with_why(people: Collection[Person], place: str, rows: Iterable[Row]) -> list[Row]:
    """These rows of these people, each carrying as `not_asked` the reason that is given in it: one question."""
    every = list(rows)
    found = {one.row: one for one in NotAsked.objects.filter(person__in=people, place=place)}
    for row in every:
        row.__dict__["not_asked"] = found.get(row.pk)
    return every


def why_of(row: Model) -> NotAsked | None:
    """What a row carries by `with_why`."""
    found: NotAsked | None = row.__dict__["not_asked"]
    return found


def prompt_of(why: NotAsked | None, name: str, otherwise: str) -> str:
    """What to say quietly where there are no words: `otherwise`, if there is no reason for it either."""
    if why is None:
        return otherwise
    return f"{name} was not asked ({why.why}). Is there another day, another way or another person to ask?"
