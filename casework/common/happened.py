"""Whether something can have happened when somebody says it did: not later than now, nor before what it follows."""

from __future__ import annotations

from datetime import date, datetime

from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day


def check_past(moment: datetime, at: datetime, field: str) -> None:
    """Raises Refused for a moment that is still to come."""
    if moment > at:
        raise Refused("The time cannot be later than now.", field)


def check_day(on: date, today: date, field: str, earliest: date | None = None) -> None:
    """Raises Refused for a day still to come, or before `earliest`."""
    if on > today:
        raise Refused("The day cannot be later than today.", field)
    if earliest is not None and on < earliest:
        raise Refused(f"The day cannot be before {day(earliest)}.", field)
