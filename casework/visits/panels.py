"""Visits on each child's record: a page of their own, an addition, and an address for each line of the chronology."""

from __future__ import annotations

from casework.deadlines import answering
from casework.people import panels
from casework.people.models import Person
from casework.visits.queries import MADE, SEEN


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("visits", "Visits", 42, "people.read", "visits_of_person", is_child))
    panels.add(panels.Addition("visit", "Visit", 12, "visit.write", "record_visit", panels.living_child))
    panels.read_here("visits", panels.pages_by_row("visit_row"))
    for kind, event in {"assessment": SEEN, **MADE}.items():
        answering.add(event, answering.Answer("Record the visit", "visit.write", "record_visit", f"?kind={kind}"))


def is_child(person: Person) -> bool:
    """Of children; an adult's record has no visits."""
    return person.is_child
