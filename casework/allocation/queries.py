"""Who holds whose case, for the people who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from casework.accounts.models import Team, User, Worker
from casework.allocation.models import Allocation, Handover, Override
from casework.common.kept_queries import Given, KeptQuery, among
from casework.deadlines.queries import WHO
from casework.people.models import Person
from casework.people.reading import may_read, readable, within


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


NO_WORKER = Q(worker=None) | Q(worker__left_on__lte=Given("on")) | Q(worker__account__is_active=False)
WAITING_IN = KeptQuery(
    lambda may: (
        Allocation.objects.filter(NO_WORKER, team=Given("team"), ended_on=None, person__in=within(may))
        .select_related("person", "worker")
        .order_by("started_on", "pk")
    )
)


def waiting_in(team: Team, user: User, on: date) -> list[Allocation]:
    """The team's children without a worker whom the account may see, longest waiting first.

    A child whose worker has left, or whose worker's account is closed, is one of them.
    """
    return WAITING_IN.ask(may_read(user), team=team.pk, on=on)


# Of each worker's open cases alone: beside all that they ever held it took eight times as long.
HELD_BY_EACH = Allocation.objects.filter(worker=OuterRef("pk"), ended_on=None, person__merged_into=None).order_by()
HERE = KeptQuery(
    lambda: (
        Worker.objects.filter(team=Given("team"), left_on=None)
        .annotate(held=Coalesce(Subquery(HELD_BY_EACH.values("worker").annotate(cases=Count("pk")).values("cases")), 0))
        .order_by("-held", "name")
    )
)


def caseloads(team: Team) -> list[Caseload]:
    """Each worker of the team who is here and how many children they hold. Counts name nobody."""
    return [Caseload(worker, vars(worker)["held"]) for worker in HERE.ask(team=team.pk)]


WORKS_WITH = Q(worker=Given("worker")) | Q(co_worker=Given("worker"))
HELD_BY = KeptQuery(
    lambda may: (
        Allocation.objects.filter(WORKS_WITH, ended_on=None, person__in=within(may))
        .select_related("person")
        .only("person", "worker", *WHO)
        .order_by("person__surname", "person__forename")
    )
)


def held_by(worker: Worker, user: User) -> list[Allocation]:
    """The children a worker holds, or works on beside another, whom the account may see."""
    return HELD_BY.ask(may_read(user), worker=worker.pk)


HELD_WITHIN = KeptQuery(
    lambda may: Allocation.objects.filter(team=Given("team"), ended_on=None, person__in=within(may)).values_list(
        "person", "worker"
    )
)
HOLDING = KeptQuery(lambda: Worker.objects.filter(among("pk", "workers")))


def held_within(team: Team, user: User) -> dict[int, Worker | None]:
    """The children (keys) that the team holds and whom the account may see, each with who of the team holds them."""
    held = dict(HELD_WITHIN.ask(may_read(user), team=team.pk))
    workers = {one.pk: one for one in HOLDING.ask(workers=list(set(held.values()) - {None}))}
    return {person: workers.get(worker) for person, worker in held.items()}


HANDED = Handover.objects.filter(allocation__ended_on=None, accepted_at=None)
HANDED_TO = KeptQuery(
    lambda may: (
        HANDED.filter(allocation__worker=Given("worker"), allocation__person__in=within(may))
        .select_related("allocation__person", "from_worker", "written_by")
        .order_by("written_at")
    )
)
HANDED_WITHIN = KeptQuery(
    lambda may: (
        HANDED.filter(
            allocation__team=Given("team"), allocation__worker__isnull=False, allocation__person__in=within(may)
        )
        .select_related("allocation__person", "allocation__worker")
        .order_by("written_at", "pk")
    )
)


def handovers_waiting(user: User) -> list[Handover]:
    """What has been handed to this account's worker and not accepted yet."""
    return HANDED_TO.ask(may_read(user), worker=user.worker_id)


def handovers_unread(team: Team, user: User) -> list[Handover]:
    """What has been handed to workers of the team and not accepted yet, the oldest first."""
    return HANDED_WITHIN.ask(may_read(user), team=team.pk)


def overrides(user: User) -> QuerySet[Override]:
    """Every allocation made against the rules, latest first, of children whom the account may see."""
    found = Override.objects.filter(allocation__person__in=readable(user))
    return found.select_related("allocation__person", "allocation__worker", "by").order_by("-at")
