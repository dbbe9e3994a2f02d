"""What the plans say is to be done, for a meeting to talk over; and what it said of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.models import QuerySet

from casework.common.kept_queries import KeptQuery, among
from casework.meetings.models import ActionTalkedOver, ChildAtMeeting, Meeting
from casework.meetings.plans import PLANS, Plan, column
from casework.planning import queries as of_plans
from casework.planning.models import ActionWording

STILL_TO_DO = {
    kind: KeptQuery(partial(of_plans.still_to_do, among(f"plan_version__{column(kind)}", "plans"))) for kind in PLANS
}


def to_be_done(kind: str, plans: Iterable[Plan]) -> dict[int, list[ActionWording]]:
    """The actions still to be done of each plan as it now stands, soonest first, by the child's key: one question."""
    return of_plans.by_child(STILL_TO_DO[Meeting.Kind(kind)].ask(plans=[plan.pk for plan in plans]))


def talked_over(child: ChildAtMeeting) -> list[tuple[ActionTalkedOver, str]]:
    """What the meeting said of the actions of the child's plan, each with how the plan puts the action now."""
    rows: QuerySet[ActionTalkedOver] = child.actions_talked_over.select_related("progress")
    found = list(rows)
    words = of_plans.put_as(one.progress.action_id for one in found)
    return [(one, words.get(one.progress.action_id, "")) for one in found]
