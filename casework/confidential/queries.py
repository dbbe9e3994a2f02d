"""Who looked at a record and what was changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.paginator import Page, Paginator

from casework.access.models import Restriction
from casework.history.models import Entry
from casework.people.models import Person

PER_PAGE = 50
NOT_SHOWN = {"pgh_label", "pgh_obj_id", "pgh_created_at", "pgh_context_id", "id", "version", "reference", "recorded_at",
             "recorded_by_id"}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it. `changes` are (what, before, after) of a changed row."""

    at: datetime
    kind: str
    who: str
    sentence: str
    why: str
    where_from: str
    changes: tuple[tuple[str, str, str], ...] = ()


def open_restriction(person: Person) -> Restriction | None:
    """The restriction on the record now, if there is one."""
    return Restriction.objects.filter(person=person, lifted_at=None).select_related("owner").first()


def who_looked(person: Person, *, kind: str = "", number: int = 1) -> tuple[Page[Entry], list[Line]]:
    """A page of the record's history, latest first, and its entries as lines. `kind` narrows it.

    What was done to records that have become part of this one is in it.
    """
    whose = [person.pk, *person.merged_from.values_list("pk", flat=True)]
    entries = Entry.objects.filter(person__in=whose).order_by("-position")
    page = Paginator(entries.filter(kind=kind) if kind else entries, PER_PAGE).get_page(number)
    return page, [_line(entry, before) for entry, before in zip(page, _befores(page, whose), strict=True)]


def _befores(page: Page[Entry], whose: list[int]) -> list[dict[str, object]]:
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


def _before(entry: Entry, versions: list[Entry]) -> dict[str, object]:
    before = [one for one in versions if one.position < entry.position]
    return dict(before[-1].row or {}) if before else {}


def _row(entry: Entry) -> tuple[str, object]:
    return entry.of_table, (entry.row or {}).get("pgh_obj_id")


def _line(entry: Entry, before: dict[str, object]) -> Line:
    if entry.kind != Entry.Kind.CHANGE:
        sentence = {"read": f"Looked at: {entry.what}", "denied": "Asked for the record and was refused"}.get(
            entry.kind, entry.get_kind_display()
        )
        return Line(entry.at, entry.kind, entry.who_name, sentence, entry.why, entry.where_from)
    model = apps.get_model(entry.of_table)
    what = {"insert": "Added", "update": "Changed", "delete": "Removed"}.get(entry.what, entry.what)
    changes = tuple(_changes(before if entry.what == "update" else {}, entry.row or {}))
    name = str(model._meta.verbose_name)
    return Line(entry.at, entry.kind, entry.who_name, f"{what}: {name}", entry.why, entry.where_from, changes)


def _changes(before: dict[str, object], after: dict[str, object]) -> list[tuple[str, str, str]]:
    names = sorted((before.keys() | after.keys()) - NOT_SHOWN)
    moved = [name for name in names if before.get(name) != after.get(name)]
    return [
        (name.removesuffix("_id").replace("_", " "), _text(before.get(name)), _text(after.get(name)))
        for name in moved
        if _text(before.get(name)) != _text(after.get(name))
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
