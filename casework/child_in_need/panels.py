"""Child in need plans on the person's record."""

from __future__ import annotations

from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Addition("cin_plan", "Child in need plan", 34, "plans.write", "begin_cin_plan", is_child))
    panels.read_here("cin_plans", panels.pages_by_row("cin_plan_of_row"))


def is_child(person: Person) -> bool:
    """Plans are of children, born or unborn."""
    return person.is_child and person.died_on is None
