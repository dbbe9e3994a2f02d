"""Arranging a core group or review, putting it off, and calling it off. The clock that waits for it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_workers, worker_of
from casework.child_protection.inviting import Asked
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import moment
from casework.common.whole import whole
from casework.meetings import policies
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.meetings.plans import plans_of_all, tied
from casework.people.models import Person


@whole
def arrange(
    kind: str, people: Sequence[Person], *, planned_at: datetime, place: str, chair: Worker | None,
    members: Iterable[Asked], by: User, at: datetime, follows: Meeting | None = None,
) -> Meeting:  # fmt: skip
    """A meeting for children who have a plan of that kind. Their workers are told."""
    if not people:
        raise Refused("Choose at least one child.", "children")
    if planned_at < at:
        raise Refused("Choose a time that is still to come. If it has been held, record it as held.", "planned_at")
    policies.check_none_to_come(kind, people)
    plans = plans_of_all(kind, people, timezone.localdate(at))
    made = Meeting.objects.create(
        kind=kind, planned_at=planned_at, place=place, chair=chair, follows=follows, **stamp(by, at)
    )
    for person in people:
        ChildAtMeeting.objects.create(meeting=made, person=person, **tied(kind, plans[person.pk]), **stamp(by, at))
    add_members(made, members, by=by, at=at)
    _tell(made, f"is arranged for {moment(planned_at)}", by, at)
    return made


def add_members(meeting: Meeting, members: Iterable[Asked], *, by: User, at: datetime) -> None:
    """These belong to the group, those who do already apart. In the transaction of the action that asks for it."""
    there = {(one.agency, one.name.casefold()) for one in meeting.members.all()}
    for one in members:
        if (one.agency, one.name.casefold()) not in there:
            there.add((one.agency, one.name.casefold()))
            meeting.members.create(agency=one.agency, name=one.name, role=one.role, **stamp(by, at))


@whole
def change(
    meeting: Meeting, *, planned_at: datetime | None, place: str, chair: Worker | None, members: Iterable[Asked],
    version: int | None, by: User, at: datetime,
) -> None:  # fmt: skip
    """The place, the chair and who else is to come; the time too, where none is set. Another time wants a reason:
    `put_off`."""
    meeting = to_come_now(meeting)
    new_time = planned_at if meeting.planned_at is None else None
    if new_time is not None and new_time < at:
        raise Refused("Choose a time that is still to come. If it has been held, record it as held.", "planned_at")
    meeting.planned_at, meeting.place, meeting.chair = new_time or meeting.planned_at, place, chair
    save_over(meeting, version)
    add_members(meeting, members, by=by, at=at)
    if new_time is not None:
        _tell(meeting, f"is now arranged for {moment(new_time)}", by, at)


@whole
def put_off(meeting: Meeting, *, because: str, planned_at: datetime | None, by: User, at: datetime) -> None:
    """It is put off, to another time or to one still to be found. What was arranged, and why it fell, is kept."""
    meeting = to_come_now(meeting)
    _check_why(because)
    if planned_at is not None and planned_at < at:
        raise Refused("Choose a time that is still to come.", "planned_at")
    meeting.put_off.create(was_planned_at=meeting.planned_at, because=because, **stamp(by, at))
    meeting.planned_at = planned_at
    save_over(meeting, None)
    _tell(meeting, f"is put off to {moment(planned_at)}" if planned_at else "is put off", by, at)


@whole
def cancel(meeting: Meeting, *, because: str, by: User, at: datetime) -> None:
    """It will not be held. The clock that waits for one goes on."""
    meeting = to_come_now(meeting)
    _check_why(because)
    meeting.cancelled_on, meeting.cancelled_because = timezone.localdate(at), because
    save_over(meeting, None)
    _tell(meeting, "is cancelled", by, at)


def to_come_now(meeting: Meeting) -> Meeting:
    """The meeting as it is now, which nobody else changes meanwhile. Refused where it is held or cancelled."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("chair").get(pk=meeting.pk)
    policies.check_to_come(found)
    return found


def _check_why(because: str) -> None:
    if not because.strip():
        raise Refused("Say why.", "because")


def _tell(meeting: Meeting, what: str, by: User, at: datetime) -> None:
    """The worker who holds each child's case, and the chair."""
    for child in meeting.children.select_related("person"):
        address = reverse("meeting", args=[child.pk])
        text = f"The {meeting.get_kind_display().lower()} for {child.person.full_name} {what}."
        tell_workers(child.person, (worker_of(child.person), meeting.chair), text, address=address, by=by, at=at)
