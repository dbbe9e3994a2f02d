"""What may be done with a core group or review now. `check_…` raises Refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.people.models import Person


def check_to_come(meeting: Meeting) -> None:
    """Whether a meeting is still to be held."""
    name = meeting.get_kind_display().lower()
    if meeting.held_on is not None:
        raise Refused(f"This {name} was held on {day(meeting.held_on)}.")
    if meeting.cancelled_on is not None:
        raise Refused(f"This {name} was cancelled on {day(meeting.cancelled_on)}. Arrange another.")


def check_none_to_come(kind: str, people: Iterable[Person]) -> None:
    """Whether none of these children waits for a meeting of that kind already."""
    waiting = ChildAtMeeting.objects.filter(
        person__in=[one.pk for one in people], meeting__kind=kind, meeting__held_on=None, meeting__cancelled_on=None
    )
    found = waiting.select_related("person").first()
    if found is not None:
        raise Refused(f"One is arranged already for {found.person.full_name}. Change that one, or record it as held.")


def check_not_recorded(kind: str, people: Iterable[Person], held_on: date, apart_from: Meeting | None) -> None:
    """Whether no other meeting of that kind and day is recorded for any of these children."""
    same = ChildAtMeeting.objects.filter(
        person__in=[one.pk for one in people], meeting__kind=kind, meeting__held_on=held_on
    ).exclude(meeting=apart_from)
    found = same.select_related("person").first()
    if found is not None:
        raise Refused(f"It is recorded already for {found.person.full_name} on {day(held_on)}.", "held_on")


def prompts_of(child: ChildAtMeeting) -> list[str]:
    """What a good record of it would also have. Shown quietly; never in the way."""
    found, meeting = [], child.meeting
    if not child.childs_words.strip():
        found.append(f"What {child.person.full_name} said is not there yet.")
    if not meeting.parents_said.strip():
        found.append("What the parents said is not there yet.")
    if not meeting.decisions.strip():
        found.append("What was decided is not there yet.")
    if child.safety and child.safety != ChildAtMeeting.Safety.ENOUGH and not child.safety_because.strip():
        found.append("It does not say what would have to change.")
    return found
