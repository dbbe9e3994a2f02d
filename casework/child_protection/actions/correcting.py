"""Putting right who came to a conference, what was said, the category and what each agency thought.

The day and what was decided are put right in `day_and_outcome`. What it said before is in the history.
"""

from __future__ import annotations

from datetime import date, datetime

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.child_protection import policies
from casework.child_protection.actions.conferences import Meeting, check_quorum
from casework.child_protection.actions.deciding import MADE, PLANNED, Verdict, check_views
from casework.child_protection.inviting import Asked
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference, Invitation
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date


@whole
def put_right(
    conference: Conference, meeting: Meeting, *, came_too: Asked | None = None, version: int | None, by: User,
    at: datetime,
) -> None:  # fmt: skip
    """Who took part and what was said. `came_too` was there and had not been invited."""
    policies.check_may_chair(by)
    if conference.held_on is None:
        raise Refused("Record first that the conference was held.")
    for one in conference.invitations.all():
        one.attended = meeting.attended.get(one.pk, one.attended)
        save_over(one, None)
    if came_too is not None:
        conference.invitations.create(
            agency=came_too.agency, name=came_too.name, role=came_too.role, attended=Invitation.Attended.IN_PERSON,
            **stamp(by, at),
        )  # fmt: skip
    if conference.invitations.exclude(attended="").exists():  # a former record may not say who came
        check_quorum(conference, meeting.why_without_quorum)
    for name in ("parents_views", "how_parents_were_heard", "discussion"):
        setattr(conference, name, getattr(meeting, name))
    save_over(conference, version)


@whole
def put_decision_right(
    child: ChildAtConference, verdict: Verdict, *, version: int | None, by: User, at: datetime
) -> None:
    """The category of the plan, why, and what each agency thought: not whether there is a plan."""
    policies.check_may_chair(by)
    if not child.outcome:
        raise Refused("Nothing is decided yet. Record the decision.")
    if child.outcome in PLANNED and not verdict.category:
        raise Refused("Choose the category of the plan.", "category")
    check_views(verdict)
    for key, view in (verdict.views or {}).items():
        child.agency_views.update_or_create(
            invitation_id=key, defaults={"agrees": view.agrees, "because": view.because, **stamp(by, at)}
        )
    child.reasons = verdict.reasons
    if child.outcome in PLANNED:
        child.category = verdict.category
        _category_right(child, by=by, at=at)
    save_over(child, version)
    bring_up_to_date(people=[child.person_id], at=at)


def _category_right(child: ChildAtConference, *, by: User, at: datetime) -> None:
    """The category of the plan from that conference until the next one that changed it."""
    plan = child.plans_made.first() or child.plan
    held_on = child.conference.held_on
    if plan is None or held_on is None:
        return
    begins = plan.started_on if child.outcome == MADE else held_on
    _from_that_day(plan, child.category, begins, by=by, at=at)
    if child.outcome == MADE:
        plan.initial_category = child.category
    if not plan.reviews.exclude(outcome="").filter(conference__held_on__gt=held_on).exists():
        plan.latest_category = child.category
    save_over(plan, None)


def _from_that_day(plan: ChildProtectionPlan, category: str, begins: date, *, by: User, at: datetime) -> None:
    before = plan.categories.filter(started_on__lt=begins).order_by("-started_on", "-pk").first()
    plan.categories.filter(started_on=begins).exclude(category=category).delete()
    if before is not None and before.category == category:
        plan.categories.filter(started_on=begins).delete()
    else:
        plan.categories.get_or_create(category=category, started_on=begins, defaults=stamp(by, at))
