"""Plans on the person's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("plans", "Plans", 25, "people.read", "plans_of_person", is_child))
    panels.read_here("cp_plans", protection_at)
    panels.read_here("cp_plan_categories", protection_at)


def is_child(person: Person) -> bool:
    """Plans are of children, born or unborn."""
    return person.is_child


def protection_at(rows: Sequence[str]) -> Mapping[str, str]:
    """Of each child protection plan, and of each category that one had, an address of the plan. Asks nothing."""
    return {row: reverse("cp_plan_of_row", args=[row.split("|")[0]]) for row in rows}
