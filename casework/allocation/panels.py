"""Who holds the case and who held it, on the person's record, and the clocks that run there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.allocation.queries import allocations_of
from casework.common import clock
from casework.deadlines.queries import clocks_of
from casework.people import panels
from casework.people.models import Person

LATEST = 5


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("clocks", "What is due", 5, "people.read", clocks, "deadlines/panel.html"))
    panels.add(panels.Panel("held", "Who holds the case", 10, "people.read", held, "allocation/panel.html", "side"))
    panels.add(panels.Addition("allocate", "A worker for the case", 60, "allocation.make", "allocate", is_child))


def is_child(person: Person) -> bool:
    """Cases are children's."""
    return person.is_child


def clocks(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The clocks that run, the worst first."""
    running = [one for one in clocks_of(person, at=clock.now()) if not one.stopped]
    return {"clocks": running} if person.is_child else None


def held(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The latest allocations, how many there were, and what waits to be accepted."""
    if not person.is_child:
        return None
    assert isinstance(request.user, User)
    every = list(allocations_of(person))
    waiting = {one.pk for one in every if one.ended_on is None and _is_to_accept(one, request.user)}
    workers = len({one.worker_id for one in every if one.worker_id})
    return {"allocations": every[:LATEST], "workers": workers, "more": len(every) - LATEST, "to_accept": waiting}


def _is_to_accept(allocation: Allocation, user: User) -> bool:
    """Whether it came to this account's worker with a handover that waits to be read."""
    mine = user.worker_id is not None and allocation.worker_id == user.worker_id
    return mine and hasattr(allocation, "handover") and allocation.handover.accepted_at is None
