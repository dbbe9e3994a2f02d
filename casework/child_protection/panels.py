"""Child protection on the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.child_protection.models import ChildAtConference, DiscussedChild, Section47Enquiry
from casework.child_protection.queries.overview import lines_of, overview_of
from casework.common.together import Rows
from casework.people import panels
from casework.people.models import Person

PROTECTION = Rows("protection", lines_of)


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(
        panels.Panel(
            "protection",
            "Child protection",
            15,
            "people.read",
            protection,
            "child_protection/panel.html",
            asks=(PROTECTION,),
        )
    )
    panels.add(panels.Addition("strategy", "Strategy discussion", 35, "protection.write", "record_strategy", is_child))
    panels.add(panels.Addition("conference", "Conference", 36, "conference.arrange", "ask_for_conference", is_child))
    panels.read_here("strategy_discussions", panels.pages_of("strategy", DiscussedChild))
    panels.read_here("section_47_enquiries", panels.pages_of("enquiry", Section47Enquiry))
    panels.read_here("conferences", panels.pages_of("conference", ChildAtConference))


def is_child(person: Person) -> bool:
    """Child protection is of children, born or unborn."""
    return person.is_child


def protection(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The plan, enquiries, conferences and discussions, latest first; nothing where there are none."""
    found = overview_of(panels.answer(PROTECTION, person)) if person.is_child else None
    return {"overview": found} if found else None
