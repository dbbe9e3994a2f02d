"""What a conference decides about a child, and what follows: a plan that begins, goes on or ends, and its review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_workers
from casework.child_in_need.actions import begin_plan, give_way_to_protection
from casework.child_protection import policies
from casework.child_protection.actions.asking import PRE_BIRTH, REVIEW, review_after
from casework.child_protection.models import AgencyView, ChildAtConference, ChildProtectionPlan, PlanCategory
from casework.child_protection.moving import runs_otherwise
from casework.child_protection.queries.stages import holders
from casework.common.coded import meaning
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.tasks.actions import give_task
from casework.tasks.models import Task

MADE, NO_PLAN, CONTINUED, ENDED = "plan_made", "no_plan", "plan_continued", "plan_ended"
PLANNED = {MADE, CONTINUED}
"""After which there is a plan, and a category of it."""
OUTCOMES = {REVIEW: (CONTINUED, ENDED)}
"""What a review may decide; every other kind decides whether there is to be a plan."""
OF_A_FIRST = (MADE, NO_PLAN)
AFTERWARDS = {
    NO_PLAN: "Agree with the family what help there is to be, now that the conference made no plan",
    ENDED: "Agree a child in need plan with the family, now that the child protection plan has ended",
}


@dataclass(frozen=True)
class View:
    """What one agency thought of the decision: None where it did not say."""

    agrees: bool | None
    because: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was decided about one child. `views`: of those who came, by the key of the invitation.

    `child_in_need`: that a child in need plan begins, where no child protection plan goes on.
    """

    outcome: str
    category: str = ""
    reasons: str = ""
    views: Mapping[int, View] | None = None
    child_in_need: bool = False


@whole
def decide(child: ChildAtConference, verdict: Verdict, *, by: User, at: datetime) -> ChildAtConference:
    """Record the decision about a child, and open what follows. Decided once."""
    found = ChildAtConference.objects.select_for_update(of=("self",))
    child = found.select_related("conference", "person", "plan", "referral").get(pk=child.pk)
    _check(child, verdict, by)
    child.outcome, child.reasons = verdict.outcome, verdict.reasons
    child.category = verdict.category if verdict.outcome in PLANNED else ""
    child.decided_at = at
    save_over(child, None)
    for key, view in (verdict.views or {}).items():
        AgencyView.objects.create(
            child=child, invitation_id=key, agrees=view.agrees, because=view.because, **stamp(by, at)
        )
    _what_follows(child, verdict, by=by, at=at)
    bring_up_to_date(people=[child.person_id], at=at)
    return child


def _check(child: ChildAtConference, verdict: Verdict, by: User) -> None:
    policies.check_may_chair(by)
    policies.check_may_decide(child)
    if verdict.outcome not in OUTCOMES.get(child.kind, OF_A_FIRST):
        raise Refused("That is not something that this kind of conference decides.", "outcome")
    if verdict.outcome in PLANNED and not verdict.category:
        raise Refused("Choose the category of the plan.", "category")
    check_views(verdict)


def check_views(verdict: Verdict) -> None:
    """Whether each agency that does not agree says why."""
    for key, view in (verdict.views or {}).items():
        if view.agrees is False and not view.because.strip():
            raise Refused("Say why the agency does not agree.", f"because_{key}")


def _what_follows(child: ChildAtConference, verdict: Verdict, *, by: User, at: datetime) -> None:
    on = child.conference.held_on
    assert on is not None  # the policy has asked
    match child.outcome:
        case "plan_made":
            give_way_to_protection(child.person, on=on, by=by, at=at)
            plan = _begin_plan(child, on, by=by, at=at)
            runs_otherwise(plan, on, timezone.localdate(at) + timedelta(days=1))
            review_after(child.conference, plan, by=by, at=at)
        case "plan_continued":
            plan = _plan(child)
            _change_category(plan, child.category, on, by=by, at=at)
            review_after(child.conference, plan, by=by, at=at)
        case "plan_ended":
            plan = _plan(child)
            plan.ended_on, plan.ended_recorded_at = on, at
            save_over(plan, None)
    if verdict.child_in_need and child.outcome in AFTERWARDS:
        _step_down(child, on, by=by, at=at)
    _say_so(child, by=by, at=at)


def _step_down(child: ChildAtConference, on: date, *, by: User, at: datetime) -> None:
    """A child in need plan begins that day, unless the child has one."""
    if not child.person.child_in_need_plans.filter(ended_on=None).exists():
        begin_plan(child.person, started_on=on, protection=child.plan_id, by=by, at=at)


def _begin_plan(child: ChildAtConference, on: date, *, by: User, at: datetime) -> ChildProtectionPlan:
    person = child.person
    worker, team = holders(person)
    plan = ChildProtectionPlan.objects.create(
        person=person, referral=child.referral, made_by=child, started_on=on, initial_category=child.category,
        latest_category=child.category, pre_birth=child.kind == PRE_BIRTH, worker=worker, team=team,
        previous_plans=ChildProtectionPlan.objects.filter(person=person).count(), **stamp(by, at),
    )  # fmt: skip
    PlanCategory.objects.create(plan=plan, category=child.category, started_on=on, **stamp(by, at))
    return plan


def _plan(child: ChildAtConference) -> ChildProtectionPlan:
    if child.plan is None:
        raise Refused(f"No plan of {child.person.full_name} is tied to this review.")
    return child.plan


def _change_category(plan: ChildProtectionPlan, category: str, on: date, *, by: User, at: datetime) -> None:
    if category != plan.latest_category:
        plan.latest_category = category
        save_over(plan, None)
        PlanCategory.objects.create(plan=plan, category=category, started_on=on, **stamp(by, at))


def _say_so(child: ChildAtConference, *, by: User, at: datetime) -> None:
    """Tell the worker; where help goes on without a plan, it is the worker's task to agree it."""
    worker, _ = holders(child.person)
    account = getattr(worker, "account", None)
    if account is None:
        return
    if child.outcome in AFTERWARDS:
        give_task(
            what=AFTERWARDS[child.outcome], owner=account, person=child.person, by=by, at=at,
            address=reverse("plans_of_person", args=[child.person.reference]), answered_by=Task.AnsweredBy.NEED_PLAN,
        )  # fmt: skip
    else:
        text = f"{child.person.full_name}: {meaning('conference_outcome', child.outcome).lower()} by the conference."
        tell_workers(child.person, [worker], text, address=reverse("conference", args=[child.pk]), by=by, at=at)
