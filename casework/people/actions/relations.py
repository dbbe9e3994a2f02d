"""Who belongs to whom."""

from __future__ import annotations

from datetime import date, datetime

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.people.actions.checks import check_period
from casework.people.models import Person, Relationship


@whole
def relate(
    person: Person,
    related: Person,
    relationship: str,
    *,
    by: User,
    at: datetime,
    parental_responsibility: bool | None = None,
    started_on: date | None = None,
    ended_on: date | None = None,
) -> Relationship:
    """`related` is `relationship` to `person`. Raises Refused for oneself, or what is recorded from either side."""
    if person.pk == related.pk:
        raise Refused("Nobody is their own relation. Choose somebody else.")
    if Relationship.objects.filter(person=person, related=related, relationship=relationship).exists():
        raise Refused(f"This is recorded already between {person.full_name} and {related.full_name}.")
    row = Relationship(
        person=person, related=related, relationship=relationship, parental_responsibility=parental_responsibility,
        started_on=started_on, ended_on=ended_on, **stamp(by, at),
    )  # fmt: skip
    check_period(row)
    row.save()
    bring_up_to_date(people=[person.pk, related.pk], at=at)
    return row


@whole
def change_relation(
    row: Relationship,
    *,
    by: User,
    at: datetime,
    parental_responsibility: bool | None,
    started_on: date | None,
    ended_on: date | None,
) -> Relationship:
    """Its dates, and whether the one holds parental responsibility for the other."""
    row.parental_responsibility, row.started_on, row.ended_on = parental_responsibility, started_on, ended_on
    check_period(row)
    row.save()
    _touch(row, at)
    return row


@whole
def remove_relation(row: Relationship, *, by: User, at: datetime) -> None:
    """Take away a relation recorded in error. The history keeps it."""
    row_of = Relationship(person=row.person, related=row.related)
    row.delete()
    _touch(row_of, at)


def _touch(row: Relationship, at: datetime) -> None:
    """A relation has no version of its own: both people's grow, so that whoever had it open is told."""
    for person in sorted((row.person, row.related), key=lambda one: one.pk):
        save_over(person, None)
    bring_up_to_date(people=[row.person_id, row.related_id], at=at)
