"""Who looked at a record and what was changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.paginator import Page, Paginator

from casework.access.models import Restriction
from casework.accounts.models import User
from casework.confidential.changes import Change, Names, Row, changes_of, names_in, row_name
from casework.history.models import Entry
from casework.people.models import Person

PER_PAGE = 50
DONE_WITH_FILES = ("looked at the file ", "was shown the file ", "downloaded the file ")
RELATIONS = {
    "allocated": "allocated to them",
    "their team's": "held in their team",
    "their service's": "held in their service",
    "their role": "open to their role",
}
"""Why somebody could look, as the page says it, by what is written in the history."""
DONE = {"insert": "Added", "update": "Changed", "delete": "Removed"}
UNNAMED = "the database itself"
"""Who the history names for what no page did, such as a load from the earlier system."""


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it. `changes` are (what, before, after) of a row; `compared`: it was there before."""

    at: datetime
    kind: str
    who: str
    sentence: str
    why: str
    where_from: str
    changes: tuple[Change, ...] = ()
    compared: bool = False


def open_restriction(person: Person) -> Restriction | None:
    """The restriction on the record now, if there is one."""
    return Restriction.objects.filter(person=person, lifted_at=None).select_related("owner").first()


def who_looked(person: Person, user: User, *, kind: str = "", number: int = 1) -> tuple[Page[Entry], list[Line]]:
    """A page of the record's history, latest first, and its entries as lines for `user`. `kind` narrows it.

    What was done to records that have become part of this one is in it.
    """
    whose = [person.pk, *person.merged_from.values_list("pk", flat=True)]
    entries = Entry.objects.filter(person__in=whose).order_by("-position")
    page = Paginator(entries.filter(kind=kind) if kind else entries, PER_PAGE).get_page(number)
    befores = _befores(page, whose)
    names = names_in(page, befores, user)
    return page, [_line(entry, before, names) for entry, before in zip(page, befores, strict=True)]


def _befores(page: Page[Entry], whose: list[int]) -> list[Row]:
    """For each changed row, the version before it, found in one query."""
    changed = [entry for entry in page if entry.kind == Entry.Kind.CHANGE]
    earlier = Entry.objects.filter(
        person__in=whose,
        kind=Entry.Kind.CHANGE,
        of_table__in={entry.of_table for entry in changed},
    ).order_by("position")
    versions: dict[tuple[str, object], list[Entry]] = {}
    for entry in earlier if changed else ():
        versions.setdefault(_row(entry), []).append(entry)
    return [_before(entry, versions.get(_row(entry), [])) for entry in page]


def _before(entry: Entry, versions: list[Entry]) -> Row:
    before = [one for one in versions if one.position < entry.position]
    return dict(before[-1].row or {}) if before else {}


def _row(entry: Entry) -> tuple[str, object]:
    return entry.of_table, (entry.row or {}).get("pgh_obj_id")


def _line(entry: Entry, before: Row, names: Names) -> Line:
    if entry.kind != Entry.Kind.CHANGE:
        sentence = {"read": _looked(entry.what), "denied": "Asked for the record and was refused"}.get(
            entry.kind, entry.get_kind_display()
        )
        why = entry.why if entry.kind != Entry.Kind.READ else RELATIONS.get(entry.why, entry.why)
        return Line(entry.at, entry.kind, entry.who_name, sentence, why, entry.where_from)
    model = apps.get_model(entry.of_table)
    changed = entry.what == "update"
    changes = changes_of(model, before if changed else {}, entry.row or {}, names)
    sentence = f"{DONE.get(entry.what, entry.what)}: {row_name(model)}"
    who = "The system itself" if entry.who_name == UNNAMED else entry.who_name
    return Line(entry.at, entry.kind, who, sentence, entry.why, entry.where_from, changes, changed and bool(before))


def _looked(what: str) -> str:
    """What was looked at; of a file, what was done with it, without the number that the database gave it."""
    if what.startswith(DONE_WITH_FILES):
        done = what.rpartition(" ")[0]
        return f"{done[:1].upper()}{done[1:]}"
    return f"Looked at: {what}"
