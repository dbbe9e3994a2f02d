"""Where things stand, on the overview of a child's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.allocation.panels import CLOCKS
from casework.chronology import standing as asked
from casework.common import clock
from casework.people.models import Person
from casework.visits.stretch import IN_PLANS, SINCE

ASKS = (asked.HELD, asked.SEEN, asked.PLAN, SINCE, IN_PLANS, CLOCKS)


def standing(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """What is open and when things were last done; nothing for an adult, or where there is nothing of either."""
    found = asked.standing(person, clock.now()) if person.is_child else []
    return {"standing": found, "old": any(one.mark for one in found)} if found else None
