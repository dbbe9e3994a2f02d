"""What the returns' rules find on the child, on the child's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.accounts.models import User
from casework.accuracy.mending import shown
from casework.accuracy.queries import of_person
from casework.people import panels
from casework.people.models import Person

FIRST = 3
"""Findings on the overview; the rest are a page away."""


def add_all() -> None:
    """Add it, once, when the application starts."""
    panels.add(panels.Panel("accuracy", "To mend in this record", 80, "people.read", to_mend, "accuracy/panel.html"))


def to_mend(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The first findings, how many more there are, as of when. Nothing where the record was never checked."""
    found = of_person(person)
    if found.at is None or not (person.is_child or found.findings):
        return None
    assert isinstance(request.user, User)
    unexplained = [one for one in found.findings if not one.explained]
    first = shown(unexplained[:FIRST], request.user)
    return {"found": found, "first": first, "more": len(found.findings) - len(first)}
