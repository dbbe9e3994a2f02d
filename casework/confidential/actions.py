"""Closing a record to all but named people, opening it again, and opening one's way in with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from casework.access.models import BreakGlass, Named, Restriction
from casework.access.rules import may
from casework.accounts.models import User
from casework.common.refused import Refused
from casework.history.tracking import acting
from casework.notices.actions import tell
from casework.people.models import Person

ANSWER_FOR_ALL = ("assistant_director", "director")
GLASS_IS_OPEN_FOR = timedelta(hours=4)
"""How long a record stays open to somebody who gave a reason: a duty shift's worth. The authority's choice, not law."""


def restrict(person: Person, *, reason: str, named: Iterable[User], by: User, at: datetime) -> Restriction:
    """Close the record to all but its owner, who does this, and those named. Raises Refused when it is closed."""
    with acting(who=by.pk, who_name=str(by), why=reason), transaction.atomic():
        if Restriction.objects.filter(person=person, lifted_at=None).exists():
            raise Refused("This record is restricted already. Change who may see it, or lift the restriction first.")
        restriction = Restriction.objects.create(person=person, reason=reason, owner=by, started_at=at)
        _name(restriction, named, by=by, at=at)
    return restriction


def change_named(restriction: Restriction, named: Iterable[User], *, by: User, at: datetime) -> None:
    """Make these the people who may see the record. Raises Refused for somebody who does not answer for it.

    Whoever does so in place of an owner who has gone is the owner from then on.
    """
    if not answers_for(restriction, by):
        raise Refused(f"Only {restriction.owner} can change who sees this record.")
    wanted = {user.pk: user for user in named}
    with acting(who=by.pk, who_name=str(by)), transaction.atomic():
        if restriction.owner_id != by.pk:
            restriction.owner = by
            restriction.save()
        restriction.named.exclude(user__in=wanted).delete()
        there = set(restriction.named.values_list("user", flat=True))
        _name(restriction, [user for pk, user in wanted.items() if pk not in there], by=by, at=at)


def _name(restriction: Restriction, users: Iterable[User], *, by: User, at: datetime) -> None:
    chosen = [user for user in users if user.pk != restriction.owner_id]
    for user in chosen:
        Named.objects.create(restriction=restriction, user=user)
    address = reverse("person", args=[restriction.person.reference])
    tell(chosen, f"{by} has named you as one of those who may see a restricted record.", address=address, at=at)


def answers_for(restriction: Restriction, user: User) -> bool:
    """Whether the account may change a restriction: its owner; where that account is closed or may restrict nothing any
    more, anybody who may restrict records and has this one open. A record is not locked for ever by somebody leaving.
    """
    owner = restriction.owner
    gone = not (owner.is_active and may(owner, "restrict.manage"))
    return owner.pk == user.pk or (gone and may(user, "restrict.manage"))


def lift(restriction: Restriction, *, reason: str, by: User, at: datetime) -> None:
    """Open the record to everybody within reach again. Raises Refused for somebody who does not answer for it."""
    if not answers_for(restriction, by):
        raise Refused(f"Only {restriction.owner} can lift this restriction.")
    with acting(who=by.pk, who_name=str(by), why=reason), transaction.atomic():
        restriction.lifted_at, restriction.lifted_reason = at, reason
        restriction.save()


def break_glass(person: Person, *, reason: str, by: User, at: datetime) -> BreakGlass:
    """Open the record to this account for a few hours, and tell whoever answers for it."""
    told = [one for one in owners(person) if one != by] or directors()
    with acting(who=by.pk, who_name=str(by), why=reason), transaction.atomic():
        opened = BreakGlass.objects.create(
            person=person, user=by, reason=reason, opened_at=at, until=at + GLASS_IS_OPEN_FOR,
            owner_told=told[0] if told else None,
        )  # fmt: skip
        address = reverse("who_looked", args=[person.reference])
        tell(told, f"{by} opened the record {person.reference} with a reason: {reason}", address=address, at=at)
    return opened


def owners(person: Person) -> list[User]:
    """Who answers for the record now, of accounts in use: the restriction's owner; else the child's worker and the
    manager of the team that holds the case, or that held it last."""
    restriction = Restriction.objects.filter(person=person, lifted_at=None).select_related("owner").first()
    if restriction:
        return [restriction.owner] if restriction.owner.is_active else []
    latest = person.allocations.order_by(F("ended_on").desc(nulls_first=True), "-pk")
    held = latest.select_related("worker__account", "team__manager__account").first()
    if held is None:
        return []
    workers = (held.worker if held.ended_on is None else None, held.team.manager if held.team else None)
    accounts = [worker.own_account for worker in workers if worker]
    return [account for account in accounts if account is not None and account.is_active]


def directors() -> list[User]:
    """Who is told where nobody else answers for a record: those who answer for all of them."""
    return list(User.objects.filter(is_active=True, role__in=ANSWER_FOR_ALL))
