"""A row of every table of the record about one child, with a marked sentence in each column that takes free text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from casework.accounts.models import User, Worker
from casework.common.coded import OfCodeSet
from casework.notes.models import Part
from casework.people.models import Person
from goldenthread.codesets import code_set
from tests.casework.making import FRIDAY_TEATIME

HIDES = ("ended", "in_error", "withdrawn", "cancelled", "replaced", "undone", "put_away", "lifted", "set_aside")
"""Days that take their row out of sight; left empty, so that as much as possible is in sight."""
FILLED: dict[str, Any] = {"voice.CameOf.place": "note", "people.Relationship.relationship": "mother"}


def kept_models() -> list[type[models.Model]]:
    """The tables whose history is kept: what people write down about children and families."""
    followed = (getattr(model, "pgh_tracked_model", None) for model in apps.get_models())
    return sorted({model for model in followed if model}, key=lambda model: model._meta.label)


def takes_text(field: models.Field[Any, Any]) -> bool:
    """Whether somebody can write what they like in it."""
    coded = any(isinstance(check, OfCodeSet) for check in field.validators)
    return type(field) in {models.CharField, models.TextField} and not (field.choices or coded or field.unique)


class Writer:
    """Writes the rows. `marked`: each mark, by the column it stands in."""

    def __init__(self, child: Person, user: User) -> None:
        self.child, self.user = child, user
        self.marked: dict[str, str] = {}
        self.made: dict[type[models.Model], models.Model] = {Person: child, User: user, Worker: user.worker}
        self.going_on: set[type[models.Model]] = set()

    def write_all(self, tables: list[type[models.Model]]) -> None:
        """A row of each, whatever the constraints between columns ask: one row is to say everything at once."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(
                "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint c "
                "JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.contype = 'c' AND n.nspname = 'public'"
            )
            for table, name in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table in (Part, *tables):
            self._row(table)
        for model in (Person, Worker):
            self._mark_what_is_there(model)

    def _row(self, model: type[models.Model]) -> models.Model:
        if model not in self.made:
            self.going_on.add(model)
            self.made[model] = model._default_manager.create(**dict(self._values(model)))
            self.going_on.discard(model)
        return self.made[model]

    def _values(self, model: type[models.Model]) -> Iterator[tuple[str, Any]]:
        for field in model._meta.concrete_fields:
            label = f"{model._meta.label}.{field.name}"
            if label in FILLED:
                yield field.name, FILLED[label]
            elif not field.primary_key and field.editable and field.name != "id":
                value = self._value(label, field)
                if value is not None:
                    yield field.name, value

    def _value(self, label: str, field: models.Field[Any, Any]) -> Any:
        match field:
            case models.ForeignKey():
                there = field.related_model in self.going_on or field.related_model == field.model
                return None if there else self._row(field.related_model)
            case models.TextField() | models.CharField():
                return self._text(label, field)
            case models.DateField() if not field.name.startswith(HIDES):
                return FRIDAY_TEATIME if isinstance(field, models.DateTimeField) else FRIDAY_TEATIME.date()
            case models.BooleanField():
                return True
            case models.IntegerField() | models.FloatField():
                return self.made[Part].pk if field.name == "row" else 1
            case _:
                return None

    def _text(self, label: str, field: models.Field[Any, Any]) -> Any:
        if takes_text(field):
            return self._mark(label, field)
        if field.choices:
            return next(value for value, _ in field.flatchoices if value)
        of = next((check.name for check in field.validators if isinstance(check, OfCodeSet)), "")
        return code_set(of).codes_on(FRIDAY_TEATIME.date())[0] if of else None

    def _mark(self, label: str, field: models.Field[Any, Any]) -> str:
        mark = f"Zq{len(self.marked):04d}"[: field.max_length]
        self.marked[mark] = label
        return mark

    def _mark_what_is_there(self, model: type[models.Model]) -> None:
        row = self.made[model]
        for field in filter(takes_text, model._meta.concrete_fields):
            setattr(row, field.name, self._mark(f"{model._meta.label}.{field.name}", field))
        row.save()
