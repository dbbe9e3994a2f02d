"""A worker's tasks and sign-offs."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casework.accounts.models import User
from casework.people.models import Person
from casework.people.reading import readable
from casework.tasks.models import SignOff, Task


def open_tasks(user: User) -> QuerySet[Task]:
    """The account's own open tasks and its team's that nobody has taken, soonest first. Those about a record out of
    its reach are left out."""
    own = Q(owner=user)
    if user.worker is not None and user.worker.team_id is not None:
        own |= Q(owner=None, team=user.worker.team_id)
    # Asked of each task's own person: beside "or about nobody", everybody within reach would be gathered first.
    seen = Q(person=None) | Exists(readable(user).filter(pk=OuterRef("person")))
    found = Task.objects.filter(own, seen, done_at=None).select_related("person", "made_by", "owner")
    return found.order_by(F("due_on").asc(nulls_last=True), "made_at")


def sign_offs_waiting(user: User) -> QuerySet[SignOff]:
    """What waits for this account to sign off, oldest first."""
    found = SignOff.objects.filter(asked_of=user, state=SignOff.State.WAITING, person__in=readable(user))
    return found.select_related("person", "asked_by").order_by("asked_at")


def sign_offs_asked(user: User) -> QuerySet[SignOff]:
    """What this account has sent to somebody and still waits for, oldest first."""
    found = SignOff.objects.filter(asked_by=user, state=SignOff.State.WAITING, person__in=readable(user))
    return found.select_related("person", "asked_of").order_by("asked_at")


def sign_offs_returned(user: User) -> QuerySet[SignOff]:
    """What this account asked for and got back, not asked for again since."""
    again = SignOff.objects.filter(state__in=[SignOff.State.WAITING, SignOff.State.SIGNED], asked_by=user)
    found = SignOff.objects.filter(asked_by=user, state=SignOff.State.RETURNED, person__in=readable(user))
    latest = found.order_by("kind", "row", "-answered_at").distinct("kind", "row")
    open_again = set(again.values_list("kind", "row"))
    wanted = [one.pk for one in latest if (one.kind, one.row) not in open_again]
    return SignOff.objects.filter(pk__in=wanted).select_related("person", "answered_by").order_by("answered_at")


def sign_off_of(kind: str, row: int, person: Person) -> SignOff | None:
    """The latest sign-off of a piece of work."""
    return SignOff.objects.filter(kind=kind, row=row, person=person).order_by("-asked_at", "-pk").first()
