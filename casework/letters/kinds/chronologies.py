"""The child's chronology as a document for court: the key events, as the page that is printed has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.accounts.models import User
from casework.chronology.queries import Sought, chronology_of
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds.model import Field, Kind
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import table
from casework.people.models import Person

HEADER = ("No.", "Day", "What happened", "Why it matters", "Source")
WIDTHS = (2, 8, 12, 7, 7)


def fill(person: Person, _reference: str, _user: User, today: date) -> Mapping[str, Value] | None:
    """The lines of the chronology, numbered."""
    found = chronology_of([person], Sought(), today)
    rows = tuple(
        (
            str(number),
            f"about {day(line.on)}" if line.day_not_certain else day(line.on),
            f"{line.what}. {line.detail}" if line.detail else line.what,
            line.significance,
            line.source,
        )
        for number, line in enumerate(found.lines, 1)
    )
    left_out = ". Visits, meetings and supervision are left out" if found.left_out else ""
    holds = f"{len(found.lines)} of {found.of} lines{left_out}."
    return {"chronology.lines": table(HEADER, rows, WIDTHS), "chronology.holds": holds}


LINE = table(HEADER, [("1", "5 January 2020", "Referral received", "The first of three", "Referral")], WIDTHS)
COURT = Kind(
    "chronology", "Chronology for court",
    (
        Field("chronology.lines", "Table: the key events, in order", LINE, part=True),
        Field("chronology.holds", "How many lines are in it, and which are left out", "1 of 1 lines."),
    ),
    None, fill,
)  # fmt: skip
