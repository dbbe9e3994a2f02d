"""Who holds the case and who held it, on the person's record, and the clocks that run there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.accounts.models import User
from casework.allocation.models import Allocation, Override
from casework.common import clock
from casework.common.together import Rows
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock, in_order
from casework.deadlines.working_out import STILL_OPEN
from casework.people import panels
from casework.people.models import Person

LATEST = 5
CLOCKS = Rows("clocks", lambda key: Obligation.objects.filter(person=key, status=STILL_OPEN).order_by("pk"))
ALLOCATIONS = Rows(
    "allocations",
    lambda key: (
        Allocation.objects.filter(person=key)
        .select_related("team", "worker", "co_worker", "handover")
        .order_by("-started_on", "-pk")
    ),
)
OVERRIDES = Rows("overrides", lambda key: Override.objects.filter(allocation__person=key).select_related("by"))


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("clocks", "What is due", 5, "people.read", clocks, "deadlines/panel.html",
                            asks=(CLOCKS,)))  # fmt: skip
    panels.add(panels.Panel("held", "Who holds the case", 10, "people.read", held, "allocation/panel.html", "side",
                            (ALLOCATIONS, OVERRIDES)))  # fmt: skip
    panels.add(panels.Addition("allocate", "A worker for the case", 60, "allocation.make", "allocate", is_child))


def is_child(person: Person) -> bool:
    """Cases are children's."""
    return person.is_child


def clocks(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The clocks that run, the worst first."""
    now = clock.now()
    running = in_order(RunningClock(row, now) for row in panels.answer(CLOCKS, person))
    return {"clocks": running} if person.is_child else None


def held(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The latest allocations with what was overridden for each, how many there were, and what waits to be accepted."""
    if not person.is_child:
        return None
    assert isinstance(request.user, User)
    every = panels.answer(ALLOCATIONS, person)
    overridden = panels.answer(OVERRIDES, person)
    waiting = {one.pk for one in every if one.ended_on is None and _is_to_accept(one, request.user)}
    workers = len({one.worker_id for one in every if one.worker_id})
    lines = [(one, [made for made in overridden if made.allocation_id == one.pk]) for one in every[:LATEST]]
    return {"allocations": lines, "workers": workers, "more": len(every) - LATEST, "to_accept": waiting}


def _is_to_accept(allocation: Allocation, user: User) -> bool:
    """Whether it came to this account's worker with a handover that waits to be read."""
    mine = user.worker_id is not None and allocation.worker_id == user.worker_id
    return mine and hasattr(allocation, "handover") and allocation.handover.accepted_at is None
