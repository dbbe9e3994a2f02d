"""Missing children on the record of each: first on every page while they are missing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from casework.common.templatetags.golden_thread import day, hours
from casework.missing.models import MissingEpisode
from casework.people import panels, reading
from casework.people.models import Person
from casework.people.panels import living_child

LATEST = "latest_missing"
"""What an opened record carries of its latest episode, the one that goes on first."""


def add_all() -> None:
    """Add them, once, when the application starts."""
    reading.CARRIED[LATEST] = _latest
    panels.add(panels.Alert("missing", "Missing", 10, "people.read", missing_since))
    panels.add(panels.RecordPage("missing", "Missing", 45, "people.read", "missing_of_person", has_been_missing))
    panels.add(panels.Addition("missing", "Missing", 34, "missing.write", "report_missing", living_child))
    its_page = panels.pages_by_row("missing_row")  # on which the talk after it stands too
    panels.read_here("missing_episodes", its_page)
    panels.read_here("return_interviews", its_page)


def _latest() -> Any:
    return reading.latest_of(
        MissingEpisode, reading.OPEN_FIRST, "-started_on", "-pk", pk="pk", on="started_on", at="started_at",
        ended="ended_on",
    )  # fmt: skip


def has_been_missing(person: Person) -> bool:
    """Whether there is an episode to read of a record that was opened."""
    return getattr(person, LATEST, None) is not None


def missing_since(person: Person, at: datetime) -> panels.Said | None:
    """For how long the child has been missing; None for a child who is not."""
    latest = getattr(person, LATEST, None)
    if latest is None or latest["ended"] is not None:
        return None
    began = datetime.fromisoformat(latest["at"]) if latest["at"] else None
    on = day(began or date.fromisoformat(latest["on"]))
    since = f"for {hours(at - began)}, since" if began else "since"
    return panels.Said(f"{since} {on}", reverse("missing_episode", args=[latest["pk"]]))
