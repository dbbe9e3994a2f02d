"""Meetings of a child and the clocks that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.allocation.models import Allocation
from casework.child_protection.inviting import Asked
from casework.child_protection.models import Invitation
from casework.child_protection.queries.suggestions import who_knows
from casework.deadlines.queries import RunningClock, clocks_of
from casework.meetings import law
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.people.models import Person
from casework.people.reading import readable

TEN = time(10, 0)


def child_at_meeting(user: User, pk: int) -> ChildAtMeeting | None:
    """A child's part of a meeting, when the child's record is one that the account may open."""
    found = ChildAtMeeting.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related(
        "person", "meeting__chair", "protection_plan", "need_plan", "written_by", "agreed_by"
    ).first()


def together_at(child: ChildAtMeeting, user: User) -> list[ChildAtMeeting]:
    """Every child of the same meeting whom the account may see, this one too, oldest first."""
    found = ChildAtMeeting.objects.filter(meeting=child.meeting_id, person__in=readable(user))
    return list(found.select_related("person", "meeting").order_by("person__born_on", "pk"))


def to_come(person: Person, kind: str) -> ChildAtMeeting | None:
    """The child's part of the meeting of that kind that is arranged."""
    waiting = person.meetings.filter(meeting__kind=kind, meeting__held_on=None, meeting__cancelled_on=None)
    found: ChildAtMeeting | None = waiting.select_related("meeting").first()
    return found


def meetings_of(person: Person) -> list[ChildAtMeeting]:
    """Every meeting that is about the child: what is to come first, then the latest. One question."""
    found = ChildAtMeeting.objects.filter(person=person).select_related("person", "meeting__chair")
    return sorted(found, key=_order)


def _order(child: ChildAtMeeting) -> tuple[bool, int, int]:
    meeting = child.meeting
    on = meeting.held_on or meeting.cancelled_on
    return not meeting.to_come, -on.toordinal() if on else 0, -child.pk


def clock_of(child: ChildAtMeeting, *, at: datetime) -> RunningClock | None:
    """The clock that this meeting answers, or answered; None where no rule gives one."""
    clocks = clocks_for(child.person, child.meeting.kind, at=at)
    if child.meeting.held_on is not None:
        return next((one for one in clocks if one.row.satisfied_row_id == child.reference), None)
    return next((one for one in clocks if not one.stopped), None)


def clocks_for(person: Person, kind: str, *, at: datetime) -> list[RunningClock]:
    """The clocks of that kind of meeting on the child's record, running ones first."""
    rules = law.rules_of(kind)
    return [one for one in clocks_of(person, at=at) if one.row.rule in rules]


@dataclass(frozen=True)
class Before:
    """What a new meeting starts from: the one before it of the same kind, and who belongs to the group."""

    meeting: Meeting | None
    members: list[Asked]


def before(kind: str, people: list[Person], user: User) -> Before:
    """The last meeting of that kind of any of these children, with its members; else those who were asked to the last
    conference, else those who are known to work with the children."""
    keys = [one.pk for one in people]
    last = Meeting.objects.filter(kind=kind, children__person__in=keys).exclude(held_on=None)
    found = last.order_by("-held_on", "-pk").first()
    if found is not None and (members := _asked(found.members.all())):
        return Before(found, members)
    invited = Invitation.objects.filter(conference__children__person__in=keys).exclude(conference__held_on=None)
    latest = invited.order_by("-conference__held_on", "-conference").values_list("conference", flat=True).first()
    if latest is not None:
        return Before(found, _asked(Invitation.objects.filter(conference=latest)))
    known = {(one.agency, one.name.casefold()): one for one in who_knows(keys, user, [])}
    return Before(found, list(known.values()))


def members_of(meeting: Meeting) -> list[Asked]:
    """Those who belong to the group of a meeting."""
    return _asked(meeting.members.all())


def _asked(rows: QuerySet[Any]) -> list[Asked]:
    return [Asked(one.agency, one.name, one.role) for one in rows]


def who_may_chair(person: Person, *also: int | None) -> QuerySet[Worker]:
    """The workers of the teams that hold the child, and those whose keys are given, by name."""
    teams = Allocation.objects.filter(person=person, ended_on=None).exclude(team=None).values("team")
    return Worker.objects.filter(Q(team__in=teams, left_on=None) | Q(pk__in=[key for key in also if key])).order_by(
        "name"
    )


def manager_of(person: Person) -> int | None:
    """The key of the account of the manager of the team that holds the child."""
    held = Allocation.objects.filter(person=person, ended_on=None).exclude(team__manager=None)
    found = held.select_related("team__manager__account").first()
    account = found.team.managers_account if found and found.team else None
    return account.pk if account else None


def proposed(kind: str, held_on: date, planned_at: datetime | None) -> datetime | None:
    """A time for the next one: the last working day that is in time, at the hour of this one; None without a rule."""
    by = law.next_by(kind, held_on)
    return None if by is None else _at_that_hour(law.a_day_for(by), planned_at)


def at_ten(on: date) -> datetime:
    """Ten o'clock of that day."""
    return _at_that_hour(on, None)


def _at_that_hour(on: date, planned_at: datetime | None) -> datetime:
    hour = timezone.localtime(planned_at).time() if planned_at else TEN
    return timezone.make_aware(datetime.combine(on, hour))
