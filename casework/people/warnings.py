"""Warning notes whose day of review has come: of the people worked with, and of their families."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.accounts.models import User
from casework.people.models import Person, Relationship, WarningNote
from casework.people.reading import readable


@dataclass(frozen=True)
class ToReview:
    """A warning that is to be looked at again, and for how many days it has waited."""

    note: WarningNote
    person: Person
    days_over: int


def to_review(people: Collection[int], user: User, on: date) -> list[ToReview]:
    """The warnings about these people (by key) and those related to them, the longest overdue first.

    Of people alone whose record the account may open. One whose day of review is today is among them.
    """
    family = Relationship.objects.filter(person__in=people).values("related")
    children = Relationship.objects.filter(related__in=people).values("person")
    near = Q(person__in=people) | Q(person__in=family) | Q(person__in=children)
    found = WarningNote.objects.filter(near, ended_on=None, review_on__lte=on, person__in=readable(user))
    notes = found.select_related("person").order_by("review_on", "pk")
    return [ToReview(note, note.person, (on - note.review_on).days) for note in notes]
