"""Recording that the police took children into protection, and how it ended for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_holders
from casework.common.happened import check_past
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.court.models import PoliceProtection, Taking
from casework.court.policies import check_not_in_police_protection, check_released
from casework.court.queries import beyond_law
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person
from casework.voice.actions import Answer, hear
from casework.voice.models import NotAsked


@dataclass(frozen=True)
class Taken:
    """What is known of the children together: when, by whom, why, whether the parents know."""

    taken_at: datetime
    why: str = ""
    where: str = ""
    officer: str = ""
    force: str = ""
    police_reference: str = ""
    designated_officer: str = ""
    parents_told: bool | None = None
    parents_told_how: str = ""


@dataclass(frozen=True)
class Ended:
    """How it ended, for one child or several."""

    ended_at: datetime
    outcome: str = ""
    what_followed: str = ""


SHARED = ("why", "officer", "force", "police_reference", "designated_officer", "parents_told", "parents_told_how")


@whole
def record_taken(children: Iterable[Person], said: Taken, *, by: User, at: datetime) -> list[PoliceProtection]:
    """The police took these children together: one use of the power, and a part for each. The holders are told."""
    about = sorted(children, key=lambda one: one.pk)
    if not about:
        raise Refused("Choose which children were taken.", "children")
    check_past(said.taken_at, at, "taken_at")
    taking = Taking.objects.create(**{name: getattr(said, name) for name in SHARED}, **stamp(by, at))
    made = [_part(taking, child, said, by, at) for child in about]
    bring_up_to_date(people=[child.pk for child in about], at=at)
    return made


def _part(taking: Taking, child: Person, said: Taken, by: User, at: datetime) -> PoliceProtection:
    check_not_in_police_protection(child, said.taken_at)
    made = PoliceProtection.objects.create(
        taking=taking, person=child, started_on=timezone.localdate(said.taken_at), started_at=said.taken_at,
        where=said.where, **stamp(by, at),
    )  # fmt: skip
    text = f"{by} has recorded that {child.full_name} was taken into police protection"
    tell_holders(child, text, address=f"/police-protection/{made.pk}", by=by, at=at)
    return made


@whole
def change_taken(held: PoliceProtection, said: Taken, *, version: int | None, by: User, at: datetime) -> None:
    """Add to what is known, or put it right. The hour of the taking and the place are this child's own."""
    if said.taken_at != held.started_at:
        if held.ended_on is not None:
            raise Refused("It has ended, so the time cannot be changed here. Put its times right.", "taken_at")
        check_past(said.taken_at, at, "taken_at")
        check_not_in_police_protection(held.person, said.taken_at, held.pk)
        held.started_at, held.started_on = said.taken_at, timezone.localdate(said.taken_at)
    held.where = said.where
    taking = Taking.objects.select_for_update().get(pk=held.taking_id)
    for name in SHARED:
        setattr(taking, name, getattr(said, name))
    save_over(held, version)
    save_over(taking, None)
    bring_up_to_date(people=[held.person_id], at=at)


@whole
def record_child_told(
    held: PoliceProtection, *, child_told: bool | None, answer: Answer, by: User, at: datetime
) -> None:
    """Whether the child was told what happens and why (s46(3)), and what they wished and felt, in their words.

    Asked again, they may say more: what they said before stays with all their words.
    """
    held.child_told = child_told
    if answer.words.strip():
        held.said = None
    hear(
        held.person, answer, held, place=NotAsked.Place.POLICE, said_on=timezone.localdate(at),
        about="Police protection", by=by, at=at,
    )  # fmt: skip


@whole
def record_ended(held: Iterable[PoliceProtection], end: Ended, *, by: User, at: datetime) -> None:
    """Police protection ended for these children at one moment. Holders are told where it was too late."""
    people = []
    for given in sorted(held, key=lambda one: one.pk):
        locked = PoliceProtection.objects.select_for_update(of=("self",)).select_related("person")
        one = locked.get(pk=given.pk)
        check_released(one, end.ended_at, at)
        one.ended_at, one.ended_on, one.ended_recorded_at = end.ended_at, timezone.localdate(end.ended_at), at
        one.outcome, one.what_followed = end.outcome, end.what_followed
        save_over(one, None)
        people.append(one.person_id)
        if beyond_law(one):
            text = f"{one.person.full_name} was in police protection for longer than the law allows"
            tell_holders(one.person, text, address=f"/police-protection/{one.pk}", by=by, at=at)
    bring_up_to_date(people=people, at=at)
