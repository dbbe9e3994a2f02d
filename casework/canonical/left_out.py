"""What the record did not take of a former system's rows: which row, which column, what stood there, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl
from django.apps import apps
from django.db import Error, models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from casework.canonical.places import Insert
from goldenthread.dataset.tables import TABLES

NEEDS = re.compile(r"(?<!LEFT) JOIN (\w+) (\w+) ON \2\.(\w+) = b\.(\w+)")
MAY_NAME = re.compile(r" LEFT JOIN (\w+) (\w+) ON \2\.(\w+) = b\.(\w+)")
OF_THE_ROW = re.compile(r"\bb\.(\w+)")
TOO_LONG = "22001"
MEND = "Mend it where it comes from and bring the record over again, or record it by hand."


@dataclass(frozen=True)
class Named:
    """A column that names a row of another table of the record: `column` of the row is `key` of `table`."""

    table: str
    alias: str
    key: str
    column: str


@dataclass(frozen=True)
class LeftOut:
    """A row that was not taken, or of a row that was taken the one cell that was not. `row` counts from 1."""

    table: str
    row: int
    key: str
    column: str
    value: str
    left_out: str
    what_to_do: str


def needs(insert: Insert) -> list[Named]:
    """The columns of a row without which it cannot be taken, since they say whose it is."""
    return [Named(*found) for found in NEEDS.findall(insert.joins)]


def may_name(insert: Insert) -> list[Named]:
    """The columns of a row that name another row, and may be empty."""
    return [Named(*found) for found in MAY_NAME.findall(insert.joins)]


def unnamed(named: Named, table: str, row: Mapping[str, Any], *, needed: bool) -> LeftOut:
    """A row, or a cell of one, that names something that is not there."""
    value = _text(row[named.column])
    there = f"Nothing called “{value}” was taken over" if value else "It is empty"
    what = f"{there}, and the row cannot stand without it. {MEND}"
    if not needed:
        what = f"{there}. The row is taken without it: record it by hand if it is wanted."
    return LeftOut(table, row["_row"], key_of(table, row), named.column, value, "row" if needed else "cell", what)


def refused(inserts: Iterable[Insert], row: Mapping[str, Any], why: Error) -> LeftOut:
    """A row that a constraint of the record refuses."""
    inserts = list(inserts)
    diag = getattr(why.__cause__, "diag", None)
    table, rule = getattr(diag, "table_name", None), getattr(diag, "constraint_name", None) or ""
    insert = next((one for one in inserts if model_of(one)._meta.db_table == table), inserts[0])
    fields, what = _what(insert, row, rule, getattr(diag, "column_name", None), getattr(diag, "sqlstate", ""))
    columns = list(dict.fromkeys(column for name in fields for column in _columns(insert, name)))
    values = ", ".join(_text(row.get(column)) for column in columns)
    return LeftOut(
        insert.table, row["_row"], key_of(insert.table, row), ", ".join(columns), values, "row", f"{what} {MEND}"
    )  # fmt: skip


def _what(insert: Insert, row: Mapping[str, Any], rule: str, empty: str | None, state: str) -> tuple[list[str], str]:
    model = model_of(insert)
    declared = next((one for one in model._meta.constraints if one.name == rule), None)
    words = rule.replace("_", " ")
    match declared:
        case CheckConstraint(condition=Q() as condition):
            return list(_names(condition)), f"The record does not hold such a row ({words})."
        case UniqueConstraint():
            return list(declared.fields), f"A row that says the same came before it ({words})."
    if empty:
        return [empty], "It must not be empty."
    if state == TOO_LONG:
        return [field.name for field in _too_long(insert, row)], "It is longer than the record can hold."
    unique = [field.name for field in model._meta.concrete_fields if field.unique and f"_{field.column}_" in rule]
    return unique, f"Another row has it already ({words})." if unique else f"The record refuses it ({words})."


def _too_long(insert: Insert, row: Mapping[str, Any]) -> Iterator[models.Field[Any, Any]]:
    for field in model_of(insert)._meta.concrete_fields:
        longest = getattr(field, "max_length", None)
        if longest and any(len(_text(row.get(column))) > longest for column in _columns(insert, field.name)):
            yield field


def _names(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
            continue
        lookup, value = child  # type: ignore[misc]
        yield str(lookup).split("__")[0]
        if isinstance(value, F):
            yield str(value.name)  # type: ignore[attr-defined]  # the stubs leave it out


def _columns(insert: Insert, name: str) -> list[str]:
    """The columns of the row from which a column of the model is made, which may be named by its field."""
    given = insert.expressions()
    made = given.get(name) or given.get(f"{name}_id") or ""
    alias = made.partition(".")[0]
    joined = [one.column for one in (*needs(insert), *may_name(insert)) if one.alias == alias]
    return joined or OF_THE_ROW.findall(made)


def key_of(table: str, row: Mapping[str, Any]) -> str:
    """What the row is known by where it comes from."""
    return ", ".join(_text(row[column]) for column in TABLES[table].key)


def model_of(insert: Insert) -> type[models.Model]:
    """The model whose rows an insert makes."""
    return apps.get_model(insert.model)


def listing(found: Iterable[LeftOut]) -> pl.DataFrame:
    """All of it as a table."""
    schema = {name: pl.Int64 if name == "row" else pl.String for name in LeftOut.__dataclass_fields__}
    return pl.DataFrame([asdict(one) for one in found], schema=schema)


def _text(value: object) -> str:
    return "" if value is None else str(value)
