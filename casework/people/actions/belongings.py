"""What a person has several of: names, numbers, addresses, professionals around them, warning notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.models import Recorded
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.people.actions.checks import check_period
from casework.people.models import Address, Identifier, OtherName, Person, Professional, WarningNote
from casework.people.numbers import tidy_number, tidy_postcode

Belonging = OtherName | Identifier | Address | Professional | WarningNote


@whole
def add(model: type[Belonging], person: Person, *, answers: Mapping[str, Any], by: User, at: datetime) -> Belonging:
    """A new row of the person's. Raises Refused for one that ends before it begins, or a number held already."""
    row = model(person=person, **answers)
    if not isinstance(row, OtherName):
        row.recorded_at, row.recorded_by = at, by.worker
    _check(row)
    row.save()
    bring_up_to_date(people=[person.pk], at=at)
    return row


@whole
def change(row: Belonging, *, answers: Mapping[str, Any], by: User, at: datetime) -> Belonging:
    """The row with these answers; where it has no version of its own, the person's grows."""
    for name, value in answers.items():
        setattr(row, name, value)
    _check(row)
    if isinstance(row, Recorded):
        save_over(row, None)
    else:
        row.save()
        save_over(row.person, None)
    bring_up_to_date(people=[row.person_id], at=at)
    return row


@whole
def remove(row: Belonging, *, by: User, at: datetime) -> None:
    """Take away what was recorded in error. The history keeps it."""
    person = row.person
    row.delete()
    save_over(person, None)
    bring_up_to_date(people=[person.pk], at=at)


def _check(row: Belonging) -> None:
    if isinstance(row, Identifier):
        check_period(row, "valid_from", "valid_to")
        row.value = tidy_number(row.value)
        held = Identifier.objects.filter(person=row.person, kind=row.kind, value=row.value).exclude(pk=row.pk)
        if held.exists():
            raise Refused("This number is on the record already.", "value")
    else:
        check_period(row)
    if isinstance(row, Address):
        row.postcode = tidy_postcode(row.postcode)
    if isinstance(row, OtherName) and not (row.forename.strip() or row.surname.strip()):
        raise Refused("Enter a first name or a family name.", "forename")
    if isinstance(row, WarningNote) and row.review_on < row.started_on:
        raise Refused("The note is to be looked at again after it begins. Change one of the dates.", "review_on")


@whole
def move_home(
    person: Person, *, answers: Mapping[str, Any], ends_before: bool, others: Iterable[Person], by: User, at: datetime
) -> Address:
    """A new address, for the person and for others of the household who move with them.

    `ends_before` ends each one's running address of the same sort on the day that the new one begins.
    """
    made = [_move(one, answers, ends_before, by, at) for one in (person, *others)]
    bring_up_to_date(people=[address.person_id for address in made], at=at)
    return made[0]


def _move(person: Person, answers: Mapping[str, Any], ends_before: bool, by: User, at: datetime) -> Address:
    address = Address(person=person, **answers, **stamp(by, at))
    _check(address)
    if ends_before:
        _end_running(person, address.kind, address.started_on or timezone.localdate(at))
    address.save()
    if person.no_fixed_address and address.kind == "home":
        person.no_fixed_address = False
        save_over(person, None)
    return address


def _end_running(person: Person, kind: str, on: date) -> None:
    running = person.addresses.filter(kind=kind, ended_on=None)
    for before in running.exclude(started_on__gt=on):
        before.ended_on = on
        save_over(before, None)
