"""The triage board: contacts that wait for a decision, by time left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value, When

from casework.accounts.models import User
from casework.front_door.clocks import CONTACT_RULES, Face, faces
from casework.front_door.models import Contact, ContactChild, Contribution, Named
from casework.front_door.reading import visible_contacts, waiting
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
    """A page of the board: its rows, and the page that they are of."""

    rows: list[Row]
    page: Page[Contact]


def board(user: User, asked: Asked, *, page: str, at: datetime, today: date) -> Board:
    """The contacts that wait and that the account may see, soonest due first."""
    found = _asked_for(_waiting(user), asked, user)
    first = ["-urgent"] if asked.sort == "urgency" else []
    found = found.order_by(*first, "received_on", F("received_at").asc(nulls_last=True), "pk")
    shown = Paginator(found.select_related("taken_by"), A_PAGE).get_page(page)
    contacts = list(shown.object_list)
    people, partners = _people(contacts), _partners(contacts)
    rows = [_row(one, people.get(one.pk, []), partners.get(one.pk, []), at, today) for one in contacts]
    return Board(rows, shown)


def tally(user: User, at: datetime) -> Tally:
    """The wall of clocks: counted over everything that waits, whatever is filtered."""
    came = list(visible_contacts(user).filter(waiting()).only("received_on", "received_at"))
    clocks = [faces(contact, CONTACT_RULES, at) for contact in came]
    names = list(dict.fromkeys(face.name for found in clocks for face in found))
    late = [(name, sum(face.late and face.name == name for found in clocks for face in found)) for name in names]
    return Tally(len(came), late)


def _waiting(user: User) -> QuerySet[Contact]:
    children = ContactChild.objects.filter(contact=OuterRef("pk"))
    unmatched = Named.objects.filter(contact=OuterRef("pk"), is_child=True, person=None, set_aside_reason="")
    unanswered = Contribution.objects.filter(contact=OuterRef("pk"), answered_at=None)
    return (
        visible_contacts(user)
        .filter(waiting())
        .annotate(
            waiting_for=Case(
                When(Exists(unmatched), then=Value("match")),
                When(~Exists(children), then=Value("children")),
                When(Exists(unanswered), then=Value("partners")),
                default=Value("decision"),
            ),
            urgent=ExpressionWrapper(Q(urgency=Contact.Urgency.TODAY), output_field=BooleanField()),
        )
    )


def _asked_for(found: QuerySet[Contact], asked: Asked, user: User) -> QuerySet[Contact]:
    if asked.urgency:
        found = found.filter(urgency=asked.urgency)
    if asked.source == "1":  # codes 1A to 1D, and not 10
        found = found.filter(source__regex="^1[A-D]$")
    elif asked.source == "9":
        found = found.filter(source__in=("9", "10", ""))
    elif asked.source:
        found = found.filter(source__startswith=asked.source)
    if asked.agency:
        found = found.filter(agency__icontains=asked.agency)
    if asked.waiting:
        found = found.filter(Q(("waiting_for", asked.waiting)))
    if asked.taken == "me":
        found = found.filter(taken_by=user.worker_id or 0)
    if asked.taken == "nobody":
        found = found.filter(taken_by=None)
    return found


def _people(contacts: Iterable[Contact]) -> dict[int, list[Person | Named]]:
    """The children of each contact, those on record first, then those named and not matched."""
    found: dict[int, list[Person | Named]] = {}
    children = ContactChild.objects.filter(contact__in=contacts, person__merged_into=None)
    for child in children.select_related("person").order_by("pk"):
        found.setdefault(child.contact_id, []).append(child.person)
    unmatched = Named.objects.filter(contact__in=contacts, is_child=True, person=None, set_aside_reason="")
    for named in unmatched.order_by("pk"):
        found.setdefault(named.contact_id, []).append(named)
    return found


def _partners(contacts: Iterable[Contact]) -> dict[int, list[Contribution]]:
    found: dict[int, list[Contribution]] = {}
    for asked in Contribution.objects.filter(contact__in=contacts).only("contact", "agency", "answered_at"):
        found.setdefault(asked.contact_id, []).append(asked)
    return found


def _row(contact: Contact, people: list[Person | Named], asked: list[Contribution], at: datetime, today: date) -> Row:
    name = _name(people[0]) if people else "No child named yet"
    return Row(
        contact, name, max(len(people) - 1, 0), ", ".join(age_in_words(person, today) for person in people),
        faces(contact, CONTACT_RULES, at), WAITING_FOR[contact.waiting_for],  # type: ignore[attr-defined]
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
