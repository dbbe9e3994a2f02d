"""Beginning and ending a child in need plan. Each is one transaction, by somebody."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.queries import open_allocation
from casework.assessment.models import Assessment
from casework.child_in_need import policies
from casework.child_in_need.models import ChildInNeedPlan
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.early_help.stepping import step_down
from casework.front_door.models import Referral
from casework.people.models import Person
from casework.tasks.actions import answer as answer_task
from casework.tasks.models import Task
from casework.voice.actions import NO_ANSWER, Answer, hear
from casework.voice.models import NotAsked

Reason = ChildInNeedPlan.EndReason


@whole
def begin_plan(
    person: Person, *, started_on: date, assessment: Assessment | None = None, protection: int | None = None,
    by: User, at: datetime,
) -> ChildInNeedPlan:  # fmt: skip
    """The child's plan begins. `protection` is the key of the child protection plan that it follows."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    policies.check_may_begin(person)
    check_day(started_on, timezone.localdate(at), "started_on", assessment.started_on if assessment else None)
    held = open_allocation(person)
    referral = Referral.objects.filter(person=person, closed_on=None).order_by("-received_on", "-pk").first()
    plan = ChildInNeedPlan.objects.create(
        person=person, referral=assessment.referral if assessment else referral, assessment=assessment,
        protection_id=protection, started_on=started_on, worker=held.worker if held else None,
        team=held.team if held else None, **stamp(by, at),
    )  # fmt: skip
    bring_up_to_date(people=[person.pk], at=at)
    return plan


@whole
def end_plan(
    plan: ChildInNeedPlan, *, ended_on: date, end_reason: str, why_ended: str = "", answer: Answer = NO_ANSWER,
    by: User, at: datetime,
) -> ChildInNeedPlan:  # fmt: skip
    """The plan ends. Where the family goes on with early help, early help is told what is left to do."""
    plan = ChildInNeedPlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    policies.check_open(plan)
    check_day(ended_on, timezone.localdate(at), "ended_on", plan.started_on)
    if end_reason not in Reason.values:
        raise Refused("Choose why the plan ends.", "end_reason")
    if end_reason == Reason.STEPPED_DOWN and not why_ended.strip():
        raise Refused("Say what early help is asked to do.", "why_ended")
    plan.ended_on, plan.ended_recorded_at, plan.end_reason, plan.why_ended = ended_on, at, end_reason, why_ended
    hear(
        plan.person, answer, plan, place=NotAsked.Place.PLAN_END, said_on=ended_on, about="The end of the plan", by=by,
        at=at,
    )  # fmt: skip
    if end_reason == Reason.STEPPED_DOWN:
        step_down(plan.person, reason=why_ended, by=by, at=at)
    answer_task(plan.person, Task.AnsweredBy.NEED_PLAN, came=f"The plan ended on {day(ended_on)}.", by=by, at=at)
    bring_up_to_date(people=[plan.person_id], at=at)
    return plan


def give_way_to_protection(person: Person, *, on: date, by: User, at: datetime) -> None:
    """A child protection plan begins: the child in need plan that was open ends that day."""
    for plan in person.child_in_need_plans.filter(ended_on=None, started_on__lte=on):
        end_plan(plan, ended_on=on, end_reason=Reason.PROTECTION, by=by, at=at)


def move_what_was_decided(person: Person, *, recorded_at: datetime, on: date) -> None:
    """The conference that began or ended plans of the child, recorded at that moment, was held on another day."""
    for plan in _ended_by(person, recorded_at):
        if plan.started_on > on:
            raise Refused(f"The child in need plan that it ended began only on {day(plan.started_on)}.", "held_on")
        plan.ended_on = on
        save_over(plan, None)
    for plan in _begun_by(person, recorded_at):
        if plan.ended_on is not None and plan.ended_on < on:
            raise Refused(f"The child in need plan that began then ended on {day(plan.ended_on)}.", "held_on")
        plan.started_on = on
        save_over(plan, None)


def take_back_what_was_decided(person: Person, *, recorded_at: datetime) -> None:
    """The conference decided something else: what it ended goes on, and what it began never was."""
    for plan in _begun_by(person, recorded_at):
        plan.plan_versions.filter(in_force_from=None).update(need_plan=None)
        try:
            plan.delete()
        except ProtectedError:
            raise Refused(
                f"The child in need plan that began on {day(plan.started_on)} has been worked on since. Record what is "
                "right at the next conference."
            ) from None
    for plan in _ended_by(person, recorded_at):
        policies.check_may_go_on(person)
        plan.ended_on = plan.ended_recorded_at = None
        plan.end_reason = plan.why_ended = ""
        save_over(plan, None)


def _ended_by(person: Person, recorded_at: datetime) -> QuerySet[ChildInNeedPlan]:
    return person.child_in_need_plans.filter(end_reason=Reason.PROTECTION, ended_recorded_at=recorded_at)


def _begun_by(person: Person, recorded_at: datetime) -> QuerySet[ChildInNeedPlan]:
    return person.child_in_need_plans.filter(assessment=None, recorded_at=recorded_at)
