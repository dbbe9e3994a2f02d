"""People, teams and records for tests to work with. Every name is made up, and obviously so."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from casework.accounts.models import Team, User, Worker
from casework.allocation.models import Allocation
from casework.people.models import Person, Relationship
from goldenthread.codesets import code_set

_number = count(1)
FRIDAY_TEATIME = timezone.make_aware(datetime(2026, 11, 27, 17, 0))


def a_team(name: str = "Amber assessment", **details: Any) -> Team:
    """That team, made if there is none."""
    details = {"service": "Referral and assessment", "stage": "assessment", **details}
    return Team.objects.get_or_create(name=name, defaults=details)[0]


def a_worker(name: str = "", *, role: str = "social_worker", team: Team | None = None, **details: Any) -> Worker:
    """A new worker; a social worker is registered."""
    number = next(_number)
    registered = f"SW{number}" if role in {"social_worker", "newly_qualified", "practice_manager"} else ""
    details = {"registration": registered, "service": team.service if team else "", **details}
    return Worker.objects.create(
        reference=f"W{number}", name=name or f"Wilma Worker {number}", role=role, team=team, **details
    )


def a_user(role: str, *, team: Team | None = None, worker: Worker | None = None, **details: Any) -> User:
    """A new account of that role, with a worker of its own in the team."""
    number = next(_number)
    worker = worker or a_worker(role=role if code_set("worker_role").valid(role) else "other", team=team or a_team())
    return User.objects.create_user(
        f"{role}.{number}@amberford.example", "a password for tests 1", name=worker.name, role=role, worker=worker,
        **details,
    )  # fmt: skip


def a_child(forename: str = "", surname: str = "Example", **details: Any) -> Person:
    """A new child, born on 1 May 2015 unless said."""
    number = next(_number)
    usual = {"reference": f"P{number:09d}", "is_child": True, "born_on": date(2015, 5, 1)}
    return Person.objects.create(forename=forename or f"Child{number}", surname=surname, **{**usual, **details})


def an_adult(forename: str = "", surname: str = "Example", **details: Any) -> Person:
    """A new adult."""
    return a_child(forename, surname, **{"born_on": date(1988, 2, 3), "is_child": False, **details})


def related(person: Person, other: Person, relationship: str = "mother", **details: Any) -> Relationship:
    """`other` is `relationship` to `person`."""
    return Relationship.objects.create(person=person, related=other, relationship=relationship, **details)


def allocated(child: Person, worker: Worker | None = None, team: Team | None = None, **details: Any) -> Allocation:
    """The child allocated to the worker's team and the worker."""
    team = team or (worker.team if worker else None) or a_team()
    details = {"started_on": date(2026, 1, 5), **details}
    return Allocation.objects.create(person=child, worker=worker, team=team, service=team.service, **details)
