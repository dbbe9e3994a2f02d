"""The child's chronology as a document for court: the key events, as the page that is printed has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from casework.accounts.models import User
from casework.chronology.lines import Line
from casework.chronology.queries import Sought, chronology_of
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds.model import Field, Kind, Whom
from casework.letters.kinds.sharing import of_several
from casework.letters.models import Copy
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import Table, table
from casework.people.models import Person
from casework.people.reading import readable

BESIDE = "chronology.beside"
HEADER = ("No.", "Day", "What happened", "Why it matters", "Source")
WIDTHS = (2, 8, 12, 7, 7)


def fill(person: Person, others: str, user: User, today: date) -> Mapping[str, Value] | None:
    """The lines of the chronology, numbered, and what happened to the others day by day; None where the account may
    not read each of them. `others` are the references of brothers and sisters."""
    near = _children(others, user)
    if near is None:
        return None
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
    return {
        "chronology.lines": table(HEADER, rows, WIDTHS), "chronology.holds": holds,
        BESIDE: side_by_side(person, near, today), "chronology.others": ", ".join(one.full_name for one in near),
    }  # fmt: skip


def kept_back(person: Person, others: str, whom: Whom, user: User, today: date) -> Mapping[str, str]:
    """What happened to the others, from all but the court and who is a parent to each of them."""
    near = _children(others, user)
    if not near or whom.recipient == Copy.For.COURT:
        return {}
    kept = (BESIDE, "chronology.others")
    return of_several(kept, [person.pk, *(one.pk for one in near)], whom, today)


def _children(references: str, user: User) -> list[Person] | None:
    """The children with those references, the oldest first; None unless the account may read each of them."""
    asked = references.split()
    found = list(readable(user).filter(reference__in=asked).order_by("born_on", "pk")) if asked else []
    return found if len(found) == len(asked) else None


def side_by_side(person: Person, near: Sequence[Person], today: date) -> Value:
    """Each day on which something happened to one of the others, with what happened to the child that day."""
    if not near:
        return ()
    days = chronology_of([person, *near], Sought(), today).days
    header = ("Day", *(one.first_name for one in (person, *near)))
    rows = [(day(one.on), *map(_cell, one.of_each)) for one in days if any(one.of_each[1:])]
    return (Table(header, tuple(rows), (3, *(5 for _ in header[1:]))),) if rows else ()


def _cell(lines: Sequence[Line]) -> str:
    return "\n".join(
        ". ".join(part.rstrip(".") for part in (one.what, one.detail, one.significance, f"({one.source})") if part)
        for one in lines
    )


LINE = table(HEADER, [("1", "5 January 2020", "Referral received", "The first of three", "Referral")], WIDTHS)
SEVERAL = (Table(("Day", "Carl", "Cora"), (("5 January 2020", "", "Referral received. (Referral)"),), (3, 5, 5)),)
COURT = Kind(
    "chronology", "Chronology for court",
    (
        Field("chronology.lines", "Table: the key events, in order", LINE, part=True),
        Field(BESIDE, "Table: day by day, what happened to the brothers and sisters chosen, beside the child", SEVERAL,
              part=True),
        Field("chronology.others", "The brothers and sisters chosen", "Cora Example"),
        Field("chronology.holds", "How many lines are in it, and which are left out", "1 of 1 lines."),
    ),
    None, fill, None, kept_back, several=BESIDE,
)  # fmt: skip
