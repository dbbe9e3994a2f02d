"""The triage board: contacts that wait for a decision, by time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, OuterRef, Value, When

from casework.accounts.models import User
from casework.common.kept_queries import KeptQuery, among
from casework.common.sql import Holds
from casework.front_door.clocks import CONTACT_RULES, Face, faces
from casework.front_door.models import Contact, ContactChild, Contribution, Named
from casework.front_door.reading import visible_to, waiting
from casework.people.ages import age_in_words as of_person
from casework.people.models import Person

A_PAGE = 25
SOURCES = (
    ("6", "Police"),
    ("2", "Schools and education"),
    ("3", "Health"),
    ("4", "Housing"),
    ("5", "Local authority"),
    ("7", "Courts, probation and other legal"),
    ("8", "Voluntary and other services"),
    ("1", "Family, friends and public"),
    ("9", "Anonymous"),
)
"""Sources as the board sorts them: the first figure of the code of each."""
WAITING_FOR = {
    "children": "Children to be named",
    "match": "Names to be matched",
    "partners": "Partners to answer",
    "decision": "A manager’s decision",
}


@dataclass(frozen=True)
class Asked:
    """The board as its filters ask for it. Empty is any."""

    urgency: str = ""
    source: str = ""
    agency: str = ""
    waiting: str = ""
    taken: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Row:
    """One contact on the board."""

    contact: Contact
    first: str
    others: int
    ages: str
    faces: list[Face]
    waiting_for: str
    asked: int
    outstanding: list[str]


@dataclass(frozen=True)
class Tally:
    """How many wait, and how many are past each clock."""

    waiting: int
    late: list[tuple[str, int]]


@dataclass(frozen=True)
class Board:
    """A page of the board: its rows, the page that they are of, and the wall of clocks over all that wait."""

    rows: list[Row]
    page: Page[int]
    tally: Tally


class Waits(NamedTuple):
    """A contact that waits, as far as the board counts, chooses and orders. `received_at` is None where only the day
    is known."""

    pk: int
    received_on: date
    received_at: datetime | None
    urgency: str
    source: str
    agency: str
    taken_by: int | None
    waiting_for: str

    def is_as(self, asked: Asked, worker: int | None) -> bool:
        """Whether the filters leave it on the board of that worker."""
        return (
            asked.urgency in {"", self.urgency}
            and self._is_from(asked.source)
            and asked.agency.casefold() in self.agency.casefold()
            and asked.waiting in {"", self.waiting_for}
            and (asked.taken != "me" or (worker is not None and self.taken_by == worker))
            and (asked.taken != "nobody" or self.taken_by is None)
        )

    def _is_from(self, source: str) -> bool:
        match source:
            case "1":  # codes 1A to 1D, and not 10
                return self.source in {"1A", "1B", "1C", "1D"}
            case "9":
                return self.source in {"9", "10", ""}
            case _:
                return self.source.startswith(source)

    def place(self, asked: Asked) -> tuple[Any, ...]:
        """Where it stands in the order asked for."""
        urgent = asked.sort == "urgency" and self.urgency == Contact.Urgency.TODAY
        return not urgent, self.received_on, self.received_at is None, self.received_at, self.pk


CHILDREN = ContactChild.objects.filter(contact=OuterRef("pk"))
UNMATCHED = Named.objects.filter(is_child=True, person=None, set_aside_reason="")
UNANSWERED = Contribution.objects.filter(contact=OuterRef("pk"), answered_at=None)
WAITING_FOR_WHAT = Case(
    When(Exists(UNMATCHED.filter(contact=OuterRef("pk"))), then=Value("match")),
    When(~Exists(CHILDREN), then=Value("children")),
    When(Exists(UNANSWERED), then=Value("partners")),
    default=Value("decision"),
)
THAT_WAIT = KeptQuery(
    lambda seen: (
        Contact.objects.filter(Holds("pk", seen), waiting())
        .order_by()
        .values_list(*Waits._fields[:-1], WAITING_FOR_WHAT)
    )
)
SHOWN = KeptQuery(lambda: Contact.objects.filter(among("pk", "keys")).select_related("taken_by"))
CHILDREN_OF = KeptQuery(
    lambda: (
        ContactChild.objects.filter(among("contact", "keys"), person__merged_into=None)
        .select_related("person")
        .order_by("pk")
    )
)
UNMATCHED_OF = KeptQuery(lambda: UNMATCHED.filter(among("contact", "keys")).order_by("pk"))
ASKED_OF = KeptQuery(
    lambda: Contribution.objects.filter(among("contact", "keys")).only("contact", "agency", "answered_at")
)


def board(user: User, asked: Asked, *, page: str, at: datetime, today: date) -> Board:
    """The contacts that wait and that the account may see, soonest due first. Five queries."""
    wait = [Waits(*row) for row in THAT_WAIT.ask(visible_to(user))]
    chosen = sorted((one for one in wait if one.is_as(asked, user.worker_id)), key=lambda one: one.place(asked))
    waiting_for = {one.pk: one.waiting_for for one in chosen}
    shown = Paginator(list(waiting_for), A_PAGE).get_page(page)
    keys = list(shown.object_list)
    contacts = {one.pk: one for one in SHOWN.ask(keys=keys)}
    people, partners = _people(keys), _partners(keys)
    rows = [
        _row(contacts[key], waiting_for[key], people.get(key, []), partners.get(key, []), at, today) for key in keys
    ]
    return Board(rows, shown, _tally(wait, at))


def _tally(wait: list[Waits], at: datetime) -> Tally:
    """The wall of clocks: counted over everything that waits, whatever is filtered."""
    clocks = [faces(one, CONTACT_RULES, at) for one in wait]
    names = list(dict.fromkeys(face.name for found in clocks for face in found))
    late = [(name, sum(face.late and face.name == name for found in clocks for face in found)) for name in names]
    return Tally(len(wait), late)


def _people(contacts: list[int]) -> dict[int, list[Person | Named]]:
    """The children of each contact, those on record first, then those named and not matched."""
    found: dict[int, list[Person | Named]] = {}
    for child in CHILDREN_OF.ask(keys=contacts):
        found.setdefault(child.contact_id, []).append(child.person)
    for named in UNMATCHED_OF.ask(keys=contacts):
        found.setdefault(named.contact_id, []).append(named)
    return found


def _partners(contacts: list[int]) -> dict[int, list[Contribution]]:
    found: dict[int, list[Contribution]] = {}
    for asked in ASKED_OF.ask(keys=contacts):
        found.setdefault(asked.contact_id, []).append(asked)
    return found


def _row(
    contact: Contact, waiting_for: str, people: list[Person | Named], asked: list[Contribution], at: datetime,
    today: date,
) -> Row:  # fmt: skip
    name = _name(people[0]) if people else "No child named yet"
    return Row(
        contact, name, max(len(people) - 1, 0), ", ".join(age_in_words(person, today) for person in people),
        faces(contact, CONTACT_RULES, at), WAITING_FOR[waiting_for],
        len(asked), [one.agency for one in asked if one.answered_at is None],
    )  # fmt: skip


def _name(person: Person | Named) -> str:
    return person.full_name if isinstance(person, Person) else person.said_name


def age_in_words(person: Person | Named, on: date) -> str:
    """5 years; 7 months; unborn; about 5, where only that was said; "age not known"."""
    if isinstance(person, Person):
        return of_person(person, on)
    if person.born_on is None and person.age_said is not None:
        return f"about {person.age_said}"
    return of_person(Person(born_on=person.born_on, expected_on=person.expected_on), on)
