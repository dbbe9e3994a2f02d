"""Putting right on which day a conference was held, and what it decided: what follows from them comes along.

What would contradict something recorded later is refused (`later`). What was recorded before stays in the history,
with the reason.
"""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.allocation.telling import tell_holders
from casework.child_in_need.actions import move_what_was_decided, take_back_what_was_decided
from casework.child_protection import policies
from casework.child_protection.actions.conferences import cancel, earliest
from casework.child_protection.actions.deciding import AFTERWARDS, CONTINUED, ENDED, MADE, Verdict, decide
from casework.child_protection.later import check_day_fits, check_may_be_another, plan_of
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference
from casework.child_protection.moving import runs_otherwise
from casework.child_protection.queries.conferences import following_of
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.deadlines.actions import bring_up_to_date
from casework.history.putting_right import putting_right
from casework.tasks.actions import answer
from casework.tasks.models import Task
from casework.voice.actions import move_why_not_asked
from casework.voice.models import NotAsked


def put_day_right(
    conference: Conference, *, held_on: date, why: str, version: int | None = None, by: User, at: datetime
) -> None:
    """It was held on that day: so the plans that it made or ended begin or end then, for every child of it."""
    policies.check_may_chair(by)
    with putting_right(why, by=by):
        conference = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
        before = conference.held_on
        if before is None:
            raise Refused("Record first that the conference was held.")
        check_day(held_on, timezone.localdate(at), "held_on", earliest(conference))
        children = list(conference.children.select_related("person", "plan", "conference").order_by("pk"))
        for child in children:
            check_day_fits(child, held_on)
        for child in children:
            _move(child, before, held_on)
            text = f"{by} has put right the day of the conference about {child.person.full_name}"
            tell_holders(child.person, text, address=reverse("conference", args=[child.pk]), by=by, at=at)
        conference.held_on = held_on
        save_over(conference, version)
        bring_up_to_date(people=[child.person_id for child in children], at=at)


def _move(child: ChildAtConference, before: date, on: date) -> None:
    """What began, changed or ended on the day of the conference, for one child."""
    plan = plan_of(child)
    move_why_not_asked(NotAsked.Place.CONFERENCE, child.pk, on=on)
    if child.decided_at is not None:
        move_what_was_decided(child.person, recorded_at=child.decided_at, on=on)
    if plan is None:
        return
    if child.outcome == MADE:
        plan.started_on = on
    if child.outcome == ENDED:
        plan.ended_on = on
    if child.outcome == MADE or (child.outcome == CONTINUED and before > plan.started_on):
        _move_categories(plan, before, on)
    save_over(plan, None)
    if child.outcome == MADE:
        runs_otherwise(plan, *sorted((before, on)))


def _move_categories(plan: ChildProtectionPlan, before: date, on: date) -> None:
    for one in plan.categories.filter(started_on=before):
        if plan.categories.filter(category=one.category, started_on=on).exclude(pk=one.pk).exists():
            one.delete()
        else:
            one.started_on = on
            one.save()


def put_outcome_right(
    child: ChildAtConference, verdict: Verdict, *, why: str, version: int | None = None, by: User, at: datetime
) -> ChildAtConference:
    """Something else was decided: what followed from what stood is taken back, and what follows from this is opened."""
    policies.check_may_chair(by)
    with putting_right(why, by=by):
        found = ChildAtConference.objects.select_for_update(of=("self",))
        child = found.select_related("conference", "person", "plan", "referral").get(pk=child.pk)
        if not child.outcome:
            raise Refused("Nothing is decided yet. Record the decision.")
        if child.outcome == verdict.outcome:
            raise Refused("That is what is recorded. Choose what was decided instead.", "outcome")
        check_may_be_another(child, verdict.outcome)
        _take_back(child, why=why, by=by, at=at)
        child.agency_views.all().delete()
        child.outcome = child.category = ""
        save_over(child, version)
        tell_holders(
            child.person, f"{by} has put right what the conference decided about {child.person.full_name}",
            address=reverse("conference", args=[child.pk]), by=by, at=at,
        )  # fmt: skip
        return decide(child, verdict, by=by, at=at)


def _take_back(child: ChildAtConference, *, why: str, by: User, at: datetime) -> None:
    """What followed from the decision, for the child alone."""
    plan = plan_of(child)
    for review in _reviews_to_come(child, plan):
        _call_off(review, because=f"What was decided was put right: {why.strip()}", by=by, at=at)
    if child.decided_at is not None:
        take_back_what_was_decided(child.person, recorded_at=child.decided_at)
    if child.outcome in AFTERWARDS:
        came = "What the conference decided was put right."
        answer(child.person, Task.AnsweredBy.NEED_PLAN, came=came, by=by, at=at)
    if plan is not None and child.outcome == MADE:
        plan.reviews.update(plan=None)
        plan.plan_versions.update(protection_plan=None)
        plan.delete()
    if plan is not None and child.outcome == CONTINUED:
        _category_before(plan, child)
    if plan is not None and child.outcome == ENDED:
        plan.ended_on = plan.ended_recorded_at = None
        save_over(plan, None)


def _category_before(plan: ChildProtectionPlan, child: ChildAtConference) -> None:
    held_on = child.conference.held_on
    assert held_on is not None  # It is decided.
    plan.categories.filter(started_on=held_on).exclude(started_on=plan.started_on).delete()
    last = plan.categories.order_by("-started_on", "-pk").first()
    plan.latest_category = last.category if last else plan.initial_category
    save_over(plan, None)


def _reviews_to_come(child: ChildAtConference, plan: ChildProtectionPlan | None) -> list[ChildAtConference]:
    """The review that was to follow; all those of a plan that was never made."""
    if plan is not None and child.outcome == MADE:
        return list(plan.reviews.select_related("conference"))
    following = following_of(child) if child.outcome == CONTINUED else None
    return [following] if following else []


def _call_off(review: ChildAtConference, *, because: str, by: User, at: datetime) -> None:
    """It is not held about this child; brothers and sisters keep theirs."""
    if review.conference.cancelled_on is None:
        cancel(review.conference, because=because, only=[review.pk], by=by, at=at)
    conference = Conference.objects.get(children=review.pk)
    conference.follows = None
    save_over(conference, None)
