"""What people itself puts on a record: its pages, the start of the overview, who is who, its lines of the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from casework.accounts.models import User
from casework.common import clock
from casework.common.coded import meaning
from casework.people import panels
from casework.people.family import family_and_household, family_of, home_of
from casework.people.models import Person

USEFUL = (
    ("born_on", "date of birth"),
    ("sex", "sex"),
    ("ethnicity", "ethnic background"),
    ("first_language", "first language"),
    ("disabled", "whether disabled"),
)
"""What a return or a visit will ask of a child, in the order it is said to be missing."""


def add_all() -> None:
    """Add them, once, when the application starts."""
    for order, (code, title, view) in enumerate(PAGES):
        panels.add(panels.RecordPage(code, title, order * 100, "people.read", view))
    panels.add(panels.Panel("start", "Start here", 0, "people.read", start_here, "people/panels/start.html"))
    panels.add(panels.Panel("who", "Who is who", 0, "people.read", who_is_who, "people/panels/who.html", "side"))
    panels.add(
        panels.Panel("working", "Working with them", 50, "people.read", working, "people/panels/working.html", "side")
    )
    for order, (code, title, view, *given) in enumerate(ADDITIONS):
        panels.add(panels.Addition(code, title, 500 + order, "people.write", view, given=tuple(given)))
    panels.add(panels.Timeline("people", 0, "people.read", on_the_timeline))


PAGES = (
    ("overview", "Overview", "person"),
    ("family", "Family", "person_family"),
    ("details", "Details", "person_details"),
    ("timeline", "Timeline", "person_timeline"),
)
"""Other apps' pages come between these by their order: 0, 100, 200, 300."""


ADDITIONS = (
    ("relative", "Relative or carer", "find_relative"),
    ("address", "Address", "add_address"),
    ("professional", "Professional", "add_belonging", "professionals"),
    ("warning", "Warning note", "add_belonging", "warnings"),
    ("name", "Another name", "add_belonging", "names"),
    ("number", "Number elsewhere", "add_belonging", "numbers"),
    ("death", "Death", "change_details", "death"),
)
"""After what other apps add."""


def start_here(_request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """What a duty worker needs in half a minute, and what nobody has asked yet."""
    today = clock.today()
    unborn_knows = {"born_on", "sex", "first_language", "disabled"} if person.unborn else set()
    missing = [words for name, words in USEFUL if getattr(person, name) in (None, "") and name not in unborn_knows]
    kinds = person.disabilities.all() if person.disabled else ()
    disabilities = [meaning("disability", one.disability) for one in kinds]
    return {
        "home": home_of(person, today),
        "disabilities": disabilities,
        "missing": missing if person.is_child else [],
    }


def who_is_who(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """Parents, those with parental responsibility, brothers and sisters, children, and the household."""
    assert isinstance(request.user, User)
    today = clock.today()
    family, household = family_and_household(person, request.user, today)
    return {"family": family, "household": household, "today": today}


def working(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """Professionals around the child now."""
    today = clock.today()
    found = list(person.professionals.filter(Q(ended_on=None) | Q(ended_on__gte=today)).order_by("role", "name"))
    return {"professionals": found} if found else None


def on_the_timeline(request: HttpRequest, person: Person) -> Iterator[panels.Happening]:
    """Birth and death, moves, people who came and went, warning notes."""
    details, family = (
        reverse("person_details", args=[person.reference]),
        reverse("person_family", args=[person.reference]),
    )
    for day, title in ((person.born_on, "Born"), (person.died_on, "Died")):
        if day:
            yield panels.Happening(day, title, address=details)
    yield from _moves(person, details)
    yield from _relations(request, person, family)
    for note in person.warning_notes.all():
        yield panels.Happening(note.started_on, "Warning note", note.what, details)
        if note.ended_on:
            yield panels.Happening(note.ended_on, "Warning note ended", note.ended_reason, details)


def _moves(person: Person, details: str) -> Iterator[panels.Happening]:
    for home in person.addresses.all():
        kind = meaning("address_kind", home.kind) or "Address"
        words = ", ".join(part for part in (*home.lines.splitlines(), home.postcode) if part)
        if home.started_on:
            yield panels.Happening(home.started_on, f"{kind}: from this day", words, details)
        if home.ended_on:
            yield panels.Happening(home.ended_on, f"{kind}: until this day", words, details)


def _relations(request: HttpRequest, person: Person, family: str) -> Iterator[panels.Happening]:
    assert isinstance(request.user, User)
    for one in family_of(person, request.user).relatives:
        if one.row and one.row.started_on and one.row.started_on != person.born_on:
            yield panels.Happening(one.row.started_on, f"{one.words}: {one.person.full_name}", address=family)
        if one.row and one.row.ended_on:
            yield panels.Happening(
                one.row.ended_on, f"No longer: {one.words.lower()}, {one.person.full_name}", "", family
            )
