"""Everything that changes a family's early help. Each is one transaction, by somebody, at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Team, User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.actions import allocate_to_team, end_allocation
from casework.common.happened import check_day
from casework.common.models import new_reference
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.early_help.models import (
    AssessedChild,
    ChildHeard,
    FamilyAssessment,
    FamilyPlan,
    FamilyReview,
    Issue,
    PlanStep,
    TeamMember,
)
from casework.people.models import Person
from casework.voice.actions import Answer, hear
from casework.voice.models import NotAsked

WRITTEN = ("strengths", "worries", "parents_views", "analysis", "level_of_need")


@whole
def begin(
    children: Iterable[Person], *, organisation: str, lead_practitioner: str, lead_contact: str = "",
    team: Team | None = None, by: User, at: datetime,
) -> FamilyAssessment:  # fmt: skip
    """A family's assessment of these children, from today. A child who has open early help is refused."""
    chosen = sorted(set(children), key=lambda child: child.pk)
    if not chosen:
        raise Refused("Choose the children that it is about.", "children")
    for child in chosen:
        if AssessedChild.objects.filter(person=child, assessment__closed_on=None).exists():
            raise Refused(f"{child.full_name} has early help already. Work on that, or close it first.", "children")
    made = FamilyAssessment.objects.create(
        started_on=timezone.localdate(at), organisation=organisation, lead_practitioner=lead_practitioner,
        lead_contact=lead_contact, team=team, **stamp(by, at),
    )  # fmt: skip
    for child in chosen:
        AssessedChild.objects.create(reference=new_reference(), assessment=made, person=child)
        if team is not None and not _held_elsewhere(child):
            allocate_to_team(person=child, team=team, by=by, at=at)
    bring_up_to_date(people=[child.pk for child in chosen], at=at)
    return made


def _held_elsewhere(child: Person) -> bool:
    return child.allocations.filter(ended_on=None).exists()


@whole
def record_consent(
    family: FamilyAssessment, *, given: bool, on: date, who: str, limits: str, by: User, at: datetime
) -> None:
    """Whether the family agrees to be assessed and to what may be shared. Without it early help does not go on."""
    _check_open(family)
    if on > timezone.localdate(at):
        raise Refused("Consent cannot be given later than today.", "on")
    if not who.strip():
        raise Refused("Say who in the family was asked.", "who")
    family.consent_given, family.consent_on, family.consent_by, family.consent_limits = given, on, who, limits
    save_over(family, None)


@whole
def write(
    family: FamilyAssessment, parts: Mapping[str, str], issues: Mapping[str, str],
    heard: Mapping[int, Answer] | None = None, *, by: User, at: datetime,
) -> None:  # fmt: skip
    """What the assessment says, which of the six issues there are and how they show, and what each child says.

    `heard` is by the child's key. What a child said before stays with all their words.
    """
    _check_open(family)
    for name in WRITTEN:
        if name in parts:
            setattr(family, name, parts[name])
    save_over(family, None)
    family.issues.exclude(kind__in=issues).delete()
    for kind, how in issues.items():
        Issue.objects.update_or_create(assessment=family, kind=kind, defaults={"how": how})
    _hear_each(family, heard or {}, None, timezone.localdate(at), by, at)


@whole
def complete(family: FamilyAssessment, *, by: User, at: datetime) -> None:
    """The assessment is finished. Refused without consent, or with nothing in it to plan from."""
    _check_open(family)
    _check_consent(family)
    if family.completed_on is not None:
        raise Refused("This assessment is completed already.")
    if not family.analysis.strip() or not family.level_of_need:
        raise Refused("Write what it means for the family, and the level of need, before it is completed.")
    family.completed_on, family.completed_recorded_at = timezone.localdate(at), at
    save_over(family, None)
    _refresh(family, at)


@whole
def add_member(
    family: FamilyAssessment, *, name: str, role: str, agency: str, contact: str, by: User, at: datetime
) -> TeamMember:
    """Somebody joins the team around the family."""
    _check_open(family)
    return TeamMember.objects.create(
        assessment=family, name=name, role=role, agency=agency, contact=contact, started_on=timezone.localdate(at)
    )


@whole
def member_leaves(member: TeamMember, *, ended_on: date, by: User, at: datetime) -> None:
    """Somebody is not in the team around the family any more."""
    check_day(ended_on, timezone.localdate(at), "ended_on", member.started_on)
    member.ended_on = ended_on
    member.save()


@whole
def take_lead(family: FamilyAssessment, *, name: str, organisation: str, contact: str, by: User, at: datetime) -> None:
    """Another practitioner leads from now on."""
    _check_open(family)
    family.lead_practitioner, family.organisation, family.lead_contact = name, organisation, contact
    save_over(family, None)


@whole
def agree_plan(family: FamilyAssessment, *, agreed_on: date, by: User, at: datetime) -> FamilyPlan:
    """A plan agreed with the family; one there was ends the same day."""
    _check_open(family)
    _check_consent(family)
    check_day(agreed_on, timezone.localdate(at), "agreed_on", family.started_on)
    for before in family.plans.filter(ended_on=None):
        before.ended_on, before.ended_recorded_at = agreed_on, at
        save_over(before, None)
    plan = FamilyPlan.objects.create(assessment=family, agreed_on=agreed_on, **stamp(by, at))
    _refresh(family, at)
    return plan


@whole
def add_step(
    plan: FamilyPlan, *, outcome_wanted: str, action: str, who: str, by_when: date | None, by: User, at: datetime
) -> PlanStep:
    """One thing to change, and who does what about it."""
    _check_plan_open(plan)
    return PlanStep.objects.create(plan=plan, outcome_wanted=outcome_wanted, action=action, who=who, by_when=by_when)


@whole
def finish_step(step: PlanStep, *, what_changed: str, by: User, at: datetime) -> None:
    """Done, and what came of it."""
    _check_plan_open(step.plan)
    if not what_changed.strip():
        raise Refused("Say what has changed for the family.", "what_changed")
    step.done_on, step.what_changed = timezone.localdate(at), what_changed
    step.save()


@whole
def review(
    plan: FamilyPlan, *, held_on: date, what_changed: str, next_on: date | None,
    heard: Mapping[int, Answer] | None = None, by: User, at: datetime,
) -> FamilyReview:  # fmt: skip
    """The team around the family met and looked at the plan; `heard` is what each child said, by the child's key."""
    _check_plan_open(plan)
    check_day(held_on, timezone.localdate(at), "held_on", plan.agreed_on)
    if next_on is not None and next_on <= held_on:
        raise Refused("The next review comes after this one.", "next_on")
    made = FamilyReview.objects.create(
        plan=plan, held_on=held_on, what_changed=what_changed, next_on=next_on, **stamp(by, at)
    )
    _hear_each(plan.assessment, heard or {}, made, held_on, by, at)
    _refresh(plan.assessment, at)
    return made


def _hear_each(
    family: FamilyAssessment, heard: Mapping[int, Answer], review: FamilyReview | None, on: date, by: User, at: datetime
) -> None:
    for child in family.children.filter(person__in=heard).select_related("person"):
        answer = heard[child.person_id]
        row = child.heard.filter(review=review, said=None).first()
        if row is None and not answer.words.strip() and answer.why_not_asked is None:
            continue
        row = row or ChildHeard(child=child, review=review, **stamp(by, at))
        hear(
            child.person, answer, row, place=NotAsked.Place.EARLY_HELP, said_on=on, about="Early help", by=by, at=at
        )  # fmt: skip


@whole
def close(family: FamilyAssessment, *, outcome: str, note: str, by: User, at: datetime) -> None:
    """Early help ends. Stepping up asks the front door for a contact, whose decision ends it (`front_door`)."""
    _check_open(family)
    if not note.strip():
        raise Refused("Say how it went and what the family takes with it.", "note")
    today = timezone.localdate(at)
    for plan in family.plans.filter(ended_on=None):
        plan.ended_on, plan.ended_recorded_at = today, at
        save_over(plan, None)
    family.closed_on, family.closed_recorded_at, family.outcome, family.closing_note = today, at, outcome, note
    save_over(family, None)
    for child in family.children.select_related("person"):
        if not child.person.referrals.filter(closed_on=None).exists():
            end_allocation(child.person, by=by, at=at)
    _refresh(family, at)


def address(family: FamilyAssessment) -> str:
    """Its page."""
    return reverse("early_help", args=[family.pk])


def _check_open(family: FamilyAssessment) -> None:
    if family.closed_on is not None:
        raise Refused(f"Early help for this family ended on {family.closed_on:%-d %B %Y}.")


def _check_plan_open(plan: FamilyPlan) -> None:
    _check_open(plan.assessment)
    if plan.ended_on is not None:
        raise Refused(f"This plan ended on {plan.ended_on:%-d %B %Y}. Work on the one there is now.")


def _check_consent(family: FamilyAssessment) -> None:
    if family.consent_given is not True:
        raise Refused("Early help goes on with the family's consent. Record it first.")


def _refresh(family: FamilyAssessment, at: datetime) -> None:
    bring_up_to_date(people=sorted(family.children.values_list("person", flat=True)), at=at)
