"""Visits on each child's record: a page of their own, an addition, and an address for each line of the chronology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from casework.allocation.panels import CLOCKS
from casework.common import clock
from casework.deadlines import answering
from casework.deadlines.queries import RunningClock, in_order
from casework.people import panels
from casework.people.models import Person
from casework.people.panels import living_child
from casework.visits.queries import MADE, SEEN, waiting
from casework.visits.stretch import IN_PLANS, SINCE, stretch_of


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("visits", "Visits", 42, "people.read", "visits_of_person", is_child))
    panels.add(panels.Panel("since", "Since the last visit", 3, "people.read", since_the_last, "visits/panel.html",
                            asks=(SINCE, IN_PLANS, CLOCKS)))  # fmt: skip
    panels.add(panels.Addition("visit", "Visit", 12, "visit.write", "record_visit", panels.living_child))
    panels.read_here("visits", visits_at)
    for kind, event in {"assessment": SEEN, **MADE}.items():
        answering.add(event, answering.Answer("Record the visit", "visit.write", "record_visit", f"?kind={kind}"))


def is_child(person: Person) -> bool:
    """Of children; an adult's record has no visits."""
    return person.is_child


def since_the_last(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """How long it is since the child was seen on a visit, beside what the plan says and what the statute book asks for
    sooner, and what was tried; nothing where no visit is looked for."""
    if not living_child(person):
        return None
    now = clock.now()
    stretch = stretch_of(panels.answer(SINCE, person), panels.answer(IN_PLANS, person), timezone.localdate(now))
    running = in_order(RunningClock(row, now) for row in panels.answer(CLOCKS, person))
    due = next(iter(waiting(running)), None)
    looked_for = due or stretch.rhythms or (running and stretch.attempts)
    return (
        {"stretch": stretch, "due": due if due and stretch.later_than(due.row.due_on) else None} if looked_for else None
    )


def visits_at(rows: Sequence[str]) -> Mapping[str, str]:
    """Of each visit, an address that leads to its page. Asks nothing."""
    return {row: reverse("visit_row", args=[row]) for row in rows}
