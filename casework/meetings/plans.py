"""The plan that a meeting is about: which children have one on a day, and which of a family meet together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from casework.accounts.models import User
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.child_protection.queries.stages import children_with
from casework.common.refused import Refused
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.people.models import Person

Plan = ChildProtectionPlan | ChildInNeedPlan
PLANS: dict[Meeting.Kind, tuple[str, type[Plan], str]] = {
    Meeting.Kind.CORE_GROUP: ("protection_plan", ChildProtectionPlan, "child protection plan"),
    Meeting.Kind.CIN_REVIEW: ("need_plan", ChildInNeedPlan, "child in need plan"),
}
"""Of each kind of meeting: the column for the plan, the plan itself, and what it is called."""


def plans_on(kind: str, people: Iterable[Person], on: date) -> dict[int, Plan]:
    """The plan of each of these children that was running on the day, by the child's key; the latest of two."""
    _, model, _ = PLANS[Meeting.Kind(kind)]
    running = Q(ended_on=None) | Q(ended_on__gte=on)
    found = model._default_manager.filter(running, person__in=[one.pk for one in people], started_on__lte=on)
    return {plan.person_id: plan for plan in found.order_by("started_on", "pk")}


def plans_of_all(kind: str, people: Iterable[Person], on: date) -> dict[int, Plan]:
    """The same; Refused where one of the children had none."""
    people = list(people)
    found = plans_on(kind, people, on)
    for person in people:
        if person.pk not in found:
            raise Refused(f"{person.full_name} had no {PLANS[Meeting.Kind(kind)][2]} on that day.")
    return found


def meet_together(kind: str, person: Person, user: User, on: date) -> list[Person]:
    """The child, and those brothers, sisters and children of the household on a plan of that kind whom one may open."""
    family = children_with(person, user, on)
    planned = plans_on(kind, family, on)
    return [one for one in family if one.pk == person.pk or one.pk in planned]


def column(kind: str) -> str:
    """The column for a plan of that kind, in a child's part of a meeting and in a version of the plan alike."""
    return PLANS[Meeting.Kind(kind)][0]


def tied(kind: str, plan: Plan) -> dict[str, Plan]:
    """The column of a child's part that holds the plan, and the plan."""
    return {column(kind): plan}


def plan_of(child: ChildAtMeeting) -> Plan | None:
    """The plan that the meeting was about, for that child."""
    return child.protection_plan or child.need_plan
