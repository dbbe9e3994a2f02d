"""What the record that goes was called and numbered, kept on the one that stays so that a reader sees it there."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.people.merging.journal import create, set_columns
from casework.people.models import Disability, Identifier, Merge, OtherName, Person

NO_DISABILITY = "NONE"


def keep_names(made: Merge, was: Person) -> None:
    """Names that do not hold become other names, if they are not among them. `was` is `stays` as it was before."""
    after, goes = made.stays, made.goes
    whole = [(was.forename, was.surname), (goes.forename, goes.surname)]
    known = [(was.known_as, ""), (goes.known_as, "")]
    there = {_plain(after.forename, after.surname), _plain(after.known_as, ""), ""}
    there |= {_plain(one.forename, one.surname) for one in OtherName.objects.filter(person=after)}
    for forename, surname in (*whole, *known):
        if _plain(forename, surname) not in there:
            there.add(_plain(forename, surname))
            create(made, OtherName, person=after, kind=OtherName.Kind.ALIAS, forename=forename, surname=surname)


def keep_numbers(made: Merge, was: Person, *, by: User, at: datetime) -> None:
    """The number of the record that goes, and pupil numbers that do not hold any more."""
    after, goes = made.stays, made.goes
    lost = {was.upn, was.former_upn, goes.upn, goes.former_upn} - {after.upn, after.former_upn, ""}
    numbers = [("former_local", goes.reference), *(("former_upn", one) for one in sorted(lost))]
    for kind, value in numbers:
        if not Identifier.objects.filter(person=after, kind=kind, value=value).exists():
            ends = timezone.localdate(at) if kind == "former_local" else None
            create(made, Identifier, person=after, kind=kind, value=value, valid_to=ends, **stamp(by, at))


def keep_disabilities_true(made: Merge) -> None:
    """That there is none does not stand beside a disability: it goes with the record that goes."""
    after = made.stays
    kinds = {row.disability: row for row in Disability.objects.filter(person=after)}
    none = kinds.pop(NO_DISABILITY, None)
    if kinds and after.disabled is not True:
        set_columns(made, after, {"disabled": True})
    if kinds and none and not Disability.objects.filter(person=made.goes, disability=NO_DISABILITY).exists():
        set_columns(made, none, {"person_id": made.goes.pk})


def _plain(forename: str, surname: str) -> str:
    return " ".join(f"{forename} {surname}".casefold().split())
