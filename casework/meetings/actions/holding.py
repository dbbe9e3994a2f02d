"""Recording a core group or review: who was there, what it came to for each child, and when the next one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.accounts.stamps import save_over, stamp
from casework.child_protection.inviting import Asked
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.meetings import policies
from casework.meetings.actions.arranging import add_members, arrange, to_come_now
from casework.meetings.actions.ending import ask_a_manager
from casework.meetings.actions.progress import note_progress
from casework.meetings.models import ChildAtMeeting, Meeting, Member
from casework.meetings.plans import Plan, plans_of_all, plans_on, tied
from casework.people.models import Person
from casework.planning.actions.progress import Said
from casework.voice.actions import say_why_not_asked
from casework.voice.models import NotAsked
from casework.voice.why import Why

WRITTEN = ("minutes", "decisions", "parents_said")
OF_A_CHILD = (
    "childs_words", "what_changed", "safety", "safety_because", "recommendation", "recommendation_because",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What the meeting came to for one child. `progress`: how each action of the plan goes, by the action's key."""

    what_changed: str
    childs_words: str = ""
    why_not_asked: Why | None = None
    safety: str = ""
    safety_because: str = ""
    recommendation: str = ""
    recommendation_because: str = ""
    progress: Mapping[int, Said] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """How a meeting went. `attended`: everybody who belongs to the group, and how each took part. `manager`: who is
    asked to agree where a plan is to end."""

    held_on: date
    attended: Mapping[Asked, str]
    minutes: str = ""
    decisions: str = ""
    parents_said: str = ""
    chair: Worker | None = None
    next_at: datetime | None = None
    next_place: str = ""
    manager: User | None = None


@whole
def hold(
    kind: str, parts: Mapping[Person, Part], held: Held, *, meeting: Meeting | None = None, by: User, at: datetime
) -> Meeting:
    """The meeting was held: the one that was arranged, or one that nobody had arranged here. Each child has a part."""
    people = list(parts)
    plans = _check(kind, people, held, meeting, at)
    _check_parts(kind, parts, held)
    meeting = to_come_now(meeting) if meeting else Meeting.objects.create(kind=kind, **stamp(by, at))
    for name in ("held_on", "chair", *WRITTEN):
        setattr(meeting, name, getattr(held, name))
    meeting.held_recorded_at = at
    save_over(meeting, None)
    add_members(meeting, held.attended, by=by, at=at)
    _note_who_came(meeting, held.attended)
    for person, part in parts.items():
        child, _ = ChildAtMeeting.objects.get_or_create(
            meeting=meeting, person=person, defaults={**tied(kind, plans[person.pk]), **stamp(by, at)}
        )
        _write(child, part, by=by, at=at)
        note_progress(child, part.progress, by=by, at=at)
        if part.recommendation in policies.ENDS_THE_PLAN and held.manager is not None:
            ask_a_manager(child, of=held.manager, by=by, at=at)
    _arrange_the_next(meeting, people, held, by=by, at=at)
    bring_up_to_date(people=[one.pk for one in people], at=at)
    return meeting


def _check(
    kind: str, people: Sequence[Person], held: Held, meeting: Meeting | None, at: datetime
) -> Mapping[int, Plan]:
    if not people:
        raise Refused("Choose at least one child.", "children")
    check_day(held.held_on, timezone.localdate(at), "held_on")
    if Member.TookPart.CAME not in held.attended.values():
        raise Refused("Say who came. If nobody did, it was not held: put it off, or cancel it.")
    if held.next_at is not None and timezone.localdate(held.next_at) <= held.held_on:
        raise Refused("The next one is later than this one.", "next_at")
    if held.next_at is not None and held.next_at < at:
        raise Refused("Choose a time for the next one that is still to come, or leave it empty.", "next_at")
    policies.check_not_recorded(kind, people, held.held_on, meeting)
    return plans_of_all(kind, people, held.held_on)


def _check_parts(kind: str, parts: Mapping[Person, Part], held: Held) -> None:
    for person, part in parts.items():
        policies.check_recommends(kind, part.recommendation, part.recommendation_because, f"_{person.pk}")
        if part.recommendation in policies.ENDS_THE_PLAN and held.manager is None:
            raise Refused("Choose the manager who is to agree that the plan ends.", "manager")


def _note_who_came(meeting: Meeting, attended: Mapping[Asked, str]) -> None:
    said = {(one.agency, one.name.casefold()): how for one, how in attended.items()}
    for member in Member.objects.filter(meeting=meeting):
        member.took_part = said.get((member.agency, member.name.casefold()), Member.TookPart.ABSENT)
        save_over(member, None)


def _arrange_the_next(meeting: Meeting, people: Sequence[Person], held: Held, *, by: User, at: datetime) -> None:
    """For those whose plan goes on, with the same people."""
    if held.next_at is None:
        return
    going_on = plans_on(meeting.kind, people, timezone.localdate(at))
    going_on_together = [one for one in people if one.pk in going_on]
    if not going_on_together:
        raise Refused("No plan goes on, so no next one is wanted: leave it empty.", "next_at")
    arrange(
        meeting.kind, going_on_together, planned_at=held.next_at, place=held.next_place,
        chair=meeting.chair, members=held.attended, by=by, at=at, follows=meeting,
    )  # fmt: skip


@whole
def write_part(child: ChildAtMeeting, part: Part, *, version: int | None, by: User, at: datetime) -> None:
    """The child's part of a meeting that was held: written later, or put right."""
    if child.meeting.held_on is None:
        raise Refused("Record first that the meeting was held.")
    policies.check_recommends(child.meeting.kind, part.recommendation, part.recommendation_because)
    policies.check_may_change(child, part.recommendation)
    _write(child, part, version=version, by=by, at=at)
    bring_up_to_date(people=[child.person_id], at=at)


@whole
def change_record(
    meeting: Meeting, *, minutes: str, decisions: str, parents_said: str, version: int | None, by: User, at: datetime
) -> None:
    """The minutes, decisions and the parents' words of a meeting that was held, put right."""
    if meeting.held_on is None:
        raise Refused("Record first that the meeting was held.")
    meeting.minutes, meeting.decisions, meeting.parents_said = minutes, decisions, parents_said
    save_over(meeting, version)


def _write(child: ChildAtMeeting, part: Part, *, version: int | None = None, by: User, at: datetime) -> None:
    for name in OF_A_CHILD:
        setattr(child, name, getattr(part, name))
    if not child.written:
        child.written, child.written_at, child.written_by = True, at, by.worker
    save_over(child, version)
    say_why_not_asked(
        child.person, NotAsked.Place.MEETING, child.pk, part.why_not_asked, words=part.childs_words,
        on=child.meeting.held_on or timezone.localdate(at), by=by, at=at,
    )  # fmt: skip
