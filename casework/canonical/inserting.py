"""Rows of a former system made rows of the record, as many as its constraints let in. `actions.bring_over` uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import DataError, IntegrityError, models, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from casework.canonical.left_out import LeftOut, Named, may_name, model_of, needs, refused, unnamed
from casework.canonical.places import INSERTS, Insert


@dataclass
class Inserted:
    """How many rows of a canonical table were taken, and what was not."""

    table: str
    kept: int = 0
    left: list[LeftOut] = field(default_factory=list)


def insert_all(cursor: CursorWrapper, inserts: Iterable[Insert] = INSERTS) -> Iterator[Inserted]:
    """Each canonical table's rows, in the order in which they name each other."""
    for table, members in groupby(inserts, key=lambda insert: insert.table):
        own = list(members)
        cursor.execute(sql.SQL("SELECT coalesce(max(_row), 0) FROM brought.{}").format(sql.Identifier(table)))
        found = Inserted(table)
        _insert(cursor, own, 1, cursor.fetchone()[0], found)
        for insert in own:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model_of(insert)._meta.db_table)))
        _add_what_names_nothing(cursor, own, found)
        yield found


def _insert(cursor: CursorWrapper, inserts: Sequence[Insert], first: int, last: int, found: Inserted) -> None:
    """The rows from `first` to `last`: all at once or, where one is refused, in halves until it stands alone.

    What several models take of one row is taken whole or not at all.
    """
    if first > last:
        return
    try:
        with transaction.atomic():
            kept = 0
            for insert in inserts:
                cursor.execute(_statement(insert), [first, last])
                kept += cursor.rowcount if insert.counted else 0
        found.kept += kept
    except (IntegrityError, DataError) as why:
        if first == last:
            found.left.append(refused(inserts, _row(cursor, found.table, first), why))
            return
        middle = (first + last) // 2
        _insert(cursor, inserts, first, middle, found)
        _insert(cursor, inserts, middle + 1, last, found)


def _statement(insert: Insert) -> sql.Composed:
    model = model_of(insert)
    named = insert.expressions()
    columns: dict[str, sql.Composable] = {name: sql.SQL(expression) for name, expression in named.items()}
    for column in model._meta.concrete_fields:
        name = column.column
        if name and name not in named and not column.primary_key and not column.null:
            columns[name] = sql.Literal(_default(column))
    text = "INSERT INTO {into} ({names}) SELECT {values} FROM brought.{table} b" + insert.joins
    return sql.SQL(text + " WHERE b._row BETWEEN %s AND %s").format(
        into=sql.Identifier(model._meta.db_table),
        names=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(columns.values()),
        table=sql.Identifier(insert.table),
    )


def _default(column: models.Field[object, object]) -> object:
    return column.get_default() if column.has_default() else ""


def _add_what_names_nothing(cursor: CursorWrapper, inserts: Sequence[Insert], found: Inserted) -> None:
    """Rows that say they are somebody's who was not taken, and cells that name a row which was not."""
    for named in needs(inserts[0]):
        gone = {one.row for one in found.left}
        rows = _naming_nothing(cursor, found.table, named, empty_too=True)
        found.left += [unnamed(named, found.table, row, needed=True) for row in rows if row["_row"] not in gone]
    gone = {one.row for one in found.left}
    for named in dict.fromkeys(named for insert in inserts for named in may_name(insert)):
        rows = _naming_nothing(cursor, found.table, named, empty_too=False)
        found.left += [unnamed(named, found.table, row, needed=False) for row in rows if row["_row"] not in gone]


def _naming_nothing(cursor: CursorWrapper, table: str, named: Named, *, empty_too: bool) -> list[dict[str, Any]]:
    text = (
        "SELECT b.* FROM brought.{table} b WHERE (b.{column} IS NOT NULL OR %s) AND NOT EXISTS "
        "(SELECT 1 FROM {other} o WHERE o.{key} = b.{column}) ORDER BY b._row"
    )
    places = {"table": table, "column": named.column, "other": named.table, "key": named.key}
    cursor.execute(sql.SQL(text).format(**{name: sql.Identifier(value) for name, value in places.items()}), [empty_too])
    return _dicts(cursor)


def _row(cursor: CursorWrapper, table: str, number: int) -> dict[str, Any]:
    cursor.execute(sql.SQL("SELECT * FROM brought.{} WHERE _row = %s").format(sql.Identifier(table)), [number])
    return _dicts(cursor)[0]


def _dicts(cursor: CursorWrapper) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def workers_recorded_by_nobody(cursor: CursorWrapper) -> list[LeftOut]:
    """Workers whose row says that it was written by somebody who was not taken."""
    by = Named("accounts_worker", "by", "reference", "recorded_by")
    return [
        unnamed(by, "workers", row, needed=False) for row in _naming_nothing(cursor, "workers", by, empty_too=False)
    ]
