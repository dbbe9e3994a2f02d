"""The fields that every letter may use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.access.roles import role_of
from casework.accounts.models import User
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds.model import Field
from casework.letters.paper.markup import Value
from casework.people.family import home_of
from casework.people.models import Person

COMMON = (
    Field("child.name", "The child’s first and family name", "Carl Example"),
    Field("child.first_name", "What the child is called", "Carl"),
    Field("child.born", "The child’s date of birth; of an unborn child, when the birth is expected", "1 May 2015"),
    Field("child.number", "The child’s number on this record", "P000000123"),
    Field("child.address", "Where the child lives. Hidden in a copy for somebody who may not know it",
          "1 Example Road\nAmberford"),
    Field("recipient.name", "Whom the copy is for", "Mona Example"),
    Field("today", "The day that the copy is made", "27 November 2026"),
    Field("sender.name", "Who makes the letter", "Wilma Worker"),
    Field("sender.role", "Their role", "Social worker"),
    Field("sender.team", "Their team", "Amber assessment"),
)  # fmt: skip
ADDRESS_HIDDEN = "not given in this copy"


def common(person: Person, user: User, today: date) -> Mapping[str, Value]:
    """Their values for a letter about the child that the account makes; not those of the recipient."""
    return {
        "child.name": person.full_name,
        "child.first_name": person.first_name,
        "child.born": day(person.born_on or person.expected_on) if person.born_on or person.expected_on else "",
        "child.number": person.reference,
        "child.address": address_of(person, today),
        "today": day(today),
        "sender.name": user.name,
        "sender.role": role_of(user).title,
        "sender.team": user.worker.team.name if user.worker and user.worker.team else "",
    }


def address_of(person: Person, on: date) -> str:
    """Where the person lives, on lines; empty where it is not known."""
    home = home_of(person, on)
    return "\n".join(part for part in (home.lines.strip(), home.postcode) if part) if home else ""
