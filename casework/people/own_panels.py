"""What people itself puts on a record: its pages, the start of the overview, who is who."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.access.rules import may
from casework.accounts.models import User
from casework.common import clock
from casework.common.coded import meaning
from casework.common.together import Rows
from casework.people import panels
from casework.people.family import family_and_household, home_among
from casework.people.models import Address, Disability, Person, Professional

ADDRESSES = Rows("addresses", lambda key: Address.objects.filter(person=key))
DISABILITIES = Rows("disabilities", lambda key: Disability.objects.filter(person=key))
PROFESSIONALS = Rows("professionals", lambda key: Professional.objects.filter(person=key).order_by("role", "name"))

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
    panels.add(panels.Panel("start", "About them", 0, "people.read", start_here, "people/panels/start.html",
                            asks=(ADDRESSES, DISABILITIES)))  # fmt: skip
    panels.add(panels.Panel("who", "Who is who", 0, "people.read", who_is_who, "people/panels/who.html", "side"))
    panels.add(
        panels.Panel(
            "working",
            "Working with them",
            50,
            "people.read",
            working,
            "people/panels/working.html",
            "side",
            (PROFESSIONALS,),
        )
    )
    panels.add(panels.Panel("merged", "Merged records", 90, "people.read", merged, "people/panels/merged.html", "side"))
    panels.add(panels.Addition("same", "Another record of the same person", 600, "people.merge", "find_same"))
    for order, (code, title, view, *given) in enumerate(ADDITIONS):
        panels.add(panels.Addition(code, title, 500 + order, "people.write", view, given=tuple(given)))


PAGES = (
    ("overview", "Overview", "person"),
    ("family", "Family", "person_family"),
    ("details", "Details", "person_details"),
)
"""Other apps' pages come between these by their order: 0, 100, 200."""


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
    kinds = panels.answer(DISABILITIES, person) if person.disabled else ()
    disabilities = [meaning("disability", one.disability) for one in kinds]
    return {
        "home": home_among(panels.answer(ADDRESSES, person), today),
        "disabilities": disabilities,
        "missing": missing if person.is_child else [],
    }


def who_is_who(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """Parents, those with parental responsibility, brothers and sisters, children, and the household."""
    assert isinstance(request.user, User)
    today = clock.today()
    home = home_among(panels.answer(ADDRESSES, person), today)
    family, household = family_and_household(person, home, request.user, today)
    return {"family": family, "household": household, "today": today}


def working(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """Professionals around the child now."""
    today = clock.today()
    found = [one for one in panels.answer(PROFESSIONALS, person) if one.ended_on is None or one.ended_on >= today]
    return {"professionals": found} if found else None


def merged(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """Numbers of the records that have become part of this one."""
    return {"may_undo": may(request.user, "people.merge")} if person.became_part else None
