"""Who holds a child's case, and from when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework.accounts.models import Team, User
from casework.allocation.models import Allocation
from casework.people.models import Person


@transaction.atomic
def allocate_to_team(*, person: Person, team: Team, by: User, at: datetime) -> Allocation:
    """The team holds the child from this day, no worker named yet. Another team's or worker's hold ends.

    Gives back the hold the team has already, where it has one.
    """
    held = Allocation.objects.select_for_update().filter(person=person, ended_on=None).first()
    if held and held.team_id == team.pk:
        return held
    if held:
        _end(held, at=at)
    return Allocation.objects.create(
        person=person, team=team, service=team.service, started_on=timezone.localdate(at),
        recorded_at=at, recorded_by=by.worker,
    )  # fmt: skip


@transaction.atomic
def end_allocation(*, person: Person, by: User, at: datetime) -> Allocation | None:
    """Nobody holds the child from this day. None where nobody did."""
    held = Allocation.objects.select_for_update().filter(person=person, ended_on=None).first()
    return _end(held, at=at) if held else None


def _end(held: Allocation, *, at: datetime) -> Allocation:
    held.ended_on = max(timezone.localdate(at), held.started_on)
    held.ended_recorded_at = at
    held.version += 1
    held.save()
    return held
