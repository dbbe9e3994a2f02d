"""Early help on the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.common.together import Rows
from casework.early_help.models import AssessedChild
from casework.early_help.queries import early_help_of
from casework.people import panels
from casework.people.models import Person

EPISODES = Rows("early_help", early_help_of)


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("early_help", "Early help", 40, "people.read", early_help, "early_help/panel.html",
                            asks=(EPISODES,)))  # fmt: skip
    panels.add(panels.RecordPage("who_is_working", "Who is working with them", 150, "people.read", "who_is_working"))
    panels.add(panels.Addition("early_help", "Early help", 40, "early_help.write", "begin_early_help", child))
    panels.read_here("early_help_assessments", panels.pages_of("early_help", AssessedChild, "assessment"))


def child(person: Person) -> bool:
    """Early help is begun from a child's record."""
    return person.is_child


def early_help(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The child's early help, latest first; nothing where there never was any."""
    found = panels.answer(EPISODES, person)
    return {"episodes": found} if found else None
