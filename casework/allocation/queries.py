"""Who holds whose case, for the people who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from casework.accounts.models import Team, User, Worker
from casework.allocation.models import Allocation, Handover, Override
from casework.people.models import Person
from casework.people.reading import readable


@dataclass(frozen=True)
class Caseload:
    """A worker and how many children they hold."""

    worker: Worker
    children: int


def open_allocation(person: Person) -> Allocation | None:
    """Who holds the case now."""
    return person.allocations.filter(ended_on=None).select_related("team", "worker", "co_worker", "handover").first()


def holder(person: str = "person") -> Combinable:
    """Who holds the case of the row's `person` now, to annotate rows with: the worker's name, else the team's, else
    "Nobody"."""
    held = Allocation.objects.filter(person=OuterRef(person), ended_on=None).order_by("-started_on", "-pk")
    names = (Subquery(held.values(name)[:1]) for name in ("worker__name", "team__name"))
    return Coalesce(*names, Value("Nobody"))


def waiting_in(team: Team, user: User, on: date) -> QuerySet[Allocation]:
    """The team's children without a worker whom the account may see, longest waiting first.

    A child whose worker has left, or whose worker's account is closed, is one of them.
    """
    nobody = Q(worker=None) | Q(worker__left_on__lte=on) | Q(worker__account__is_active=False)
    found = Allocation.objects.filter(nobody, team=team, ended_on=None, person__in=readable(user))
    return found.select_related("person", "worker").order_by("started_on", "pk")


def caseloads(team: Team) -> list[Caseload]:
    """Each worker of the team who is here and how many children they hold. Counts name nobody."""
    held = Count("allocations", filter=Q(allocations__ended_on=None, allocations__person__merged_into=None))
    here = team.workers.filter(left_on=None).annotate(held=held).order_by("-held", "name")
    return [Caseload(worker, worker.held) for worker in here]


def held_by(worker: Worker, user: User) -> QuerySet[Allocation]:
    """The children a worker holds, or works on beside another, whom the account may see."""
    own = Q(worker=worker) | Q(co_worker=worker)
    found = Allocation.objects.filter(own, ended_on=None, person__in=readable(user))
    return found.select_related("person", "worker", "team").order_by("person__surname", "person__forename")


def handovers_waiting(user: User) -> QuerySet[Handover]:
    """What has been handed to this account's worker and not accepted yet."""
    found = Handover.objects.filter(
        allocation__worker=user.worker,
        allocation__ended_on=None,
        accepted_at=None,
        allocation__person__in=readable(user),
    )
    return found.select_related("allocation__person", "from_worker", "written_by").order_by("written_at")


def handovers_unread(team: Team, user: User) -> QuerySet[Handover]:
    """What has been handed to workers of the team and not accepted yet, the oldest first."""
    found = Handover.objects.filter(
        allocation__team=team, allocation__ended_on=None, accepted_at=None, allocation__person__in=readable(user)
    ).exclude(allocation__worker=None)
    return found.select_related("allocation__person", "allocation__worker").order_by("written_at", "pk")


def overrides(user: User) -> QuerySet[Override]:
    """Every allocation made against the rules, latest first, of children whom the account may see."""
    found = Override.objects.filter(allocation__person__in=readable(user))
    return found.select_related("allocation__person", "allocation__worker", "by").order_by("-at")
