"""What the plans say is to be done, for a meeting to talk over; and what it said of each."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from casework.meetings.models import ActionTalkedOver, ChildAtMeeting
from casework.meetings.plans import Plan, column
from casework.planning.models import ActionWording


def to_be_done(kind: str, plans: Iterable[Plan]) -> dict[int, list[ActionWording]]:
    """The actions still to be done of each plan as it now stands, soonest first, by the child's key: one question."""
    of_plans = {f"plan_version__{column(kind)}__in": [plan.pk for plan in plans]}
    found = ActionWording.objects.filter(
        plan_version__replaced_on=None, plan_version__in_force_from__isnull=False, action__done_on=None,
        action__not_done_because="", **of_plans,
    )  # fmt: skip
    by_child: dict[int, list[ActionWording]] = {}
    for one in found.select_related("plan_version", "owner_worker", "owner_person").order_by("by_when", "place", "pk"):
        by_child.setdefault(one.plan_version.person_id, []).append(one)
    return by_child


def talked_over(child: ChildAtMeeting) -> list[tuple[ActionTalkedOver, str]]:
    """What the meeting said of the actions of the child's plan, each with how the plan puts the action now."""
    rows: QuerySet[ActionTalkedOver] = child.actions_talked_over.select_related("progress")
    found = list(rows)
    wordings = ActionWording.objects.filter(action__in=[one.progress.action_id for one in found])
    words = dict(wordings.order_by("plan_version__number").values_list("action", "what"))
    return [(one, words.get(one.progress.action_id, "")) for one in found]
