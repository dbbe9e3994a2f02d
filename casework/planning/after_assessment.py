"""What planning opens where an assessment ends in a child in need plan: the plan, and a draft with the needs found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.assessment.outcomes import Opened, ToDo
from casework.child_in_need.actions import begin_plan
from casework.child_in_need.queries import open_plan
from casework.common.templatetags.golden_thread import day
from casework.planning.actions.versions import begin_version
from casework.planning.actions.writing import add_need
from casework.planning.plans import NEED, Plan
from casework.tasks.models import Task

AGREE, AGREE_ANEW = (
    "Agree the child in need plan with the family",
    "Agree with the family what the assessment changes in the child in need plan",
)
HAS_PROTECTION = "There is a child protection plan: ask for its review, if a child in need plan is to take its place"


def open_need_plan(assessment: Assessment, by: User, at: datetime) -> ToDo | None:
    """The child in need plan begins that day, with a draft of what it says for the worker to agree with the family.

    A plan that is open already goes on. One under a child protection plan is for a conference to decide.
    """
    person = assessment.person
    if person.died_on is not None:
        return None
    if person.child_protection_plans.filter(ended_on=None).exists():
        return ToDo(HAS_PROTECTION, reverse("ask_for_conference", args=[person.reference]))
    there = open_plan(person)
    if there is not None:
        return ToDo(AGREE_ANEW, Plan(NEED, there).address, Task.AnsweredBy.NEED_PLAN)
    plan = Plan(NEED, begin_plan(person, started_on=timezone.localdate(at), assessment=assessment, by=by, at=at))
    draft = begin_version(plan, by=by, at=at)
    for need in needs_of(assessment.needs):
        add_need(draft, what=need, by=by, at=at)
    return ToDo(AGREE, plan.address, Task.AnsweredBy.NEED_PLAN)


def needs_of(text: str) -> list[str]:
    """What an assessment says that a child needs, a paragraph or a line of a list each."""
    lines = (line.strip().lstrip("-*•–").strip() for line in text.splitlines())
    return [line for line in lines if line]


def need_plans_opened(assessment: Assessment) -> Iterator[Opened]:
    """The plan that began from it, and whether the family has agreed to it."""
    for row in assessment.child_in_need_plans.order_by("pk"):
        plan = Plan(NEED, row)
        agreed = next((one.in_force_from for one in plan.versions if one.in_force_from), None)
        said = f"agreed on {day(agreed)}" if agreed else "a draft that is not agreed yet"
        ended = f", ended on {day(row.ended_on)}" if row.ended_on else ""
        yield Opened(f"{plan.title} from {day(row.started_on)}: {said}{ended}", plan.address)
