"""Children on plans, and the group that meets about them, for tests to work with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.child_protection.inviting import Asked
from casework.child_protection.models import ChildProtectionPlan
from casework.deadlines.actions import bring_up_to_date
from casework.deadlines.queries import clocks_of
from casework.people.models import Person

GROUP = {Asked("health", "Dr Sample", "GP"): "came", Asked("police", "DS Example"): "report"}


def at(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))  # type: ignore[arg-type]


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def on_a_plan(child: Person, from_day: date, now: datetime) -> ChildProtectionPlan:
    plan = ChildProtectionPlan.objects.create(person=child, started_on=from_day, recorded_at=now)
    bring_up_to_date(people=[child.pk], at=now)
    return plan


def clock(child: Person, rule: str, now: datetime) -> Any:
    return next(one for one in clocks_of(child, at=now) if one.row.rule == rule)
