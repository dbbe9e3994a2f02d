"""Adding a person to the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.people.actions.checks import check_dates
from casework.people.models import Address, Identifier, Person
from casework.people.numbers import tidy_number, tidy_postcode


@whole
def add_person(*, by: User, at: datetime, lines: str = "", postcode: str = "", nhs: str = "", **answers: Any) -> Person:
    """A new record, under a number of its own. `answers` are columns of Person; nothing but `is_child` is needed."""
    person = Person(reference=new_number(), **answers, **stamp(by, at))
    check_dates(person, timezone.localdate(at))
    person.save()
    today = timezone.localdate(at)
    if lines.strip() or postcode.strip():
        Address.objects.create(
            person=person, kind="home", lines=lines.strip(), postcode=tidy_postcode(postcode), started_on=today,
            **stamp(by, at),
        )  # fmt: skip
    if nhs.strip():
        Identifier.objects.create(person=person, kind="nhs", value=tidy_number(nhs), valid_from=None, **stamp(by, at))
    bring_up_to_date(people=[person.pk], at=at)
    return person


def new_number() -> str:
    """A record number that nobody has or had: P and eight figures."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT nextval('people_number')")
            number = f"P{cursor.fetchone()[0]}"
            if not Person.objects.filter(reference=number).exists():
                return number
