"""Versions of plans and what is in them, for the people who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from casework.accounts.models import User, Worker
from casework.allocation.queries import open_allocation
from casework.common.sql import Holds
from casework.common.templatetags.golden_thread import day
from casework.people.family import family_of
from casework.people.models import Person
from casework.people.reading import readable
from casework.planning.models import (
    ActionWording,
    NeedWording,
    OutcomeWording,
    PlanVersion,
    WordsHeard,
)
from casework.planning.plans import Plan
from casework.voice.last_words import ALONE, LastSaid, words_of
from casework.voice.models import CameOf, NotAsked
from casework.voice.why import why_not_asked

BOTH = ("need_plan__person", "protection_plan__person")
OF_A_PLAN = ~Q(need_plan=None, protection_plan=None)


def version_for(user: User, pk: int) -> PlanVersion | None:
    """A version of a plan, when the child's record is one that the account may open."""
    return _versions(user).filter(OF_A_PLAN, pk=pk).first()


def version_or_left_draft_for(user: User, pk: int) -> PlanVersion | None:
    """The same, or a draft of a plan that was not made."""
    return _versions(user).filter(pk=pk).first()


def left_drafts(person: Person) -> QuerySet[PlanVersion]:
    """The child's drafts of plans that were not made, the latest first."""
    return person.plan_versions.exclude(OF_A_PLAN).select_related("recorded_by").order_by("-pk")


def _versions(user: User) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(person__in=readable(user)).select_related("person", "recorded_by", *BOTH)


def need_for(user: User, pk: int) -> NeedWording | None:
    """A need as a version puts it."""
    return _part(NeedWording.objects.select_related("need"), user, pk)


def outcome_for(user: User, pk: int) -> OutcomeWording | None:
    """An outcome as a version puts it."""
    return _part(OutcomeWording.objects.select_related("outcome"), user, pk)


def action_for(user: User, pk: int) -> ActionWording | None:
    """An action as a version puts it."""
    return _part(ActionWording.objects.select_related("action", "owner_worker", "owner_person"), user, pk)


Part = TypeVar("Part", NeedWording, OutcomeWording, ActionWording)


def _part(found: QuerySet[Part], user: User, pk: int) -> Part | None:
    tied = [f"plan_version__{name}" for name in ("person", *BOTH)]
    its = {"plan_version__in": PlanVersion.objects.filter(OF_A_PLAN, person__in=readable(user))}
    return found.filter(pk=pk, **its).select_related(*tied).first()


def workers_on(person: Person, user: User) -> list[Worker]:
    """Who of the authority may be given an action: the one who asks, and those who hold the case."""
    held = open_allocation(person)
    there = (user.worker, held.worker if held else None, held.co_worker if held else None)
    return list({one.pk: one for one in there if one is not None}.values())


def family_on(person: Person, user: User) -> list[Person]:
    """Who of the family may be given an action: grown-ups on the record whom the account may know of."""
    grown_up = [one.person for one in family_of(person, user).relatives if not one.person.is_child]
    return list({one.pk: one for one in grown_up if one.died_on is None}.values())


def like_what(plan: Plan, user: User) -> list[tuple[PlanVersion, str]]:
    """Versions that a new one may be written like: the child’s own last, brothers’ and sisters’, and what was drafted
    for the child of plans that were not made."""
    siblings = [one.person.pk for one in family_of(plan.person, user).siblings if one.may_open]
    found = PlanVersion.objects.filter(person__in=[plan.person.pk, *siblings]).exclude(in_force_from=None)
    rows = found.select_related("person").order_by("in_force_from", "pk")
    latest = {one.person_id: one for one in rows}
    own = latest.pop(plan.person.pk, None)
    return [
        *([(own, f"{own.person.full_name}’s plan as it is now")] if own else []),
        *((one, f"The plan of {one.person.full_name}") for one in latest.values()),
        *(
            (one, f"The draft of {day(one.drawn_up_on)}, of a plan that was not made")
            for one in left_drafts(plan.person)
        ),
    ]


def still_to_do(*whose: Holds) -> QuerySet[ActionWording]:
    """The actions still to be done of plans that run, as they now stand, soonest first; `whose` says of which."""
    return ActionWording.objects.filter(
        *whose, plan_version__replaced_on=None, plan_version__in_force_from__isnull=False, action__done_on=None,
        action__not_done_because="",
    ).select_related("plan_version", "owner_worker", "owner_person").order_by("by_when", "place", "pk")  # fmt: skip


def by_child(found: Iterable[ActionWording]) -> dict[int, list[ActionWording]]:
    """Actions by the child's key, in their order."""
    by_key: dict[int, list[ActionWording]] = {}
    for one in found:
        by_key.setdefault(one.plan_version.person_id, []).append(one)
    return by_key


def put_as(actions: Iterable[int]) -> dict[int, str]:
    """How the plan puts each of these actions now, by the action's key."""
    wordings = ActionWording.objects.filter(action__in=list(actions))
    return dict(wordings.order_by("plan_version__number").values_list("action", "what"))


def words_not_taken_up(version: PlanVersion) -> list[LastSaid]:
    """What the child said anywhere since this version came into force that none takes up: the latest first."""
    heard = WordsHeard.objects.filter(plan_version__person=version.person_id).values_list("said", "place", "row")
    taken_up = {(ALONE, said) if said else (place, row) for said, place, row in heard}
    since = version.in_force_from
    found = words_of(version.person_id)
    said = (one for one in found if one.place != CameOf.Place.PLAN and one.key not in taken_up)
    return [one for one in said if since is None or one.on > since][:10]


def why_there_are_no_words(version: PlanVersion) -> NotAsked | None:
    """Why the version does not say what the child thinks, where it does not and a reason is given."""
    return None if version.childs_view else why_not_asked(NotAsked.Place.PLAN, version.pk)
