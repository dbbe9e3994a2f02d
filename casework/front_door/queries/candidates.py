"""Who on record may be the person that a contact names. Only records that the reader may open are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from casework.accounts.models import User
from casework.front_door.models import Named
from casework.front_door.queries.board import age_in_words
from casework.people.models import Address, Person
from casework.people.reading import readable

AS_MANY = 8
ALIKE = 0.3


@dataclass(frozen=True)
class Candidate:
    """Somebody on record, with what helps to tell them apart."""

    person: Person
    age: str
    address: str
    why: str


def candidates(named: Named, user: User, on: date) -> list[Candidate]:
    """Those whose name or birth date is like what was said, likest first."""
    text = named.said_name if (named.forename or named.surname) else ""
    return _shown(_like(text, named.born_on, readable(user).filter(is_child=named.is_child)), named.born_on, on)


def found_by(text: str, user: User, on: date, *, is_child: bool) -> list[Candidate]:
    """Those whose name is like the text, or whose number or postcode it is."""
    people = readable(user).filter(is_child=is_child)
    exact = people.filter(Q(reference__iexact=text.strip()) | Q(addresses__postcode__iexact=text.strip())).distinct()
    return _shown(exact if exact.exists() else _like(text.strip(), None, people), None, on)


def _like(text: str, born_on: date | None, people: QuerySet[Person]) -> QuerySet[Person]:
    likeness = TrigramSimilarity(Concat("forename", Value(" "), "surname"), text)
    asked = Q(likeness__gte=ALIKE)
    if born_on:
        asked |= Q(born_on=born_on, likeness__gt=0)
    return people.annotate(likeness=likeness).filter(asked).order_by("-likeness", "born_on")


def _shown(people: QuerySet[Person], born_on: date | None, on: date) -> list[Candidate]:
    found = list(people[:AS_MANY])
    homes: dict[int, str] = {}
    for home in Address.objects.filter(person__in=found, ended_on=None).order_by("pk"):
        homes[home.person_id] = ", ".join(part for part in (*home.lines.splitlines(), home.postcode) if part)
    return [
        Candidate(
            person, age_in_words(person, on), homes.get(person.pk, "address not known"),
            "same birth date" if born_on and person.born_on == born_on else "",
        )
        for person in found
    ]  # fmt: skip
