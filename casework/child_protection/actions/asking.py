"""Asking for a conference: after an enquiry, for a child who moves in on a plan, before birth, or to review a plan."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.access.roles import ROLES
from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.assessment.models import Assessment
from casework.child_protection import policies
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference, Section47Enquiry
from casework.child_protection.queries.stages import open_plan, stage_of
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.notices.actions import tell
from casework.people.models import Person
from casework.people.reading import readable

INITIAL, PRE_BIRTH, TRANSFER_IN, REVIEW = "initial", "pre_birth", "transfer_in", "review"
FIRST = (INITIAL, PRE_BIRTH)
"""What decides whether there is to be a plan, of a child who came with none."""
TELLS = ("conference_chair",)
"""The roles that are told that a conference has to be arranged."""


def conference_after(enquiry: Section47Enquiry, *, by: User, at: datetime) -> ChildAtConference:
    """The initial conference that an enquiry leads to: the one that waits for the child since the assessment, or the
    one its brothers' and sisters' enquiries led to, if any.

    Called in the transaction that signs the enquiry off, which brings the clocks up to date.
    """
    waiting = _waits(enquiry.person)
    if waiting is None:
        return _first(enquiry.person, _same_discussions(enquiry), enquiry, by=by, at=at)
    waiting.enquiry = waiting.enquiry or enquiry
    save_over(waiting, None)
    return waiting


def conference_of_assessment(assessment: Assessment, *, by: User, at: datetime) -> ChildAtConference:
    """The initial conference that an assessment leads to: the one that waits for the child, or for those who were
    assessed together, if any. An enquiry that runs is tied to it.

    Called in the transaction that authorises the assessment, which brings the clocks up to date.
    """
    waiting = _waits(assessment.person)
    if waiting is not None:
        return waiting
    enquiry = Section47Enquiry.objects.filter(person=assessment.person, ended_on=None).order_by("-pk").first()
    return _first(assessment.person, _same_assessments(assessment), enquiry, by=by, at=at)


def _first(
    person: Person, conference: Conference | None, enquiry: Section47Enquiry | None, *, by: User, at: datetime
) -> ChildAtConference:
    kind = PRE_BIRTH if person.unborn else INITIAL
    return _asked_for(person, kind, conference, requested_on=timezone.localdate(at), enquiry=enquiry, by=by, at=at)


def _waits(person: Person) -> ChildAtConference | None:
    """The child's part of a first conference that is still to be held."""
    return _to_come(ChildAtConference.objects.filter(person=person, kind__in=FIRST))


def _to_come(children: QuerySet[ChildAtConference]) -> ChildAtConference | None:
    found = children.filter(conference__held_on=None, conference__cancelled_on=None)
    return found.select_related("conference", "person").order_by("pk").first()


@whole
def ask_for_conference(
    person: Person, *, kind: str, requested_on: date, with_conference: int | None = None, by: User, at: datetime
) -> ChildAtConference:
    """A conference of that kind for the child: on its own, or the one with that key, a brother's or sister's."""
    policies.check_may_ask(person, kind)
    check_day(requested_on, timezone.localdate(at), "requested_on")
    plan = open_plan(person) if kind == REVIEW else None
    beside = _waiting(with_conference) if with_conference is not None else None
    made = _asked_for(person, kind, beside, requested_on=requested_on, plan=plan, by=by, at=at)
    bring_up_to_date(people=[person.pk], at=at)
    return made


def _waiting(key: int) -> Conference:
    found = Conference.objects.filter(pk=key, held_on=None, cancelled_on=None).first()
    if found is None:
        raise Refused("That conference is no longer waiting. Ask for one of its own.", "with_conference")
    return found


def review_after(held: Conference, plan: ChildProtectionPlan, *, by: User, at: datetime) -> ChildAtConference:
    """The review of a plan that follows a conference: one for all children of it. To be called in its transaction."""
    followed = Conference.objects.filter(follows=held).first()
    following = followed if followed and followed.held_on is None and followed.cancelled_on is None else None
    if following is None:
        after = None if followed else held  # Each is followed by one alone: the brother's or sister's, here.
        following = Conference.objects.create(follows=after, chair=held.chair, **stamp(by, at))
        for one in held.invitations.all():
            following.invitations.create(
                agency=one.agency, name=one.name, role=one.role, report_wanted=one.report_wanted, **stamp(by, at)
            )
    return ChildAtConference.objects.create(
        conference=following, person=plan.person, kind=REVIEW, plan=plan, referral=plan.referral,
        requested_on=None, **stamp(by, at),
    )  # fmt: skip


def _asked_for(
    person: Person, kind: str, conference: Conference | None, *, requested_on: date, by: User, at: datetime,
    enquiry: Section47Enquiry | None = None, plan: ChildProtectionPlan | None = None,
) -> ChildAtConference:  # fmt: skip
    referral = (enquiry.referral if enquiry else None) or stage_of(person).referral
    made = ChildAtConference.objects.create(
        conference=conference or Conference.objects.create(**stamp(by, at)), person=person, kind=kind,
        enquiry=enquiry, plan=plan, referral=referral, requested_on=requested_on, **stamp(by, at),
    )  # fmt: skip
    _tell_chairs(made, by, at)
    return made


def _same_discussions(enquiry: Section47Enquiry) -> Conference | None:
    """The conference not held yet of another child of the discussion that began this enquiry."""
    if enquiry.discussed is None:
        return None
    discussion = enquiry.discussed.discussion_id
    found = _to_come(ChildAtConference.objects.filter(enquiry__discussed__discussion=discussion))
    return found.conference if found else None


def _same_assessments(assessment: Assessment) -> Conference | None:
    """The first conference not held yet of another child who was assessed together with this one."""
    if assessment.family_id is None:
        return None
    together = ChildAtConference.objects.filter(kind__in=FIRST, person__assessments__family=assessment.family_id)
    found = _to_come(together)
    return found.conference if found else None


def _tell_chairs(child: ChildAtConference, by: User, at: datetime) -> None:
    """Those who chair, of those who may see the child."""
    roles = [code for code in ROLES if code in TELLS]
    chairs = User.objects.filter(role__in=roles, is_active=True).exclude(pk=by.pk)
    told = [one for one in chairs if readable(one).filter(pk=child.person_id).exists()]
    text = f"A conference is to be arranged for {child.person.full_name}."
    tell(told, text, address=reverse("conference", args=[child.pk]), at=at)
