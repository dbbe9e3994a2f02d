"""What an authorised assessment leads to: closing, early help, or a next step for somebody to take."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.deadlines.models import Obligation
from casework.early_help.stepping import step_down
from casework.front_door.actions.referrals import close_referral
from casework.tasks.actions import give_task

CLOSED_AFTER_ASSESSMENT, STEPPED_DOWN = "RC8", "RC9"
"""Reasons for closure: after assessment with no further action, and to early help (CIN census)."""
TO_CONFERENCE = "s47_to_icpc_15wd"
"""The rule of the statute book by which an initial conference is held."""
NEXT_STEP = {
    "child_in_need": "Agree a child in need plan with the family",
    "strategy_discussion": "Hold a strategy discussion with police, health and others",
    "conference": "Bring the child to an initial child protection conference",
    "looked_after": "Record how the child came into care, and their first care plan",
    "other": "Do what the assessment's direction says",
}


def open_what_follows(assessment: Assessment, *, by: User, at: datetime) -> None:
    """Open the next episode, or give the worker the task of opening it, in the same transaction."""
    today = timezone.localdate(at)
    if assessment.outcome in {"closed", "early_help"}:
        if assessment.outcome == "early_help":
            step_down(assessment.person, reason=assessment.direction, by=by, at=at)
        if assessment.referral is not None and assessment.referral.closed_on is None:
            reason = STEPPED_DOWN if assessment.outcome == "early_help" else CLOSED_AFTER_ASSESSMENT
            close_referral(assessment.referral, reason=reason, on=today, by=by, at=at)
        return
    if assessment.outcome == "conference" and _has_been_held(assessment):
        return
    worker = assessment.worker
    owner = worker.own_account if worker else None
    give_task(
        what=NEXT_STEP[assessment.outcome], owner=owner, team=None if owner else assessment.team,
        person=assessment.person, by=by, at=at,
    )  # fmt: skip


def _has_been_held(assessment: Assessment) -> bool:
    """Whether the conference was held while the assessment went on: its clock is answered since."""
    clocks = Obligation.objects.filter(person=assessment.person, rule=TO_CONFERENCE)
    return clocks.filter(satisfied_on__gte=assessment.started_on).exists()
