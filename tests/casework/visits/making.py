"""A child with a plan, and what a browser sends of a day and a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.child_protection.models import ChildProtectionPlan
from casework.planning.models import Action, ActionWording, Need, NeedWording, Outcome, OutcomeWording, PlanVersion

BOXES = {"day": "%d", "month": "%m", "year": "%Y", "time": "%H:%M"}


def boxes(name: str, at: datetime) -> dict[str, str]:
    """The four boxes of a moment."""
    local = timezone.localtime(at)
    return {f"{name}_{part}": f"{local:{form}}" for part, form in BOXES.items()}


def to_do(child: Any, *what: str, since: date) -> list[Action]:
    """Actions of a child protection plan that began on the day."""
    plan = ChildProtectionPlan.objects.create(person=child, started_on=since, latest_category="NEG")
    version = PlanVersion.objects.create(
        person=child, protection_plan=plan, number=1, drawn_up_on=since, in_force_from=since
    )
    need = Need.objects.create(person=child)
    outcome = Outcome.objects.create(need=need)
    NeedWording.objects.create(plan_version=version, need=need, what="To be safe at home")
    OutcomeWording.objects.create(plan_version=version, outcome=outcome, what="Ada is safe at home")
    made = [Action.objects.create(outcome=outcome) for _ in what]
    for action, words in zip(made, what, strict=True):
        ActionWording.objects.create(plan_version=version, action=action, what=words, owner_named="Mo")
    return made
