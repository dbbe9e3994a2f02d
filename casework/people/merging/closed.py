"""Who may see a record that two have become: those who could see both. And who may, when they are two again."""

from __future__ import annotations

from datetime import datetime

from casework.access.models import BreakGlass, Named, Restriction
from casework.accounts.models import User
from casework.common.refused import Refused
from casework.people.merging.journal import create, set_columns
from casework.people.models import Merge, Person
from casework.people.reading import readable_by_right

LIFTED = "The record was merged with another restricted one: see the restriction that took the place of this."


def check_may_see_both(stays: Person, goes: Person, by: User) -> None:
    """Raises Refused for somebody who sees either record only because they opened it with a reason."""
    if readable_by_right(by).filter(pk__in=(stays.pk, goes.pk)).count() != 2:
        raise Refused(
            "You do not see both of these records by right. Ask somebody who does to merge them: their worker’s "
            "manager, or for a restricted record one of those named."
        )


def close_as_both(made: Merge, *, by: User, at: datetime) -> None:
    """Where both are restricted, one restriction of those whom both name; where one is, it holds (its row comes over).

    Leave to look at the one record, with a reason, is not leave to look at the two: it ends.
    """
    for glass in BreakGlass.objects.filter(person=made.stays, until__gt=at):
        set_columns(made, glass, {"until": at})
    here, there = _open(made.stays), _open(made.goes)
    if here is None or there is None:
        return
    both = _seen_by(here) & _seen_by(there)
    owner = next((one for one in (here.owner_id, there.owner_id) if one in both), by.pk)
    set_columns(made, here, {"lifted_at": at, "lifted_reason": LIFTED})
    reason = here.reason if here.reason == there.reason else f"{here.reason}\n\n{there.reason}"
    new = create(made, Restriction, person=made.stays, reason=reason, owner_id=owner, started_at=at)
    for user in sorted(both - {owner}):
        Named.objects.create(restriction=new, user_id=user)


def close_what_goes_back(made: Merge, *, at: datetime) -> None:
    """A record restricted since it became one: the one that goes back holds what was closed then, and is closed too."""
    here, before = _open(made.stays), set(made.had.get("access.Restriction person", ()))
    if here is None or here.pk in before or _open(made.goes) is not None:
        return
    copy = Restriction.objects.create(person=made.goes, reason=here.reason, owner=here.owner, started_at=at)
    for named in here.named.all():
        Named.objects.create(restriction=copy, user=named.user)


def _open(person: Person) -> Restriction | None:
    return Restriction.objects.filter(person=person, lifted_at=None).first()


def _seen_by(restriction: Restriction) -> set[int]:
    return {restriction.owner_id, *restriction.named.values_list("user", flat=True)}
