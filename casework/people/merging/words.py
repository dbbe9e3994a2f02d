"""Rows of a record told to a reader: how many of which kind, and what one of them says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from casework.accounts.models import User
from casework.people.merging.differences import EMPTY, TOPICS, said
from casework.people.merging.pointers import Row, rows_held
from casework.people.models import Person
from casework.people.reading import restricted_from

KINDS = {
    "access.Restriction": ("restriction on who sees it", "restrictions on who sees it"),
    "allocation.Allocation": ("allocation", "allocations"),
    "assessment.Assessment": ("assessment", "assessments"),
    "chronology.Entry": ("entry of the chronology", "entries of the chronology"),
    "chronology.Remark": ("remark on the chronology", "remarks on the chronology"),
    "documents.Document": ("file", "files"),
    "early_help.AssessedChild": ("early help assessment", "early help assessments"),
    "front_door.AskedAbout": ("question to an agency", "questions to agencies"),
    "front_door.ContactChild": ("contact", "contacts"),
    "front_door.Named": ("mention in a contact", "mentions in contacts"),
    "front_door.Referral": ("referral", "referrals"),
    "meetings.ChildAtMeeting": ("core group or review", "core groups and reviews"),
    "notes.Addition": ("addition to a case note", "additions to case notes"),
    "notes.Part": ("case note", "case notes"),
    "people.Address": ("address", "addresses"),
    "people.Disability": ("kind of disability", "kinds of disability"),
    "people.Identifier": ("number elsewhere", "numbers elsewhere"),
    "people.OtherName": ("other name", "other names"),
    "people.Person": ("record merged into it before", "records merged into it before"),
    "people.Professional": ("professional", "professionals"),
    "people.Relationship": ("relation", "relations"),
    "people.WarningNote": ("warning note", "warning notes"),
    "tasks.SignOff": ("sign-off", "sign-offs"),
    "tasks.Task": ("task", "tasks"),
    "visits.ChildVisited": ("visit", "visits"),
    "voice.CameOf": ("note of what came of words", "notes of what came of words"),
    "voice.HeardBefore": ("time heard before this record", "times heard before this record"),
    "voice.NotAsked": ("reason why they were not asked", "reasons why they were not asked"),
    "voice.Said": ("record of the child’s words", "records of the child’s words"),
}
"""One and several of what a model holds. A model that is not here is called what its author called it."""

NOT_TOLD = {"id", "reference", "version", "recorded_at", "recorded_by", "ended_recorded_at"}


@dataclass(frozen=True)
class Told:
    """A row: what kind of thing it is, and what it says."""

    kind: str
    text: str


def kind_of(label: str, count: int) -> str:
    """What so many rows of the model are called."""
    model = apps.get_model(label)
    one, several = KINDS.get(label, (model._meta.verbose_name, model._meta.verbose_name_plural))
    return str(one if count == 1 else several)


def counted(rows: Iterable[Row]) -> list[str]:
    """How many of each kind: "3 addresses". A row that names somebody in two columns counts once."""
    found: dict[str, set[Any]] = {}
    for label, _, key in rows:
        found.setdefault(label, set()).add(key)
    return sorted((f"{len(keys)} {kind_of(label, len(keys))}" for label, keys in found.items()), key=_by_words)


def _by_words(text: str) -> str:
    return text.split(" ", 1)[1]


def left_alone(rows: Sequence[Row]) -> list[str]:
    """What undoing a merge could not put back: answers about the person by name, other rows by their number."""
    answers = {column: topic.title.lower() for topic in TOPICS for column in topic.columns}
    mine = [answers[column] for label, column, _ in rows if label == "people.Person" and column in answers]
    others = [row for row in rows if not (row[0] == "people.Person" and row[1] in answers)]
    return [*dict.fromkeys(mine), *counted(others)]


def told(rows: Iterable[Row], user: User) -> list[Told]:
    """What each row says, in few queries however many kinds there are. Nobody closed to the reader is named."""
    held = rows_held(list(rows))
    names = _names([(apps.get_model(label), column, row) for label, column, _, row in held], user)
    return [
        Told(_begun(kind_of(label, 1)), _text(apps.get_model(label), column, row, names))
        for label, column, _, row in held
    ]


Names = dict[tuple[type[models.Model], Any], str]


def _names(held: Iterable[tuple[type[models.Model], str, dict[str, Any]]], user: User) -> Names:
    """What each row named by these is called: people, workers, teams and whatever else has a name of its own."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for model, column, row in held:
        for field in _told_columns(model, column):
            if field.is_relation and field.related_model.__str__ is not models.Model.__str__:
                wanted.setdefault(field.related_model, set()).add(row[field.column])
    found: Names = {}
    for model, keys in wanted.items():
        rows = model._default_manager.filter(pk__in=keys - {None})
        if model is Person:
            found |= {(model, key): "somebody whose record is closed to you" for key in keys}
            rows = rows.exclude(pk__in=restricted_from(user).values("pk"))
        found |= {(model, row.pk): str(row) for row in rows}
    return found


def _text(model: type[models.Model], column: str, row: dict[str, Any], names: Names) -> str:
    parts = []
    for field in _told_columns(model, column):
        if row[field.column] not in EMPTY and (words := _words(row[field.column], field, names)):
            parts.append(f"{field.verbose_name}: {words}")
    return _begun("; ".join(parts) or "nothing more is recorded of it")


def _told_columns(model: type[models.Model], column: str) -> list[Any]:
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    return [one for one in fields if one.name != column and one.name not in NOT_TOLD]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(written: Any, field: Any, names: Names) -> str:
    if field.is_relation:
        return names.get((field.related_model, written), "")
    value = field.to_python(written)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y at %H:%M}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return said(value, field)
