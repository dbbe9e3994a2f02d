"""Early help on the person's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casework.common.coded import meaning
from casework.early_help.queries import early_help_of
from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("early_help", "Early help", 40, "people.read", early_help, "early_help/panel.html"))
    panels.add(panels.RecordPage("who_is_working", "Who is working with them", 150, "people.read", "who_is_working"))
    panels.add(panels.Addition("early_help", "Early help", 40, "early_help.write", "begin_early_help", child))
    panels.add(panels.Timeline("early_help", 40, "people.read", on_the_timeline))


def child(person: Person) -> bool:
    """Early help is begun from a child's record."""
    return person.is_child


def early_help(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The child's early help, latest first; nothing where there never was any."""
    found = list(early_help_of(person))
    return {"episodes": found} if found else None


def on_the_timeline(_request: HttpRequest, person: Person) -> Iterable[panels.Happening]:
    """When early help began, was assessed and ended."""
    for one in early_help_of(person):
        family, address = one.assessment, reverse("early_help", args=[one.assessment_id])
        yield panels.Happening(family.started_on, "Early help began", family.organisation, address)
        if family.completed_on:
            yield panels.Happening(family.completed_on, "Early help assessment finished", "", address)
        if family.closed_on:
            why = meaning("early_help_outcome", family.outcome) if family.outcome else ""
            yield panels.Happening(family.closed_on, "Early help ended", why, address)
