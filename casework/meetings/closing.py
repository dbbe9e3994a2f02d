"""A core group or review that is booked when a child's case closes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from casework.common.templatetags.golden_thread import moment
from casework.front_door.closing import Ending, Open
from casework.meetings.actions.arranging import cancel
from casework.meetings.models import ChildAtMeeting
from casework.people.models import Person


def meetings_booked(person: Person) -> Iterator[Open]:
    """Those to come. One that is about brothers and sisters too goes on for them, and is not in the way."""
    to_come = ChildAtMeeting.objects.filter(person=person, meeting__held_on=None, meeting__cancelled_on=None)
    for child in to_come.select_related("meeting").order_by("pk"):
        if not child.meeting.children.exclude(pk=child.pk).exists():
            when = f" planned for {moment(child.meeting.planned_at)}" if child.meeting.planned_at else ""
            words = f"{child.meeting.get_kind_display().lower()}{when}"
            yield Open(words, reverse("meeting", args=[child.pk]), partial(_cancel, child))


def _cancel(child: ChildAtMeeting, ending: Ending) -> None:
    cancel(child.meeting, because=f"The case closed: {ending.because}", by=ending.by, at=ending.at)
