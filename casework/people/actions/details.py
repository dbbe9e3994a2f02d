"""Changing what is known of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.people.actions.checks import check_dates
from casework.people.models import Disability, Person

NONE = "NONE"
"""The code that says a child has no disability."""


@whole
def change_details(person: Person, *, answers: Mapping[str, Any], by: User, at: datetime) -> Person:
    """Columns of the person changed to these answers, and `disabilities` to these codes where they are given."""
    answers = dict(answers)
    kinds = answers.pop("disabilities", None)
    for name, value in answers.items():
        setattr(person, name, value)
    check_dates(person, timezone.localdate(at))
    save_over(person, None)
    if kinds is not None:
        _set_disabilities(person, kinds, by=by, at=at)
    bring_up_to_date(people=[person.pk], at=at)
    return person


def _set_disabilities(person: Person, kinds: Iterable[str], *, by: User, at: datetime) -> None:
    wanted = set(kinds)
    person.disabilities.exclude(disability__in=wanted).delete()
    there = set(person.disabilities.values_list("disability", flat=True))
    for kind in sorted(wanted - there):
        Disability.objects.create(person=person, disability=kind, **stamp(by, at))
