"""People found, as a list shows them: what tells them apart, why they were found, and what this reader may do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Prefetch

from casework.accounts.models import User
from casework.people.ages import age_in_words
from casework.people.models import Address, Person
from casework.people.names import called
from casework.people.reading import readable_among
from casework.people.search import Match


@dataclass(frozen=True)
class Line:
    """One person found. Out of reach (`may_open` false), `address` is an area, and no birth or due date is said."""

    person: Person
    age: str
    born: str
    address: str
    held_by: str
    why: str
    may_open: bool

    @property
    def name(self) -> str:
        """What they are called."""
        who = self.person
        expected = who.expected_on if self.may_open else None
        return called(who.forename, who.surname, born_on=who.born_on, expected_on=expected)


def lines(matches: Iterable[Match], user: User, on: date) -> list[Line]:
    """The people of the matches in their order: four queries."""
    found = list(matches)
    keys = [match.person for match in found]
    open_ones = apps.get_model("allocation", "Allocation")._default_manager.filter(ended_on=None)
    held = Prefetch("allocations", open_ones.select_related("worker", "team"))
    people = Person.objects.prefetch_related(held).in_bulk(keys)
    opened = readable_among(keys, user)
    homes: dict[int, Address] = {}
    for home in Address.objects.filter(person__in=keys).order_by("ended_on", "started_on") if keys else ():
        homes[home.person_id] = home
    return [_line(people[match.person], match.why, homes.get(match.person), on, match.person in opened)
            for match in found]  # fmt: skip


def _line(person: Person, why: str, home: Address | None, on: date, may_open: bool) -> Line:
    return Line(
        person, age_in_words(person, on), _born(person) if may_open else "", _address(person, home, on, may_open),
        _held_by(person), why, may_open,
    )  # fmt: skip


def _born(person: Person) -> str:
    """The birth date; nothing of an unborn child, whose name says when it is expected."""
    if person.unborn:
        return ""
    if person.born_on is None:
        return "birth date not known"
    return f"born {'about ' if person.birth_date_estimated else ''}{person.born_on:%-d %B %Y}"


def _address(person: Person, home: Address | None, on: date, whole: bool) -> str:
    """Where the person lives or lived; of somebody out of reach only the district."""
    if person.no_fixed_address:
        return "no fixed address"
    if home is None:
        return "address not known"
    parts = [*home.lines.splitlines(), home.postcode] if whole else [home.postcode.split(" ")[0] or person.ward]
    words = ", ".join(part.strip() for part in parts if part.strip()) or "address not known"
    return f"formerly {words}" if home.ended_on and home.ended_on < on else words


def _held_by(person: Person) -> str:
    """The worker and team that hold the case; empty where nobody does."""
    held = next(iter(person.allocations.all()), None)
    if held is None:
        return ""
    worker, team = str(held.worker or ""), str(held.team or held.service)
    return ", ".join(part for part in (worker, team) if part)
