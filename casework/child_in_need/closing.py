"""A child in need plan that is open when the child's case closes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from casework.child_in_need.actions import end_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.front_door.closing import ADULT, DIED, MOVED, Ending, Open
from casework.people.models import Person

Reason = ChildInNeedPlan.EndReason
REASONS = {DIED: Reason.DIED, MOVED: Reason.MOVED, ADULT: Reason.ADULT}
"""Why the plan ends, by the reason for which the case closes."""


def plans_open(person: Person) -> Iterator[Open]:
    """The plan that has not ended."""
    for plan in person.child_in_need_plans.filter(ended_on=None):
        words = f"child in need plan since {day(plan.started_on)}"
        yield Open(words, reverse("plan", args=["need", plan.pk]), partial(_end, plan))


def _end(plan: ChildInNeedPlan, ending: Ending) -> None:
    if ending.on < plan.started_on:
        raise Refused(f"The child in need plan began on {day(plan.started_on)}. Change the day.", "closed_on")
    end_plan(plan, ended_on=ending.on, end_reason=REASONS[ending.reason], by=ending.by, at=ending.at)
