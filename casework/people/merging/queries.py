"""What a merge would do and has done, for the pages that ask whether to."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from casework.accounts.models import User
from casework.people.duplicates import New, likely
from casework.people.family import PARENTS, home_of
from casework.people.found import Line, lines
from casework.people.merging.differences import TOPICS, in_words
from casework.people.merging.pointers import Row, rows_clashing, rows_naming
from casework.people.models import Merge, Person, Relationship
from casework.people.reading import restricted_from
from casework.people.search import NUMBER, Match


@dataclass(frozen=True)
class Coming:
    """What a merge would do with the rows of the record that goes."""

    moves: list[Row]
    aside: list[Row]


@dataclass(frozen=True)
class Going:
    """What undoing a merge would do: rows that go back, rows that came since and stay, and rows that are gone."""

    back: list[Row]
    since: list[Row]
    gone: list[Row]


def coming(stays: Person, goes: Person) -> Coming:
    """Two queries over every table that names people."""
    clashing = rows_clashing(stays.pk, goes.pk)
    rows = rows_naming(goes.pk)[goes.pk]
    return Coming([row for row in rows if row not in clashing], sorted(clashing))


def going(made: Merge) -> Going:
    """One query over every table that names people."""
    now = set(rows_naming(made.stays_id)[made.stays_id])
    moved = {(label, column, key) for label, column, key in made.moved}
    had = {(*column.split(" "), key) for column, keys in made.had.items() for key in keys}
    own = {(label, key) for label, key in made.made} | {("people.Person", made.goes_id)}
    since = {row for row in now - moved - had if (row[0], row[2]) not in own}
    return Going(sorted(moved & now), sorted(since), sorted(moved - now))


def merges_into(person: Person) -> QuerySet[Merge]:
    """Every merge by which another record became part of this one, undone ones too, latest first."""
    return person.merges.select_related("goes", "by", "undone_by").order_by("-pk")


def changed_in_words(made: Merge) -> list[tuple[str, str, str]]:
    """Each topic of the person that the merge changed, before and after."""
    was, became, changed = copy(made.stays), copy(made.stays), set()
    for label, column, key, before, after in made.changed:
        if label == "people.Person" and key == made.stays_id:
            changed.add(column)
            _answer(was, column, before)
            _answer(became, column, after)
    topics = [topic for topic in TOPICS if changed.intersection(topic.columns)]
    return [(one.title, in_words(was, one) or "not known", in_words(became, one) or "not known") for one in topics]


def _answer(person: Person, column: str, written: object) -> None:
    field = next(one for one in Person._meta.concrete_fields if one.name == column)
    setattr(person, column, field.to_python(written))


def likely_same(person: Person, user: User, on: date) -> list[Line]:
    """Other records that may be of the same person, likeliest first."""
    home = home_of(person, on)
    numbers = (person.upn, *person.identifiers.filter(kind="nhs").values_list("value", flat=True))
    new = New(
        person.forename, person.surname, person.born_on, person.expected_on, home.postcode if home else "", numbers
    )  # fmt: skip
    return [line for line in likely(new, user, on) if line.person.pk != person.pk and line.may_open]


def side_by_side(stays: Person, goes: Person, user: User, on: date) -> list[tuple[Line, str]]:
    """Both as a list of people shows them, each with the names of their parents."""
    hidden = restricted_from(user).values("pk")
    rows = Relationship.objects.filter(person__in=(stays, goes), relationship__in=PARENTS, related__merged_into=None)
    parents = list(rows.exclude(related__in=hidden).select_related("related").order_by("pk"))
    shown = lines([Match(one.pk, NUMBER, "") for one in (stays, goes)], user, on)
    return [
        (line, ", ".join(row.related.full_name for row in parents if row.person_id == line.person.pk)) for line in shown
    ]


def related_to_each_other(stays: Person, goes: Person) -> bool:
    """Whether a relation between the two is recorded: then they may be two people."""
    return Relationship.objects.filter(Q(person=stays, related=goes) | Q(person=goes, related=stays)).exists()
