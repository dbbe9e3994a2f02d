"""The record as a dataset of the core: the whole of it, or a few people's."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import polars as pl
from django.db import connection, transaction

from casework.canonical.queries import OWNED, about_the_asked, of_the_asked, owner
from casework.common import clock
from casework.common.kept_queries import prepared
from casework.common.together import ask_together
from goldenthread.dataset import store
from goldenthread.dataset.engines import POLARS, Lazy
from goldenthread.dataset.schema import Kind, Table
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.dataset.tables import TABLES

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Canonical tables as rows: column to value, empty cells left out."""

NOW_OF_REFERENCES = """
SELECT now.id FROM people_person now WHERE now.merged_into_id IS NULL AND now.reference IN (
    SELECT whose.reference FROM canonical.whose WHERE whose.former = ANY(%s))
"""

AS_TEXT = {Kind.DAY, Kind.MOMENT, Kind.FLAG}
READ = {Kind.DAY: date.fromisoformat, Kind.MOMENT: datetime.fromisoformat}


def dataset(as_at: date, tables: Iterable[str] = TABLES) -> Dataset:
    """The whole record as it is now, as a dataset whose manifest says `as_at`: every table, or those named.

    All tables are read as of one moment.
    """
    with one_moment():
        frames = {name: _whole(TABLES[name]) for name in tables}
        return store.dataset_of(frames, about(as_at))


def dataset_of(people: Sequence[str], as_at: date) -> Dataset:
    """The record of these people (their references), read in one query; a table without a row of theirs is left out.

    Tables that are about nobody (posts, population) and other people's rows are not in it.
    """
    with connection.cursor() as cursor:
        cursor.execute(NOW_OF_REFERENCES, [list(people)])
        keys = [key for (key,) in cursor.fetchall()]
    return in_memory(rows_of(keys), Manifest(as_at))


def rows_of(people: Sequence[int], tables: tuple[str, ...] = OWNED) -> Rows:
    """The canonical rows of these people, by table: all of theirs, or those of the tables named.

    `people` are keys of records that were not merged into another.
    """
    ((text,),) = _prepared(of_the_asked(tables), people)
    found: Mapping[str, Any] = json.loads(text)
    return {name: [_read(TABLES[name], row) for row in rows] for name, rows in found.items() if rows}


@dataclass(frozen=True)
class AnswerAbout:
    """What `query` (see `queries.about_the_asked`) says of a person, asked together with other questions about them.

    The query gives one JSON document. It may name `today` (day).
    """

    name: str
    query: str

    def ask(self, person: int) -> Any:
        """The document."""
        return ask_together(person, [self])[self.name]

    def asked(self, person: int) -> tuple[str, Sequence[Any]]:
        """The query, in which the person and the day are each named in one place."""
        return self._text, [[person], clock.today()]

    @cached_property
    def _text(self) -> str:
        text = about_the_asked(f", today(day) AS (SELECT $2::date) {self.query}").replace("%", "%%")
        return text.replace("$1", "%s::bigint[]").replace("$2", "%s")

    def read(self, found: Any) -> Any:
        """The document itself; an empty list for none."""
        return found or []


def answer_about(people: Sequence[int], query: str) -> list[tuple[Any, ...]]:
    """The rows that `query` (see `queries.about_the_asked`) gives about these people, without reading anybody else's.

    `people` are keys of records that were not merged into another.
    """
    return _prepared(about_the_asked(query), people)


def _prepared(query: str, people: Sequence[int]) -> list[tuple[Any, ...]]:
    return prepared(query, [list(people)])


def in_memory(rows: Rows, manifest: Manifest) -> Dataset:
    """The rows as a dataset. A table without rows is left out."""
    frames = {name: pl.DataFrame(held, schema=TABLES[name].schema) for name, held in rows.items() if held}
    return store.dataset_of(frames, manifest)


def about(as_at: date) -> Manifest:
    """Whose record it is, as the authority said when it brought its former record over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT authority, authority_name, history_from FROM carried.about")
        authority, name, since = cursor.fetchone() or (None, None, None)
    return Manifest(as_at, authority, name, made_by="Golden Thread, the record itself", history_from=since)


def kinds_carried() -> frozenset[str]:
    """The kinds of event that the carried tables hold."""
    return frozenset(kind for (kind,) in prepared("SELECT kind FROM carried.kinds", []))


def _read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    for column, read in _readers(table):
        if column in row:
            row[column] = read(row[column])
    return row


def _readers(table: Table) -> list[tuple[str, Any]]:
    if table.name not in _READERS:
        _READERS[table.name] = [(c.name, READ[c.kind]) for c in table.columns if c.kind in READ]
    return _READERS[table.name]


_READERS: dict[str, list[tuple[str, Any]]] = {}


def _whole(table: Table) -> pl.DataFrame:
    text = io.BytesIO()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (TABLE canonical.{table.name}) TO STDOUT (FORMAT csv)") as out,
    ):
        for part in out:
            text.write(part)
    schema = {c.name: pl.String() if c.kind in AS_TEXT else c.dtype for c in table.columns}
    if not text.tell():
        return table.empty()
    text.seek(0)
    frame = pl.read_csv(text, has_header=False, schema=schema)
    return frame.with_columns(
        _from_text(column.name, column.kind) for column in table.columns if column.kind in AS_TEXT
    )


def _from_text(name: str, kind: Kind) -> pl.Expr:
    match kind:
        case Kind.DAY:
            return pl.col(name).str.to_date("%Y-%m-%d")
        case Kind.MOMENT:
            return pl.col(name).str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us")
        case _:
            return pl.col(name) == "t"


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment. Inside a transaction already begun, it is as that one sees it."""
    begun = connection.in_atomic_block
    with transaction.atomic():
        if not begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def read_as_asked(as_at: date) -> Dataset:
    """The whole record as a dataset whose tables are read when they are first asked for. Use inside `one_moment`.

    Its manifest says of each table only whether it holds anything.
    """
    parts = [f"SELECT '{name}', EXISTS (SELECT FROM canonical.{name})" for name in TABLES]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        held = {name: int(filled) for name, filled in cursor.fetchall()}
    return Dataset(replace(about(as_at), tables=held), POLARS, _WhenAsked(held))


def part_of(people: Sequence[int], as_at: date) -> Dataset:
    """These people's rows (keys of records that were not merged), a part of the whole record. Use inside `one_moment`.

    Its manifest says what the whole record holds, so that a table in which none of them has a row is empty and not
    missing: a return says "no" of one and nothing of the other. Tables about nobody are there whole.
    """
    whole = read_as_asked(as_at)
    own = {name: pl.DataFrame(held, schema=TABLES[name].schema) for name, held in rows_of(people).items()}
    nobodys = {name: whole.lazy(name) for name, table in TABLES.items() if owner(table) is None and whole.rows(name)}
    return Dataset(whole.manifest, POLARS, {**nobodys, **{name: POLARS.adopt(frame) for name, frame in own.items()}})


class _WhenAsked(Mapping[str, Lazy]):
    def __init__(self, held: Mapping[str, int]) -> None:
        self._held, self._read = held, dict[str, Lazy]()

    def __getitem__(self, name: str) -> Lazy:
        if name not in self._read:
            self._read[name] = POLARS.adopt(_whole(TABLES[name]))
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
