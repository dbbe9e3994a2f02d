"""Child in need plans on the person's record."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Addition("cin_plan", "Child in need plan", 34, "plans.write", "begin_cin_plan", is_child))
    panels.read_here("cin_plans", plans_at)


def is_child(person: Person) -> bool:
    """Plans are of children, born or unborn."""
    return person.is_child and person.died_on is None


def plans_at(rows: Sequence[str]) -> dict[str, str]:
    """Of each plan, its page; without a question, for a list of many."""
    return {row: reverse("cin_plan_of_row", args=[row]) for row in rows}
