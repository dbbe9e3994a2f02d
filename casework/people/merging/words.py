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
from casework.people.merging.pointers import Row, by_column
from casework.people.models import Person
from casework.people.reading import restricted_from

KINDS = {
    "access.Restriction": ("restriction on who sees it", "restrictions on who sees it"),
    "allocation.Allocation": ("allocation", "allocations"),
    "assessment.Assessment": ("assessment", "assessments"),
    "documents.Document": ("file", "files"),
    "early_help.AssessedChild": ("early help assessment", "early help assessments"),
    "front_door.AskedAbout": ("question to an agency", "questions to agencies"),
    "front_door.ContactChild": ("contact", "contacts"),
    "front_door.Named": ("mention in a contact", "mentions in contacts"),
    "front_door.Referral": ("referral", "referrals"),
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
    """What each row says: one query a kind. Nobody is named whose record is restricted from the reader."""
    hidden: set[int] | None = None
    found = []
    for (label, column), keys in by_column(sorted(rows)).items():
        model = apps.get_model(label)
        others = [field.name for field in model._meta.concrete_fields if _tells(field, column) and field.is_relation]
        for row in model._default_manager.filter(pk__in=keys).select_related(*others).order_by("pk"):
            people = [name for name in others if isinstance(getattr(row, name), Person)]
            if people and hidden is None:
                hidden = set(restricted_from(user).values_list("pk", flat=True))
            found.append(Told(_begun(kind_of(label, 1)), _text(row, column, hidden or set())))
    return found


def _text(row: models.Model, column: str, hidden: set[int]) -> str:
    parts = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name) if _tells(field, column) else None
        if value in EMPTY:
            continue
        words = _words(value, field, hidden)
        if words:
            parts.append(f"{field.verbose_name}: {words}")
    return _begun("; ".join(parts) or "nothing more is recorded of it")


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(value: Any, field: Any, hidden: set[int]) -> str:
    if isinstance(value, Person):
        return "somebody whose record is closed to you" if value.pk in hidden else value.full_name
    if isinstance(value, models.Model):
        return str(value) if type(value).__str__ is not models.Model.__str__ else ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y at %H:%M}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return said(value, field)


def _tells(field: Any, column: str) -> bool:
    return not field.primary_key and field.name != column and field.name not in NOT_TOLD
