"""What may be done with a version of a plan now. Each `check_…` raises Refused and says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.planning.models import Action, PlanVersion
from casework.planning.plans import Plan, plan_of


def check_open(plan: Plan) -> None:
    """Whether the plan has not ended."""
    if plan.row.ended_on is not None:
        raise Refused(f"This plan ended on {day(plan.row.ended_on)}. What it says stays as it was.")


def check_draft(version: PlanVersion) -> None:
    """Whether the version is still being written, of a plan that goes on."""
    if not version.draft:
        raise Refused("This version is in force, and stays as it is. Write a new version.")
    check_open(plan_of(version))


def check_says_why(parts: Mapping[str, Any]) -> None:
    """Whether a reason is given where the parents are not to read the child's words."""
    if parts.get("parents_may_read") is False and not parts.get("parents_may_read_why", "").strip():
        raise Refused("Say why the parents are not to read it.", "parents_may_read_why")


def check_may_begin(plan: Plan) -> None:
    """Whether a new version may be begun."""
    check_open(plan)
    if plan.versions.filter(in_force_from=None).exists():
        raise Refused("A new version of this plan is being written already. Go on with that one.")


def check_to_do(action: Action) -> None:
    """Whether an action is still to be done."""
    if action.done_on is not None:
        raise Refused(f"This was done on {day(action.done_on)}.")
    if action.not_done_because:
        raise Refused("This is not to be done any more. If it is after all, add it to the plan anew.")
