"""What may be done with a child in need plan now. `check_…` raises Refused with a sentence that says what to do."""

from __future__ import annotations

from casework.child_in_need.models import ChildInNeedPlan
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.people.models import Person


def check_may_begin(person: Person) -> None:
    """Whether a plan may begin: for a child alive, who has neither one nor a child protection plan in its place."""
    if person.died_on is not None:
        raise Refused(f"{person.full_name} died on {day(person.died_on)}.")
    if person.child_in_need_plans.filter(ended_on=None).exists():
        raise Refused(f"{person.full_name} has a child in need plan already. Write a new version of it.")
    if person.child_protection_plans.filter(ended_on=None).exists():
        raise Refused(f"{person.full_name} has a child protection plan. A conference ends it, and can begin this one.")


def check_open(plan: ChildInNeedPlan) -> None:
    """Whether the plan has not ended."""
    if plan.ended_on is not None:
        raise Refused(f"This plan ended on {day(plan.ended_on)}.")


def check_may_go_on(person: Person) -> None:
    """Whether a plan that is said to have ended may go on: there is none in its place."""
    other = person.child_in_need_plans.filter(ended_on=None).first()
    if other is not None:
        raise Refused(f"{person.full_name} has another child in need plan, from {day(other.started_on)}.")
