"""What a person has several of, as the details page lists it: what goes on first, what has ended after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.access.rules import may
from casework.accounts.models import User
from casework.common.coded import meaning
from casework.people.forms.belongings import KINDS
from casework.people.models import Address, Identifier, OtherName, Person, Professional, WarningNote


@dataclass(frozen=True)
class Row:
    """One of them: what it is called, what it says, and its days."""

    pk: int
    label: str
    text: str
    when: str


@dataclass(frozen=True)
class Group:
    """All of one sort. `kind` is its code in addresses of pages."""

    kind: str
    title: str
    add: str
    rows: tuple[Row, ...]


TITLES = {
    "names": "Other names",
    "addresses": "Addresses",
    "numbers": "Numbers elsewhere",
    "professionals": "Professionals",
    "warnings": "Warning notes",
}


def groups(person: Person, user: User) -> list[Group]:
    """Every sort: five queries. Names that must stay closed are left out for who may not restrict records."""
    closed_too = may(user, "restrict.manage")
    found = []
    for kind, title in TITLES.items():
        rows: Any = KINDS[kind].model._default_manager.filter(person=person).order_by("pk")
        if kind == "names" and not closed_too:
            rows = rows.filter(restricted=False)
        shown = sorted(rows, key=lambda row: (bool(_ends(row)), -(_begins(row) or date.min).toordinal()))
        found.append(Group(kind, title, KINDS[kind].add, tuple(SHOWN[kind](row) for row in shown)))
    return found


def _begins(row: Any) -> date | None:
    return getattr(row, "started_on", None) or getattr(row, "valid_from", None)


def _ends(row: Any) -> date | None:
    return getattr(row, "ended_on", None) or getattr(row, "valid_to", None)


def _when(row: Any) -> str:
    begins, ends = _begins(row), _ends(row)
    said = [f"from {begins:%-d %B %Y}" if begins else "", f"until {ends:%-d %B %Y}" if ends else ""]
    words = " ".join(part for part in said if part)
    return words[:1].upper() + words[1:]


def _name(row: OtherName) -> Row:
    closed = " (closed)" if row.restricted else ""
    return Row(row.pk, f"{row.get_kind_display()}{closed}", f"{row.forename} {row.surname}".strip(), _when(row))


def _number(row: Identifier) -> Row:
    return Row(row.pk, meaning("identifier_kind", row.kind) or "Number", row.value, _when(row))


def _address(row: Address) -> Row:
    words = "\n".join(part for part in (row.lines, row.postcode) if part)
    return Row(row.pk, meaning("address_kind", row.kind) or "Address", words or "Not known", _when(row))


def _professional(row: Professional) -> Row:
    words = "\n".join(part for part in (row.name, row.agency, row.telephone, row.email) if part)
    return Row(row.pk, row.role, words, _when(row))


def _warning(row: WarningNote) -> Row:
    words = "\n".join(part for part in (row.what, row.what_to_do, row.ended_reason) if part)
    review = "" if row.ended_on else f". Review by {row.review_on:%-d %B %Y}"
    return Row(row.pk, "Ended warning" if row.ended_on else "Warning", words, _when(row) + review)


def shown(kind: str, row: Any) -> Row:
    """One of that sort, as the page lists it."""
    return SHOWN[kind](row)


SHOWN: dict[str, Callable[[Any], Row]] = {
    "names": _name,
    "addresses": _address,
    "numbers": _number,
    "professionals": _professional,
    "warnings": _warning,
}
