"""Visits on each child's record: a page of their own, an addition, and an address for each line of the chronology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from casework.people import panels
from casework.people.models import Person
from casework.visits.models import ChildVisited


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("visits", "Visits", 42, "people.read", "visits_of_person", is_child))
    panels.add(panels.Addition("visit", "Visit", 12, "visit.write", "record_visit", is_visited))
    panels.read_here("visits", visits_at)


def is_child(person: Person) -> bool:
    """Of children; an adult's record has no visits."""
    return person.is_child


def is_visited(person: Person) -> bool:
    """Children who are born and alive."""
    return person.is_child and not person.unborn and person.died_on is None


def visits_at(rows: Sequence[str]) -> Mapping[str, str]:
    """Of each visit, its page."""
    found = ChildVisited.objects.filter(reference__in=rows).values_list("reference", "pk")
    return {row: reverse("visit", args=[key]) for row, key in found}
