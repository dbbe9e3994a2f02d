"""Every column of every model that names a person, found in the models themselves: a new app need not say so.

Not among them: versions of rows (they are history), what is worked out from other rows, and what is about the one
record and not the person: who was let into it with a reason, and merges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.expressions import RawSQL

from casework.access.models import BreakGlass
from casework.deadlines.models import Obligation
from casework.people.models import Merge, Person

WORKED_OUT: tuple[type[models.Model], ...] = (Obligation,)
OF_THE_RECORD_ALONE: tuple[type[models.Model], ...] = (BreakGlass, Merge)

Row = tuple[str, str, Any]
"""A row that names a person: the label of its model, the column, its key."""


@dataclass(frozen=True)
class Pointer:
    """A column of a model that names a person."""

    model: type[models.Model]
    column: str

    @property
    def label(self) -> str:
        """The model's label, such as people.Address."""
        return self.model._meta.label

    def point(self, keys: Iterable[Any], person: int) -> bool:
        """Have these rows name the person; False, and nothing changed, where the database does not allow it."""
        try:
            with transaction.atomic():
                self.model._default_manager.filter(pk__in=list(keys)).update(**{self.column: person})
        except IntegrityError:
            return False
        return True

    def of(self, person: int, keys: Iterable[Any]) -> list[Any]:
        """Those of the rows that name the person."""
        rows = self.model._default_manager.filter(**{self.column: person}, pk__in=list(keys))
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def naming(self, people: Iterable[int]) -> models.QuerySet[Any]:
        """The rows that name any of these people; `whose` says which."""
        rows: models.QuerySet[Any] = self._rows(people).annotate(whose=F(self.column))
        return rows

    def clashing(self, stays: int, goes: int) -> models.QuerySet[Any]:
        """The rows of `goes` that cannot name `stays`: it has their like, or they would name it twice."""
        found = [self._like(fields, only, stays) for fields, only in _uniques(self.model) if self.column in fields]
        found += [Q(**{other.column: stays}) for other in pointers() if other.model is self.model and other != self]
        either: Q = reduce(or_, found, Q(pk__in=[]))
        clashing: models.QuerySet[Any] = self._rows([goes]).filter(either)
        return clashing

    def told(self, keys: Iterable[Any]) -> models.QuerySet[Any]:
        """The rows with these keys."""
        return self._marked(Q(pk__in=list(keys)))

    def _rows(self, people: Iterable[int]) -> models.QuerySet[Any]:
        return self._marked(Q(**{f"{self.column}__in": list(people)}))

    def _marked(self, which: Q) -> models.QuerySet[Any]:
        """Rows with what tells one pointer's from another's."""
        marks = {"of_model": Value(self.label), "of_column": Value(self.column)}
        found: models.QuerySet[Any] = self.model._default_manager.filter(which).annotate(**marks)
        return found

    def _like(self, fields: tuple[str, ...], only: Q, stays: int) -> Q:
        same = {name: OuterRef(name) for name in fields if name != self.column}
        held = self.model._default_manager.filter(only, **{self.column: stays}, **same)
        return only & Q(Exists(held))


def pointers() -> list[Pointer]:
    """Every one, in order of label."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or hasattr(model, "pgh_tracked_model"):
            continue
        if model not in WORKED_OUT and model not in OF_THE_RECORD_ALONE:
            columns = [field.name for field in model._meta.concrete_fields if field.related_model is Person]
            found += [Pointer(model, column) for column in columns]
    return sorted(found, key=lambda one: (one.label, one.column))


def rows_naming(*people: int) -> dict[int, list[Row]]:
    """The rows that name each of these people, in order: one query over every table."""
    found: dict[int, list[Row]] = {person: [] for person in people}
    for label, column, key, person in sorted(_together([one.naming(people) for one in pointers()], "whose")):
        found[person].append((label, column, key))
    return found


def by_column(rows: Iterable[Row]) -> dict[tuple[str, str], list[Any]]:
    """The keys of the rows, by model and column."""
    found: dict[tuple[str, str], list[Any]] = {}
    for label, column, key in rows:
        found.setdefault((label, column), []).append(key)
    return found


def rows_clashing(stays: int, goes: int) -> set[Row]:
    """The rows of `goes` that will be kept aside in a merge: one query."""
    return set(_together([pointer.clashing(stays, goes) for pointer in pointers()]))


def rows_held(rows: list[Row]) -> list[tuple[str, str, Any, dict[str, Any]]]:
    """What these rows hold, column by column as the database writes it in JSON, in order: one query."""
    found = []
    for (label, column), keys in by_column(rows).items():
        model = apps.get_model(label)
        whole = RawSQL(f'to_jsonb("{model._meta.db_table}")', (), output_field=models.JSONField())
        found.append(Pointer(model, column).told(keys).annotate(whole=whole))
    return sorted(_together(found, "whole"), key=lambda row: row[:3]) if found else []


def _together(found: list[models.QuerySet[Any]], *more: str) -> Iterable[Any]:
    """The rows of all these, each with its label, column and key, and `more` columns that they are annotated with."""
    first, *others = [rows.order_by().values_list("of_model", "of_column", "pk", *more) for rows in found]
    return first.union(*others, all=True)


def _uniques(model: type[models.Model]) -> list[tuple[tuple[str, ...], Q]]:
    """The sets of columns that may hold the same values once, and among which rows."""
    found: list[tuple[tuple[str, ...], Q]] = []
    found += [((field.name,), Q()) for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    found += [(tuple(names), Q()) for names in model._meta.unique_together]
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and one.fields:
            found.append((tuple(one.fields), one.condition or Q()))
    return found
