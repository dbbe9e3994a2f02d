"""A worker's tasks and sign-offs."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from casework.accounts.models import User
from casework.common.kept_queries import Given, KeptQuery
from casework.people.models import Person
from casework.people.reading import may_read, within
from casework.tasks.models import SignOff, Task

OPEN_TASKS = KeptQuery(
    # Asked of each task's own person: beside "or about nobody", everybody within reach would be gathered first.
    lambda may: (
        Task.objects.filter(
            Q(owner=Given("user")) | Q(owner=None, team=Given("team")),
            Q(person=None) | Exists(within(may).filter(pk=OuterRef("person"))),
            done_at=None,
        )
        .select_related("person", "made_by", "owner")
        .order_by(F("due_on").asc(nulls_last=True), "made_at")
    )
)


def open_tasks(user: User) -> list[Task]:
    """The account's own open tasks and its team's that nobody has taken, soonest first. Those about a record out of
    its reach are left out."""
    return OPEN_TASKS.ask(may_read(user), user=user.pk, team=user.worker.team_id if user.worker else None)


ASKED_OF = KeptQuery(
    lambda may: (
        SignOff.objects.filter(asked_of=Given("user"), state=SignOff.State.WAITING, person__in=within(may))
        .select_related("person", "asked_by")
        .order_by("asked_at")
    )
)
ASKED_BY = KeptQuery(
    lambda may: (
        SignOff.objects.filter(asked_by=Given("user"), state=SignOff.State.WAITING, person__in=within(may))
        .select_related("person", "asked_of")
        .order_by("asked_at")
    )
)
ASKED_AGAIN = SignOff.objects.filter(
    state__in=[SignOff.State.WAITING, SignOff.State.SIGNED],
    asked_by=OuterRef("asked_by"), kind=OuterRef("kind"), row=OuterRef("row"),
)  # fmt: skip
RETURNED_TO = KeptQuery(
    lambda may: (
        SignOff.objects.filter(
            ~Exists(ASKED_AGAIN), asked_by=Given("user"), state=SignOff.State.RETURNED, person__in=within(may)
        )
        .select_related("person", "answered_by")
        .order_by("kind", "row", "-answered_at")
        .distinct("kind", "row")
    )
)


def sign_offs_waiting(user: User) -> list[SignOff]:
    """What waits for this account to sign off, oldest first."""
    return ASKED_OF.ask(may_read(user), user=user.pk)


def sign_offs_asked(user: User) -> list[SignOff]:
    """What this account has sent to somebody and still waits for, oldest first."""
    return ASKED_BY.ask(may_read(user), user=user.pk)


def sign_offs_returned(user: User) -> list[SignOff]:
    """What this account asked for and got back, not asked for again since: the latest return of each, oldest first."""
    return sorted(RETURNED_TO.ask(may_read(user), user=user.pk), key=lambda one: (one.answered_at, one.pk))


def sign_off_of(kind: str, row: int, person: Person) -> SignOff | None:
    """The latest sign-off of a piece of work."""
    return SignOff.objects.filter(kind=kind, row=row, person=person).order_by("-asked_at", "-pk").first()
