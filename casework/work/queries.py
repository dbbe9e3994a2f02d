"""What a worker and a team have to do, gathered from the stages; each list holds only what the account may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from casework.access.roles import Reach, role_of
from casework.accounts.models import Team, User, Worker
from casework.allocation.models import Allocation, Handover
from casework.allocation.queries import Caseload, caseloads, handovers_unread, held_within, waiting_in
from casework.canonical.reading import answer_about
from casework.common.kept_queries import KeptQuery, among
from casework.deadlines.queries import RunningClock, running
from casework.front_door.models import Referral
from casework.people.models import Person
from casework.people.warnings import ToReview, to_review

SOON = timedelta(days=14)
LATE_SHOWN = 25

LAST_SEEN = """
    SELECT seen.child_id, max(seen.on) FROM (
        SELECT child_id, visited_on AS on FROM {visits} WHERE seen
        UNION ALL
        SELECT asked.reference, s.seen_on FROM asked JOIN assessment_assessment a ON a.person_id = asked.person
            JOIN assessment_seen s ON s.assessment_id = a.id
        UNION ALL
        SELECT asked.reference, a.child_first_seen_on FROM asked
            JOIN assessment_assessment a ON a.person_id = asked.person
    ) seen GROUP BY seen.child_id
"""
LAST_SUPERVISED = "SELECT child_id, max(held_on) FROM {supervisions} GROUP BY child_id"


@dataclass(frozen=True)
class MyChild:
    """A child on a worker's list: when last seen, what is due next, when their worker last had supervision on them."""

    person: Person
    last_seen: date | None
    next_due: RunningClock | None
    last_supervised: date | None
    beside: bool


@dataclass(frozen=True)
class Waiting:
    """A child who waits in a team for a worker: since when, how urgent, and the clock that runs out first. The
    allocation's worker, where it has one, has left."""

    allocation: Allocation
    days: int
    urgency: str
    clock: RunningClock | None


@dataclass(frozen=True)
class Late:
    """A clock that has run out, and who holds the child's case: the team alone, where there is no worker yet."""

    clock: RunningClock
    worker: Worker | None


@dataclass(frozen=True)
class TeamWork:
    """A team's page. `late` are of one worker's children, where one was asked for."""

    team: Team
    waiting: list[Waiting]
    workers: list[tuple[Caseload, int]]
    late: list[Late]
    late_in_all: int
    soon: int
    warnings: list[ToReview]
    handovers: list[Handover]
    worker: Worker | None = None


def my_clocks(held: Sequence[Allocation], worker: Worker, at: datetime) -> list[RunningClock]:
    """What is overdue and due within two weeks for those of the children that the worker holds, not works with."""
    mine = [one.person_id for one in held if one.worker_id == worker.pk]
    return running(mine, at=at, until=timezone.localdate(at + SOON)) if mine else []


def my_warnings(held: Sequence[Allocation], user: User, at: datetime) -> list[ToReview]:
    """Warnings to be looked at again, about these children and their families."""
    return to_review([one.person_id for one in held], user, timezone.localdate(at)) if held else []


def my_children(held: Sequence[Allocation], worker: Worker, clocks: list[RunningClock]) -> list[MyChild]:
    """The children that the worker holds or works with, with what each waits for."""
    people = [one.person_id for one in held]
    seen, supervised = _latest(LAST_SEEN, people), _latest(LAST_SUPERVISED, people)
    first: dict[int, RunningClock] = {}
    for clock in clocks:
        first.setdefault(clock.row.person_id, clock)
    return [
        MyChild(
            one.person, seen.get(one.person.reference), first.get(one.person_id), supervised.get(one.person.reference),
            one.worker_id != worker.pk,
        )
        for one in held
    ]  # fmt: skip


def _latest(query: str, people: list[int]) -> dict[str, date]:
    return {reference: day for reference, day in (answer_about(people, query) if people else ()) if day}


def team_work(team: Team, user: User, at: datetime, worker: int | None = None) -> TeamWork:
    """The team's page for this account; what is late of one worker's children alone, with that worker's key."""
    holders = held_within(team, user)
    clocks = running(list(holders), at=at, until=timezone.localdate(at + SOON))
    late = [Late(clock, holders.get(clock.row.person_id)) for clock in clocks if clock.late]
    by_worker = Counter(one.worker.pk for one in late if one.worker)
    loads = [(load, by_worker[load.worker.pk]) for load in caseloads(team)]
    chosen = next((load.worker for load, _ in loads if load.worker.pk == worker), None)
    shown = [one for one in late if chosen is None or one.worker == chosen]
    waiting = _waiting(team, user, clocks, at)
    warnings = to_review(list(holders), user, timezone.localdate(at))
    unread = handovers_unread(team, user)
    soon = len(clocks) - len(late)
    return TeamWork(team, waiting, loads, shown[:LATE_SHOWN], len(shown), soon, warnings, unread, chosen)


def _waiting(team: Team, user: User, clocks: list[RunningClock], at: datetime) -> list[Waiting]:
    today = timezone.localdate(at)
    waiting = waiting_in(team, user, today)
    urgent = _urgency([one.person_id for one in waiting])
    first: dict[int, RunningClock] = {}
    for clock in clocks:
        first.setdefault(clock.row.person_id, clock)
    found = [
        Waiting(one, (today - _waits_since(one, today)).days, urgent.get(one.person_id, ""), first.get(one.person_id))
        for one in waiting
    ]
    return sorted(found, key=lambda one: (one.urgency != "today", one.allocation.worker is None, -one.days))


def _waits_since(allocation: Allocation, today: date) -> date:
    """Since when a child has waited for a worker; not before the worker there was left."""
    worker = allocation.worker
    return allocation.started_on if worker is None else max(allocation.started_on, worker.left_on or today)


URGENCY = KeptQuery(
    lambda: Referral.objects.filter(among("person", "people"), closed_on=None, contact__isnull=False).values_list(
        "person", "contact__contact__urgency"
    )
)


def _urgency(people: list[int]) -> dict[int, str]:
    """How urgent the contact was that each child's open referral came from."""
    return dict(URGENCY.ask(people=people)) if people else {}


def teams_for(user: User) -> list[Team]:
    """The teams whose page the account may open: all within its reach, its own first."""
    role, worker = role_of(user), user.worker
    if not role.may("work.team") or (worker is None and role.reach is not Reach.AUTHORITY):
        return []
    found = Team.objects.all()
    if role.reach is Reach.SERVICE and worker is not None:
        found = found.filter(service=worker.service)
    elif role.reach in {Reach.TEAM, Reach.ALLOCATED}:
        found = found.filter(workers=worker)
    own: Any = worker.team_id if worker else None
    return sorted(found, key=lambda team: (team.pk != own, team.name))
