"""What apps above child protection do when a plan turns out to run from a day that has passed, or from another than was
recorded. Each adds its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from casework.child_protection.models import ChildProtectionPlan

Then = Callable[[ChildProtectionPlan, date, date], None]
"""Of a plan, the first of the days on which something else is true now, and the day after the last of them."""
_then: dict[str, Then] = {}


def add(name: str, then: Then) -> None:
    """Have it done. The same name again takes the place of what was there."""
    _then[name] = then


def runs_otherwise(plan: ChildProtectionPlan, first: date, until: date) -> None:
    """The plan, saved as it runs now, covers other days than was known: from `first`, before `until`."""
    for then in _then.values():
        then(plan, first, until)
