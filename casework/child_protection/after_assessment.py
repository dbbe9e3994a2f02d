"""What child protection opens where an assessment ends in a strategy discussion or in an initial conference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from casework.accounts.models import User
from casework.assessment import outcomes
from casework.assessment.models import Assessment
from casework.assessment.outcomes import Opened, ToDo
from casework.child_protection.actions.asking import FIRST, conference_of_assessment
from casework.child_protection.actions.discussions import ENQUIRE
from casework.child_protection.law import CONFERENCE_AFTER_ENQUIRY
from casework.child_protection.models import ChildAtConference, DiscussedChild
from casework.child_protection.queries.stages import open_plan
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day, moment
from casework.deadlines.models import Obligation
from casework.tasks.models import Task

DISCUSS = "Hold a strategy discussion with police, health and others"
BRING = "Bring the child to an initial child protection conference: have its day set, and write the report"
REVIEW = "Have the review of the child protection plan brought forward, as the assessment asks for a conference"


def add_all() -> None:
    """Have both opened, once, when the application starts."""
    outcomes.add(outcomes.Next("strategy_discussion", plan_discussion, discussions_held))
    outcomes.add(outcomes.Next("conference", open_conference, conferences_opened))


def plan_discussion(assessment: Assessment, by: User, at: datetime) -> ToDo | None:
    """A discussion is on the record once it was held: until then it is to be done, on the form for this child.

    None where one held during the assessment began an enquiry: the outcome says that.
    """
    person = assessment.person
    if person.died_on is not None or DiscussedChild.objects.filter(assessment=assessment, outcome=ENQUIRE).exists():
        return None
    return ToDo(DISCUSS, reverse("record_strategy", args=[person.reference]), Task.AnsweredBy.STRATEGY)


def open_conference(assessment: Assessment, by: User, at: datetime) -> ToDo | None:
    """An initial conference is asked for, and those who arrange it are told, unless one was held or is booked."""
    person = assessment.person
    if person.died_on is not None or _has_been_held(assessment):
        return None
    if open_plan(person) is not None:
        return ToDo(REVIEW, reverse("ask_for_conference", args=[person.reference]))
    child = conference_of_assessment(assessment, by=by, at=at)
    if child.conference.planned_at is not None:
        return None
    return ToDo(BRING, reverse("conference", args=[child.pk]), Task.AnsweredBy.CONFERENCE)


def _has_been_held(assessment: Assessment) -> bool:
    """Whether one was held while the assessment went on: its clock is answered since, or its day is there."""
    since = assessment.started_on
    clocks = Obligation.objects.filter(person=assessment.person, rule=CONFERENCE_AFTER_ENQUIRY, satisfied_on__gte=since)
    held = ChildAtConference.objects.filter(person=assessment.person, kind__in=FIRST, conference__held_on__gte=since)
    return clocks.exists() or held.exists()


def discussions_held(assessment: Assessment) -> Iterator[Opened]:
    """The discussions that it led to, during it and after."""
    found = DiscussedChild.objects.filter(assessment=assessment).select_related("discussion").order_by("pk")
    for one in found:
        came = f": {meaning('strategy_outcome', one.outcome)}" if one.outcome else ", not decided yet"
        words = f"Strategy discussion held on {day(one.discussion.held_on)}{came}"
        yield Opened(words, reverse("strategy", args=[one.pk]))


def conferences_opened(assessment: Assessment) -> Iterator[Opened]:
    """The first conferences asked for or held since it began, as each stands."""
    since = assessment.started_on
    recent = Q(requested_on__gte=since) | Q(conference__held_on__gte=since)
    found = ChildAtConference.objects.filter(recent, person=assessment.person, kind__in=FIRST)
    for one in found.select_related("conference").order_by("pk"):
        words = f"{meaning('conference_kind', one.kind)}, {_stands(one)}"
        yield Opened(words, reverse("conference", args=[one.pk]))


def _stands(child: ChildAtConference) -> str:
    held = child.conference
    if held.held_on is not None:
        return f"held on {day(held.held_on)}"
    if held.cancelled_on is not None:
        return f"cancelled on {day(held.cancelled_on)}"
    if held.planned_at is not None:
        return f"planned for {moment(held.planned_at)}"
    without = "" if child.enquiry_id else ", and no clock runs to it: no section 47 enquiry led to it"
    return f"asked for on {day(child.requested_on)}: its day is not set yet{without}"
