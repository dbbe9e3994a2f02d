"""Telling whoever works with a child what somebody else has recorded. A notice names the child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.accounts.models import User, Worker
from casework.allocation.models import Allocation
from casework.notices.actions import tell
from casework.people.models import Person
from casework.people.reading import readable


def tell_workers(
    person: Person, workers: Iterable[Worker | None], text: str, *, address: str, by: User, at: datetime
) -> None:
    """Tell these workers, but not whoever did it, nor anybody who may not open the child's record."""
    accounts = {account for worker in workers if worker and (account := worker.own_account) and account != by}
    tell([one for one in accounts if readable(one).filter(pk=person.pk).exists()], text, address=address, at=at)


def worker_of(person: Person) -> Worker | None:
    """The worker who holds the child's case, with their account."""
    held = Allocation.objects.filter(person=person, ended_on=None).select_related("worker__account").first()
    return held.worker if held else None


def tell_holders(person: Person, text: str, *, address: str, by: User, at: datetime) -> None:
    """Tell the child's worker and the team's manager."""
    held = Allocation.objects.filter(person=person, ended_on=None)
    both = [
        worker
        for one in held.select_related("worker__account", "team__manager__account")
        for worker in (one.worker, one.team.manager if one.team else None)
    ]
    tell_workers(person, both, text, address=address, by=by, at=at)
