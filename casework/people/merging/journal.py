"""What a merge did, written down as it is done, so that each thing can be put back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from casework.people.merging.pointers import Pointer
from casework.people.models import Merge


def pointer_of(label: str, column: str) -> Pointer:
    """The column that a journal names."""
    return Pointer(apps.get_model(label), column)


def set_columns(made: Merge, row: models.Model, values: Mapping[str, Any]) -> None:
    """Have the row hold these values, and note what it held."""
    manager = type(row)._default_manager
    for name, value in values.items():
        before = getattr(row, name)
        made.changed.append([row._meta.label, name, row.pk, _written(before), _written(value)])
        setattr(row, name, value)
    manager.filter(pk=row.pk).update(**values)


def create(made: Merge, model: type[models.Model], **values: Any) -> Any:
    """A new row, noted as the merge's own."""
    row = model._default_manager.create(**values)
    made.made.append([model._meta.label, row.pk])
    return row


def set_back(label: str, column: str, key: Any, before: Any, after: Any) -> bool:
    """Have the row hold what it held; False, and nothing changed, where it is gone or was changed again since."""
    model = apps.get_model(label)
    rows = model._default_manager.filter(pk=key)
    held = rows.values_list(column, flat=True).first()
    if not rows or _written(held) != after:
        return False
    try:
        with transaction.atomic():
            rows.update(**{column: model._meta.get_field(column).to_python(before)})
    except IntegrityError:
        return False
    return True


def take_away(label: str, key: Any) -> None:
    """Delete a row that the merge made, if it is there. The history keeps it."""
    apps.get_model(label)._default_manager.filter(pk=key).delete()


def _written(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
