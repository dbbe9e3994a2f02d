"""Arranging a conference, inviting to it, holding it, and calling it off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_workers, worker_of
from casework.child_protection import policies
from casework.child_protection.inviting import Asked
from casework.child_protection.models import ChildAtConference, Conference, Invitation
from casework.child_protection.protocol import quorum_of
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day, moment
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.documents.actions import attach_to_another
from casework.tasks.actions import answer
from casework.tasks.models import Task
from casework.voice.actions import say_why_not_asked
from casework.voice.models import NotAsked
from casework.voice.why import Why


@whole
def arrange(
    conference: Conference, *, planned_at: datetime, place: str, chair: Worker | None, version: int | None, by: User,
    at: datetime,
) -> None:  # fmt: skip
    """The day, the place and the chair. The children's workers are told."""
    policies.check_to_come(conference)
    if planned_at < at:
        raise Refused("Choose a time that is still to come. If it has been held, record it as held.", "planned_at")
    conference.planned_at, conference.place, conference.chair = planned_at, place, chair
    save_over(conference, version)
    _has_come_about(conference, f"It is planned for {moment(planned_at)}.", by=by, at=at)
    _tell_workers(conference, f"is planned for {timezone.localtime(planned_at):%-d %B %Y at %-H:%M}", by, at)


@whole
def invite(conference: Conference, people: Iterable[Asked], *, by: User, at: datetime) -> list[Invitation]:
    """Ask these to the conference. Those who are asked already are not asked twice."""
    policies.check_to_come(conference)
    there = {(one.agency, one.name.casefold()) for one in conference.invitations.all()}
    chosen = [one for one in people if (one.agency, one.name.casefold()) not in there]
    if not chosen:
        raise Refused("Choose somebody who is not invited yet.", "suggested")
    return [
        Invitation.objects.create(
            conference=conference, agency=one.agency, name=one.name, role=one.role, report_wanted=one.report_wanted,
            **stamp(by, at),
        )
        for one in chosen
    ]  # fmt: skip


@whole
def take_off(invitation: Invitation) -> None:
    """They are not invited after all. Refused once their report has come, and once the conference was held."""
    _to_come_now(invitation.conference)
    if invitation.report_arrived_on is not None:
        raise Refused(f"The report of {invitation.name} has come. Leave them on the list; who came is said later.")
    invitation.delete()


@whole
def adjourn(
    conference: Conference, *, because: str, planned_at: datetime | None = None, only: Collection[int] = (), by: User,
    at: datetime,
) -> None:  # fmt: skip
    """It is put off to another day, or to a day still to be found. What was planned and why it fell is kept. With
    `only`, keys of children's parts, it is put off for those and goes on for the others.
    """
    conference = _part_of(_to_come_now(conference), only, by, at)
    if not because.strip():
        raise Refused("Say why it is put off.", "because")
    if planned_at is not None and planned_at < at:
        raise Refused("Choose a time that is still to come.", "planned_at")
    conference.adjournments.create(was_planned_at=conference.planned_at, because=because, **stamp(by, at))
    conference.planned_at = planned_at
    save_over(conference, None)
    _tell_workers(conference, "is put off", by, at)


@whole
def cancel(conference: Conference, *, because: str, only: Collection[int] = (), by: User, at: datetime) -> None:
    """It will not be held, or not about `only` those children. The clocks that wait for it go on."""
    conference = _part_of(_to_come_now(conference), only, by, at)
    if not because.strip():
        raise Refused("Say why it is cancelled.", "because")
    conference.cancelled_on, conference.cancelled_because = timezone.localdate(at), because
    save_over(conference, None)
    _tell_workers(conference, "is cancelled", by, at)
    bring_up_to_date(people=_people(conference), at=at)


@dataclass(frozen=True)
class Meeting:
    """How a conference went. `attended`: how each of those invited took part, by the key of the invitation."""

    held_on: date
    attended: Mapping[int, str]
    parents_views: str = ""
    how_parents_were_heard: str = ""
    discussion: str = ""
    why_without_quorum: str = ""


@whole
def hold(conference: Conference, meeting: Meeting, *, by: User, at: datetime) -> Conference:
    """The conference was held. Refused without a quorum, unless the chair says why it was better to go on."""
    conference = _to_come_now(conference)
    policies.check_may_chair(by)
    check_day(meeting.held_on, timezone.localdate(at), "held_on", earliest(conference))
    for one in conference.invitations.all():
        one.attended = meeting.attended.get(one.pk, "")
        save_over(one, None)
    conference.held_on, conference.held_recorded_at = meeting.held_on, at
    check_quorum(conference, meeting.why_without_quorum)
    for name in ("parents_views", "how_parents_were_heard", "discussion"):
        setattr(conference, name, getattr(meeting, name))
    conference.chair = conference.chair or by.worker
    save_over(conference, None)
    _has_come_about(conference, f"The conference was held on {day(meeting.held_on)}.", by=by, at=at)
    bring_up_to_date(people=_people(conference), at=at)
    return conference


def _has_come_about(conference: Conference, came: str, *, by: User, at: datetime) -> None:
    """The tasks to bring each child to it are done."""
    for child in conference.children.select_related("person"):
        answer(child.person, Task.AnsweredBy.CONFERENCE, came=came, by=by, at=at)


def check_quorum(conference: Conference, why_without: str) -> None:
    """Say whether those who came are enough. Refused where they are not and nobody says why it went on."""
    quorum = quorum_of(conference.invitations.all())
    if not quorum.met and not why_without.strip():
        raise Refused(
            f"It was not quorate: {quorum.lacks} Put it off to another day, or say why it was better to go on.",
            "why_without_quorum",
        )
    conference.quorate, conference.why_without_quorum = quorum.met, "" if quorum.met else why_without


@whole
def record_views(
    child: ChildAtConference, *, participation: str, childs_views: str, how_child_was_heard: str,
    version: int | None, by: User, at: datetime, why_not_asked: Why | None = None,
) -> None:  # fmt: skip
    """What the child thinks and how the conference heard it, or why they were not asked; how they took part."""
    child.participation, child.childs_views = participation, childs_views
    child.how_child_was_heard = how_child_was_heard
    save_over(child, version)
    say_why_not_asked(
        child.person, NotAsked.Place.CONFERENCE, child.pk, why_not_asked, words=childs_views,
        on=child.conference.held_on or timezone.localdate(at), by=by, at=at,
    )  # fmt: skip
    bring_up_to_date(people=[child.person_id], at=at)


def _to_come_now(conference: Conference) -> Conference:
    """The conference as it is now, which nobody else changes meanwhile. Refused where it is held or cancelled."""
    found = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    policies.check_to_come(found)
    return found


def _part_of(conference: Conference, only: Collection[int], by: User, at: datetime) -> Conference:
    """The conference itself where it is about these children alone; otherwise one of their own, with its day, place,
    chair, those invited and their reports, to which they are moved.
    """
    chosen = conference.children.filter(pk__in=only)
    if not only or chosen.count() == conference.children.count():
        return conference
    own = Conference.objects.create(
        planned_at=conference.planned_at, place=conference.place, chair=conference.chair, **stamp(by, at)
    )
    invited = list(conference.invitations.all())
    asked = [Asked(one.agency, one.name, one.role, one.report_wanted) for one in invited]
    for one, again in zip(invited, invite(own, asked, by=by, at=at) if asked else (), strict=True):
        again.report_arrived_on = one.report_arrived_on
        save_over(again, None)
        attach_to_another(one.reference, now=again.reference, people=chosen.values_list("person", flat=True))
    for child in chosen:
        child.conference = own
        save_over(child, None)
    return own


def earliest(conference: Conference) -> date | None:
    """A conference is not held before it was asked for."""
    days = [one.requested_on for one in conference.children.all() if one.requested_on]
    return max(days, default=None)


def _people(conference: Conference) -> list[int]:
    return sorted(conference.children.values_list("person", flat=True))


def _tell_workers(conference: Conference, what: str, by: User, at: datetime) -> None:
    """The worker who holds each child's case, unless it is the one who did it."""
    for child in conference.children.select_related("person"):
        text, address = f"The conference for {child.person.full_name} {what}.", reverse("conference", args=[child.pk])
        tell_workers(child.person, [worker_of(child.person)], text, address=address, by=by, at=at)
