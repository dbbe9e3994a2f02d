"""Questions to other agencies, as their own accounts see them: no more of anybody than they need to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.accounts.models import User
from casework.front_door.actions.partners import ANSWERING
from casework.front_door.models import Contribution
from casework.front_door.queries.board import age_in_words
from casework.front_door.reading import people_asked_about, visible_questions
from casework.people.models import Address, Person


@dataclass(frozen=True)
class Subject:
    """Somebody asked about: a name, a birth date, an address, and nothing else of their record."""

    name: str
    born_on: date | None
    expected_on: date | None
    age: str
    address: str


@dataclass(frozen=True)
class Question:
    """A question and those it is about."""

    asked: Contribution
    people: list[Subject]


def agencies_with_accounts() -> list[str]:
    """The agencies that have an account to answer with."""
    found = User.objects.filter(role__in=ANSWERING, is_active=True).exclude(agency="")
    return sorted(set(found.values_list("agency", flat=True)))


def questions_of(user: User) -> list[Contribution]:
    """What the account's agency is asked, those not answered yet first, the oldest first."""
    return sorted(visible_questions(user), key=lambda one: (one.answered_at is not None, one.asked_at))


def question_page(asked: Contribution, today: date) -> Question:
    """A question as the agency's account sees it."""
    people = list(people_asked_about(asked))
    homes: dict[int, str] = {}
    for home in Address.objects.filter(person__in=people, kind="home", ended_on=None).order_by("pk"):
        homes[home.person_id] = ", ".join(part for part in (*home.lines.splitlines(), home.postcode) if part)
    return Question(asked, [_subject(person, homes.get(person.pk, "not known"), today) for person in people])


def _subject(person: Person, address: str, today: date) -> Subject:
    return Subject(person.full_name, person.born_on, person.expected_on, age_in_words(person, today), address)
