"""Who on record may be the person that a contact names.

Everybody is looked at but those whose record is restricted from the reader: a record out of reach that is not found
here is made twice. Of somebody out of reach only the district is shown, as in the search for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from casework.accounts.models import User
from casework.front_door.models import Named
from casework.front_door.queries.board import age_in_words
from casework.people.models import Address, Person
from casework.people.reading import readable, restricted_from

AS_MANY = 8
ALIKE = 0.3


@dataclass(frozen=True)
class Candidate:
    """Somebody on record, with what helps to tell them apart."""

    person: Person
    age: str
    address: str
    why: str


def candidates(named: Iterable[Named], user: User, on: date) -> list[tuple[Named, list[Candidate]]]:
    """Each of those named with whoever's name or birth date is like what was said, likest first: four queries."""
    asked = list(named)
    if not asked:
        return []
    first, *rest = (_likest(one, user) for one in asked)
    found = sorted(first.union(*rest, all=True), key=lambda row: -row[1])
    shown = _shown(Person.objects.in_bulk([key for key, _, _ in found]).values(), user, on)
    return [(one, [_beside(shown[key], one) for key, _, said in found if said == one.pk]) for one in asked]


def _beside(one: Candidate, named: Named) -> Candidate:
    """The candidate with what speaks for them."""
    same = named.born_on is not None and one.person.born_on == named.born_on
    return replace(one, why="same birth date" if same else "")


def found_by(text: str, user: User, on: date, *, is_child: bool) -> list[Candidate]:
    """Those whose name is like the text, or whose number or postcode it is."""
    people = _anybody(user, is_child)
    exact = Q(reference__iexact=text.strip()) | Q(addresses__postcode__iexact=text.strip())
    found = list(people.filter(exact).distinct()[:AS_MANY]) or list(_like(text.strip(), None, people)[:AS_MANY])
    return list(_shown(found, user, on).values())


def _anybody(user: User, is_child: bool) -> QuerySet[Person]:
    return Person.objects.filter(merged_into=None, is_child=is_child).exclude(pk__in=restricted_from(user).values("pk"))


def _likest(named: Named, user: User) -> QuerySet[Person, Any]:
    """Rows of a person's key, how like the name is, and the key of the one named."""
    text = named.said_name if (named.forename or named.surname) else ""
    like = _like(text, named.born_on, _anybody(user, named.is_child)).annotate(said=Value(named.pk))
    return like.values_list("pk", "likeness", "said")[:AS_MANY]


def _like(text: str, born_on: date | None, people: QuerySet[Person]) -> QuerySet[Person, Any]:
    likeness = TrigramSimilarity(Concat("forename", Value(" "), "surname"), text)
    asked = Q(likeness__gte=ALIKE)
    if born_on:
        asked |= Q(born_on=born_on, likeness__gt=0)
    return people.annotate(likeness=likeness).filter(asked).order_by("-likeness", "born_on")


def _shown(found: Collection[Person], user: User, on: date) -> dict[int, Candidate]:
    """Each of them by key, as a list shows them; of somebody out of reach only the district."""
    keys = [person.pk for person in found]
    may_open = set(readable(user).filter(pk__in=keys).values_list("pk", flat=True))
    homes: dict[int, str] = {}
    for home in Address.objects.filter(person__in=keys, ended_on=None).order_by("pk"):
        whole = (*home.lines.splitlines(), home.postcode)
        shown = whole if home.person_id in may_open else home.postcode.split()[:1]
        homes[home.person_id] = ", ".join(part for part in shown if part)
    return {
        one.pk: Candidate(one, age_in_words(one, on), homes.get(one.pk) or "address not known", "") for one in found
    }
