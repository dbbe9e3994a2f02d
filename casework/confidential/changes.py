"""What changed in a row of the record, in the words of the pages: names, what codes mean, days in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.apps import apps
from django.db.models import DateField, DateTimeField, Field, ForeignKey, Model

from casework.accounts.models import Team, User, Worker
from casework.common.coded import OfCodeSet, meaning
from casework.common.templatetags.golden_thread import day, moment
from casework.confidential.words import COLUMNS, FOR_COMPUTERS, ROWS
from casework.history.models import Entry
from casework.people.models import Person
from casework.people.reading import readable

NOT_SHOWN = {"pgh_label", "pgh_obj_id", "pgh_created_at", "pgh_context_id", "id", "version", "reference",
             "recorded_by_id"}  # fmt: skip
NAMED: tuple[type[Model], ...] = (Worker, User, Team, Person)
"""What a row names with a number: the name is shown instead. The number of any other row tells a reader nothing."""
CLOSED = "somebody whose record is closed to you"
Row = Mapping[str, object]
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Names:
    """The names behind the numbers in some rows, a person's only if the reader may open that record."""

    by_model: Mapping[type[Model], Mapping[object, str]] = field(default_factory=dict)

    def of(self, model: type[Model], key: object) -> str:
        """The name; for a person that the reader may not open, that it is so."""
        name = self.by_model.get(model, {}).get(key)
        return name or (CLOSED if model is Person else "not known")


def names_in(entries: Iterable[Entry], befores: Iterable[Row], user: User) -> Names:
    """Every name that the changed rows need, in a query for each of the four sorts."""
    wanted: dict[type[Model], set[int]] = {model: set() for model in NAMED}
    for entry, before in zip(entries, befores, strict=True):
        if entry.kind == Entry.Kind.CHANGE:
            for column in apps.get_model(entry.of_table)._meta.concrete_fields:
                if isinstance(column, ForeignKey) and column.related_model in wanted:
                    keys = ((entry.row or {}).get(column.attname), before.get(column.attname))
                    wanted[column.related_model].update(key for key in keys if isinstance(key, int))
    return Names({model: _names(model, keys, user) for model, keys in wanted.items() if keys})


def _names(model: type[Model], keys: set[int], user: User) -> dict[object, str]:
    if model is Person:
        return {one.pk: one.full_name for one in readable(user).filter(pk__in=keys)}
    return {one.pk: str(one) for one in model._default_manager.filter(pk__in=keys)}


def row_name(model: type[Model]) -> str:
    """What the row is, as a worker calls it."""
    return ROWS.get(model._meta.label, str(model._meta.verbose_name))


def changes_of(model: type[Model], before: Row, after: Row, names: Names) -> tuple[Change, ...]:
    """(what, before, after) for each column that changed, in the order of the model; columns for computers left out."""
    found = []
    for column in model._meta.concrete_fields:
        name = column.attname
        whose_it_is = name == "person_id" and not before
        if whose_it_is or before.get(name) == after.get(name) or not _shown(column):
            continue
        was, is_now = (_said(row.get(name), column, names) for row in (before, after))
        if was != is_now:
            found.append((_label(column), was, is_now))
    return tuple(found)


def _shown(column: Field[object, object]) -> bool:
    name = column.attname
    if name in NOT_SHOWN or name.endswith("recorded_at") or f"{column.model._meta.label}.{name}" in FOR_COMPUTERS:
        return False
    return not isinstance(column, ForeignKey) or column.related_model in NAMED


def _label(column: Field[object, object]) -> str:
    known = COLUMNS.get(column.attname)
    said = str(column.verbose_name)
    return known or f"{said[:1].upper()}{said[1:]}"


def _said(value: object, column: Field[object, object], names: Names) -> str:
    """What a column held, as people say it. "" for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "\n".join(f"{question} {answer}" for question, answer in value.items())
    if isinstance(value, list):
        return ", ".join(str(one).replace("_", " ") for one in value)
    if isinstance(column, ForeignKey):
        return names.of(column.related_model, value)
    if isinstance(column, DateTimeField):
        return moment(datetime.fromisoformat(str(value)))
    if isinstance(column, DateField):
        return day(date.fromisoformat(str(value)))
    return _meaning(str(value), column)


def _meaning(code: str, column: Field[object, object]) -> str:
    codes = next((one.name for one in column.validators if isinstance(one, OfCodeSet)), "")
    if codes:
        return meaning(codes, code)
    return str(dict(column.flatchoices).get(code, code))
