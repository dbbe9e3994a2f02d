"""Warning notes whose day of review has come: of the people worked with, and of their families."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.accounts.models import User
from casework.common.kept_queries import Given, KeptQuery, among
from casework.people.models import Person, Relationship, WarningNote
from casework.people.reading import may_read, within


@dataclass(frozen=True)
class ToReview:
    """A warning that is to be looked at again, and for how many days it has waited."""

    note: WarningNote
    person: Person
    days_over: int


THEIR_FAMILY = Relationship.objects.filter(among("person", "people")).values("related")
THEIR_CHILDREN = Relationship.objects.filter(among("related", "people")).values("person")
NEAR = KeptQuery(
    lambda may: WarningNote.objects.filter(
        Q(among("person", "people")) | Q(person__in=THEIR_FAMILY) | Q(person__in=THEIR_CHILDREN),
        ended_on=None, review_on__lte=Given("on"), person__in=within(may),
    )
    .select_related("person")
    .order_by("review_on", "pk")
)  # fmt: skip


def to_review(people: Collection[int], user: User, on: date) -> list[ToReview]:
    """The warnings about these people (by key) and those related to them, the longest overdue first.

    Of people alone whose record the account may open. One whose day of review is today is among them.
    """
    notes = NEAR.ask(may_read(user), people=list(people), on=on)
    return [ToReview(note, note.person, (on - note.review_on).days) for note in notes]
