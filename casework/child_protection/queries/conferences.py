"""Conferences, for the people who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from casework.accounts.models import User
from casework.child_protection import law
from casework.child_protection.models import Agency, ChildAtConference, Invitation
from casework.child_protection.protocol import report_wanted_by
from casework.child_protection.queries.reports import papers_of
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock, clocks_of
from casework.documents.models import Document
from casework.people.models import Person
from casework.people.reading import readable

RULES = {
    "initial": (law.CONFERENCE_AFTER_ENQUIRY,),
    "pre_birth": (law.CONFERENCE_AFTER_ENQUIRY,),
    "transfer_in": (law.TRANSFER_IN,),
    "review": (law.FIRST_REVIEW, law.LATER_REVIEW),
}
"""The rules of the statute book that a conference of each kind is held by."""
EVERY_RULE = tuple(sorted({rule for rules in RULES.values() for rule in rules}))


def child_at_conference(user: User, pk: int) -> ChildAtConference | None:
    """A child's part of a conference, when the child's record is one that the account may open."""
    found = ChildAtConference.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "conference__chair", "plan", "enquiry", "referral").first()


def agencies_there(child: ChildAtConference) -> list[Invitation]:
    """Those who came for an agency."""
    return [one for one in child.conference.invitations.all() if one.there and one.agency != Agency.FAMILY]


def together_at(child: ChildAtConference, user: User) -> list[ChildAtConference]:
    """Every child of the same conference whom the account may see, this one too, oldest first."""
    found = ChildAtConference.objects.filter(conference=child.conference_id, person__in=readable(user))
    return list(found.select_related("person", "conference").order_by("person__born_on", "pk"))


def clock_of(child: ChildAtConference, *, at: datetime) -> RunningClock | None:
    """The clock that this conference answers, or answered; None where no rule gives it one."""
    rules = RULES.get(child.kind, ())
    clocks = [one for one in clocks_of(child.person, at=at) if one.row.rule in rules]
    if child.conference.held_on is not None:
        return next((one for one in clocks if one.row.satisfied_row_id == child.reference), None)
    return next((one for one in clocks if not one.stopped), None)


def following_of(child: ChildAtConference) -> ChildAtConference | None:
    """The child's part of the review that follows."""
    found = ChildAtConference.objects.filter(conference__follows=child.conference_id, person=child.person_id)
    return found.select_related("conference", "person").first()


@dataclass(frozen=True)
class Invited:
    """Somebody invited, with the day by which a report is wanted of them, if one is, and its papers."""

    invitation: Invitation
    wanted_by: date | None
    today: date
    held: bool
    papers: tuple[Document, ...] = ()

    @property
    def report(self) -> str:
        """Whether the report came, and in time."""
        came = self.invitation.report_arrived_on
        if came is not None:
            in_time = "" if self.wanted_by is None else ", late" if came > self.wanted_by else ", in time"
            return f"Came {came:%-d %B %Y}{in_time}"
        if not self.invitation.report_wanted:
            return "Not asked for"
        if self.held:
            return "Not recorded as come"
        return "Late: not come yet" if self.wanted_by and self.wanted_by < self.today else "Not come yet"


def invited_to(child: ChildAtConference, today: date) -> list[Invited]:
    """Everybody invited to the child's conference, and how their reports stand."""
    conference = child.conference
    on = conference.held_on or (timezone.localdate(conference.planned_at) if conference.planned_at else None)
    by = report_wanted_by(on, review=child.kind == "review") if on else None
    held, everybody = conference.held_on is not None, list(conference.invitations.all())
    papers = papers_of(everybody, child.person_id)
    return [
        Invited(one, by if one.report_wanted else None, today, held, tuple(papers.get(one.reference, ())))
        for one in everybody
    ]


@dataclass(frozen=True)
class ToCome:
    """A child whose conference is asked for or due: the conference if there is one, and the clock if one runs."""

    person: Person
    child: ChildAtConference | None
    clock: RunningClock | None

    @property
    def kind(self) -> str:
        """The kind of conference that is due or asked for."""
        if self.child is not None:
            return self.child.kind
        rule = self.clock.row.rule if self.clock else ""
        return next((kind for kind, rules in RULES.items() if rule in rules), "initial")


def asked_for(user: User, at: datetime) -> list[ToCome]:
    """The conferences that are asked for and not held yet, of children whom the account may see, soonest first."""
    found = ChildAtConference.objects.filter(
        person__in=readable(user), conference__held_on=None, conference__cancelled_on=None
    ).select_related("person", "conference__chair")
    rows = list(found.order_by(F("conference__planned_at").asc(nulls_first=True), "pk"))
    clocks = {
        (one.person_id, one.rule): one for one in _open_clocks().filter(person__in=[row.person_id for row in rows])
    }
    return [ToCome(row.person, row, _clock(clocks, row, at)) for row in rows]


def _clock(clocks: dict[tuple[int, str], Obligation], row: ChildAtConference, at: datetime) -> RunningClock | None:
    held = [clocks[row.person_id, rule] for rule in RULES.get(row.kind, ()) if (row.person_id, rule) in clocks]
    return RunningClock(held[0], at) if held else None


def due_and_not_asked_for(user: User) -> QuerySet[Obligation]:
    """The clocks of conferences that nobody has asked for, of children whom the account may see, soonest first."""
    waiting = ChildAtConference.objects.filter(conference__held_on=None, conference__cancelled_on=None)
    found = _open_clocks().filter(person__in=readable(user)).exclude(person__in=waiting.values("person"))
    return found.select_related("person").order_by("due_on", "pk")


def _open_clocks() -> QuerySet[Obligation]:
    return Obligation.objects.filter(rule__in=EVERY_RULE, status="open")


def waiting_for(people: Iterable[Person], *, beside: Person) -> dict[int, list[str]]:
    """The conferences asked for already for any of these children but `beside`, by key: the names of those of them it
    is about. The caller has asked whether they may be seen."""
    found = ChildAtConference.objects.filter(
        person__in=[one.pk for one in people], conference__held_on=None, conference__cancelled_on=None
    ).exclude(person=beside)
    names: dict[int, list[str]] = {}
    for one in found.select_related("person").order_by("pk"):
        names.setdefault(one.conference_id, []).append(one.person.full_name)
    return names
