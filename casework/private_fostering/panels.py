"""Private fostering on each child's record: a page, something to add, and a warning where it is prohibited."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from casework.people import panels, reading
from casework.people.models import Person
from casework.people.panels import living_child
from casework.private_fostering.models import Arrangement, Suitability

LATEST = "latest_private_fostering"
"""What an opened record carries: the latest arrangement, the one that lasts first, and what was decided of it."""


def add_all() -> None:
    """Add them, once, when the application starts."""
    reading.CARRIED[LATEST] = _latest
    panels.add(panels.Alert("private_fostering", "Private fostering prohibited", 12, "people.read", prohibited))
    panels.add(
        panels.RecordPage(
            "private_fostering", "Private fostering", 45, "people.read", "private_fostering_of_person", has_any
        )
    )
    panels.add(
        panels.Addition(
            "private_fostering", "Private fostering", 38, "fostering.write", "record_private_fostering", living_child
        )
    )
    panels.read_here("private_fostering", panels.pages_by_row("private_fostering_row"))


def _latest() -> Any:
    decided = Suitability.objects.filter(arrangement=OuterRef("pk")).order_by("-decided_on", "-pk")
    return reading.latest_of(
        Arrangement, reading.OPEN_FIRST, "-notified_on", "-pk", pk="pk", ended="ended_on",
        outcome=Subquery(decided.values("outcome")[:1]),
    )  # fmt: skip


def has_any(person: Person) -> bool:
    """Whether there is anything to read of a record that was opened."""
    return getattr(person, LATEST, None) is not None


def prohibited(person: Person, at: datetime) -> panels.Said | None:
    """Said while the child is recorded as living where the authority has forbidden it."""
    latest = getattr(person, LATEST, None)
    if latest is None or latest["ended"] is not None or latest["outcome"] != Suitability.Outcome.PROHIBITED:
        return None
    address = reverse("private_fostering", args=[latest["pk"]])
    return panels.Said("the child is recorded as still there", address)
