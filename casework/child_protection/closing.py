"""What child protection has open when a child's case closes: a plan, a conference, an enquiry, a discussion to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse

from casework.accounts.stamps import save_over
from casework.child_protection.actions.asking import REVIEW
from casework.child_protection.actions.conferences import cancel
from casework.child_protection.law import transfer_in
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Section47Enquiry
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day, moment
from casework.front_door.closing import Ending, Open
from casework.people.models import Person
from casework.tasks.actions import answer
from casework.tasks.models import Task


def all_open(person: Person) -> Iterator[Open]:
    """Each of them. A review that nobody has set a day for is the plan's, and not named beside it."""
    for plan in ChildProtectionPlan.objects.filter(person=person, ended_on=None):
        address = reverse("plan", args=["protection", plan.pk])
        words = f"child protection plan since {day(plan.started_on)}"
        yield Open(words, address, partial(_end_plan, plan), partial(_asked_of_a_move, person))
    for enquiry in Section47Enquiry.objects.filter(person=person, ended_on=None):
        yield Open(f"section 47 enquiry since {day(enquiry.started_on)}", reverse("enquiry", args=[enquiry.pk]))
    unset = Q(kind=REVIEW, conference__planned_at=None, plan__ended_on=None)
    for child in _to_come(person).exclude(unset):
        planned = child.conference.planned_at
        words = f"conference planned for {moment(planned)}" if planned else "conference that is asked for"
        yield Open(words, reverse("conference", args=[child.pk]), partial(_call_off, person))
    if Task.objects.filter(person=person, answered_by=Task.AnsweredBy.STRATEGY, done_at=None).exists():
        address = reverse("record_strategy", args=[person.reference])
        yield Open("strategy discussion that the assessment led to", address, partial(_no_discussion, person))


def _to_come(person: Person) -> QuerySet[ChildAtConference]:
    found = ChildAtConference.objects.filter(person=person, conference__held_on=None, conference__cancelled_on=None)
    return found.select_related("conference").order_by("pk")


def _asked_of_a_move(person: Person, today: date) -> str:
    """What is waited for before the plan of a child who moved away ends (Working Together, discontinuing the plan: it
    may be discontinued only after the conference of the authority that the child moved to)."""
    name = person.first_name
    by, within = transfer_in(today)
    return (
        f"Has {name} moved to another authority? Working Together asks that authority for a conference within {within} "
        f"of being told (told today, by {day(by)}), and keeps our plan going until then. Leave this open until they "
        "say that it was held, and close it with that day: closing ends the plan at once."
    )


def _end_plan(plan: ChildProtectionPlan, ending: Ending) -> None:
    """The plan of a child who died, moved away or is grown up ends without a conference, and so do its reviews
    (Working Together 2023, discontinuing the child protection plan).
    """
    if ending.on < plan.started_on:
        raise Refused(f"The child protection plan began on {day(plan.started_on)}. Change the day.", "closed_on")
    plan.ended_on, plan.ended_recorded_at = ending.on, ending.at
    save_over(plan, None)
    _call_off(plan.person, ending)


def _call_off(person: Person, ending: Ending) -> None:
    for child in _to_come(person):
        cancel(
            child.conference, because=f"The case closed: {ending.because}", only=[child.pk], by=ending.by, at=ending.at
        )


def _no_discussion(person: Person, ending: Ending) -> None:
    answer(person, Task.AnsweredBy.STRATEGY, came=f"The case closed: {ending.because}", by=ending.by, at=ending.at)
