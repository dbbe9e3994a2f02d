"""Who looked at a record and what was changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import DateField, Field, Model

from casework.access.models import Restriction
from casework.common.coded import OfCodeSet, meaning
from casework.common.templatetags.golden_thread import day
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
        sentence = {"read": _looked(entry.what), "denied": "Asked for the record and was refused"}.get(
            entry.kind, entry.get_kind_display()
        )
        why = entry.why if entry.kind != Entry.Kind.READ else RELATIONS.get(entry.why, entry.why)
        return Line(entry.at, entry.kind, entry.who_name, sentence, why, entry.where_from)
    model = apps.get_model(entry.of_table)
    what = {"insert": "Added", "update": "Changed", "delete": "Removed"}.get(entry.what, entry.what)
    changes = tuple(_changes(model, before if entry.what == "update" else {}, entry.row or {}))
    name = str(model._meta.verbose_name)
    return Line(entry.at, entry.kind, entry.who_name, f"{what}: {name}", entry.why, entry.where_from, changes)


def _looked(what: str) -> str:
    """What was looked at; of a file, what was done with it, without the number that the database gave it."""
    if what.startswith(DONE_WITH_FILES):
        done = what.rpartition(" ")[0]
        return f"{done[:1].upper()}{done[1:]}"
    return f"Looked at: {what}"


def _changes(model: type[Model], before: dict[str, object], after: dict[str, object]) -> list[tuple[str, str, str]]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = sorted((before.keys() | after.keys()) - NOT_SHOWN)
    said = [(_label(name, fields.get(name)), *(_said(row.get(name), fields.get(name)) for row in (before, after)))
            for name in names if before.get(name) != after.get(name)]  # fmt: skip
    return [(label, was, is_now) for label, was, is_now in said if was != is_now]


def _label(name: str, field: Field[object, object] | None) -> str:
    return str(field.verbose_name) if field else name.replace("_", " ")


def _said(value: object, field: Field[object, object] | None) -> str:
    """What a column held, as people say it: what a code means, a day in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if type(field) is DateField:
        return day(date.fromisoformat(str(value)))
    codes = next((one.name for one in field.validators if isinstance(one, OfCodeSet)), "") if field else ""
    return meaning(codes, str(value)) if codes and value else str(value)
