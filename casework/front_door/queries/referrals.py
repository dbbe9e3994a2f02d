"""Referrals that wait for a next step, and one referral with everything that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import F

from casework.accounts.models import Team, User
from casework.allocation.models import Allocation
from casework.common.refused import Refused
from casework.front_door.clocks import ACKNOWLEDGE_RULE, REFERRAL_RULE, REFERRAL_RULES, Face, faces, start_of
from casework.front_door.models import NextStep, Referral, Told
from casework.front_door.policies import check_may_close
from casework.front_door.queries.board import A_PAGE, age_in_words
from casework.front_door.reading import visible_referrals
from casework.front_door.rereferrals import rereferrals


@dataclass(frozen=True)
class ReferralRow:
    """A referral that waits for its next step."""

    referral: Referral
    age: str
    faces: list[Face]
    follows: Referral | None


@dataclass(frozen=True)
class ReferralsWaiting:
    """A page of them."""

    rows: list[ReferralRow]
    page: Page[Referral]


def referrals_waiting(user: User, *, at: datetime, today: date, page: str) -> ReferralsWaiting:
    """Open referrals that the account may see with no next step yet, soonest due first."""
    found = visible_referrals(user).filter(decided_on=None, closed_on=None).select_related("person", "team")
    ordered = found.order_by("received_on", F("received_at").asc(nulls_last=True), "pk")
    shown = Paginator(ordered, A_PAGE).get_page(page)
    referrals = list(shown.object_list)
    by_child = _all_of(referrals)
    rows = [
        ReferralRow(one, age_in_words(one.person, today), referral_faces(one, at), followed_by(one, by_child))
        for one in referrals
    ]
    return ReferralsWaiting(rows, shown)


def _all_of(referrals: list[Referral]) -> dict[int, list[Referral]]:
    """Every referral of each of those children."""
    found: dict[int, list[Referral]] = {}
    for one in Referral.objects.filter(person__in={one.person_id for one in referrals}):
        found.setdefault(one.person_id, []).append(one)
    return found


def followed_by(referral: Referral, by_child: dict[int, list[Referral]]) -> Referral | None:
    """The earlier referral that this one follows within the window; None where it is no re-referral."""
    all_of_child = by_child.get(referral.person_id, [])
    if referral.pk not in rereferrals(all_of_child):
        return None
    return max((one for one in all_of_child if one.received_on < referral.received_on), key=lambda one: one.received_on)


def referral_faces(referral: Referral, at: datetime) -> list[Face]:
    """The clocks of a referral: its decision and its acknowledgement, each stopped when it was answered."""
    told = start_of(referral.acknowledged_on) if referral.acknowledged_on else None
    decided = referral.decided_at or (start_of(referral.decided_on) if referral.decided_on else None)
    return faces(referral, REFERRAL_RULES, at, {REFERRAL_RULE: decided, ACKNOWLEDGE_RULE: told})


@dataclass(frozen=True)
class ReferralPage:
    """Everything the page of a referral shows."""

    referral: Referral
    age: str
    faces: list[Face]
    follows: Referral | None
    steps: list[NextStep]
    told: list[Told]
    allocation: Allocation | None
    siblings: list[Referral]
    cannot_close: str


def referral_page(referral: Referral, user: User, *, at: datetime, today: date) -> ReferralPage:
    """The referral as its page shows it."""
    told = Told.objects.filter(referral=referral) | Told.objects.filter(contact_child__referrals=referral)
    return ReferralPage(
        referral=referral,
        age=age_in_words(referral.person, today),
        faces=referral_faces(referral, at),
        follows=followed_by(referral, _all_of([referral])),
        steps=list(referral.next_steps.select_related("recorded_by").order_by("-made_at", "-pk")),
        told=list(told.distinct().select_related("recorded_by")),
        allocation=Allocation.objects.filter(person=referral.person, ended_on=None)
        .select_related("team", "worker")
        .first(),
        siblings=made_with(referral, user),
        cannot_close=_cannot_close(referral, today),
    )


def made_with(referral: Referral, user: User) -> list[Referral]:
    """The other open referrals that came in the same contact and that the account may see."""
    if referral.contact is None:
        return []
    same = visible_referrals(user).filter(contact__contact=referral.contact.contact_id).exclude(pk=referral.pk)
    return list(same.select_related("person").order_by("pk"))


def _cannot_close(referral: Referral, today: date) -> str:
    """Why the referral cannot be closed today, in a sentence; empty when it can."""
    try:
        check_may_close(referral, reason="", on=today, today=today)
    except Refused as refused:
        return refused.message
    return ""


def teams_that_take() -> list[Team]:
    """Teams that a referral may be given to."""
    stages = (Team.Stage.ASSESSMENT, Team.Stage.SAFEGUARDING, Team.Stage.LOOKED_AFTER, Team.Stage.FRONT_DOOR)
    return list(Team.objects.filter(stage__in=stages))
