"""Questions that the framework puts together once for the process, and that are then asked again with other values.

To put a question of a page together takes the framework longer than the database takes to answer it, and the database
as long to plan it as to carry it out. A kept question is put together with a place (`Given`) for each value that
differs from one time to the next, and goes to the database as a prepared statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from time import perf_counter
from typing import Any, Generic, TypeVar

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, QuerySet, prefetch_related_objects
from psycopg.types.numeric import Int8

from casework.common.sql import Holds, Sql

Row = TypeVar("Row")
PLACES = re.compile("%[s%]")
PREPARED = 500
"""Questions that stay prepared on a connection: each of the pages' for each reach of a role is one."""


class Given(Expression):
    """The place in a kept question of a value that is given when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Given]]:  # type: ignore[override]
        """A place for it."""
        return "%s", (self,)


def among(column: str, name: str) -> Holds:
    """That a column of keys has one of those given under the name, however many they are."""
    return Holds(column, Sql("{who} = ANY(%s)", (Given(name),)))


class KeptQuery(Generic[Row]):
    """The rows of the query that `make` gives: objects, or what `values` or `values_list` make of them.

    `make` is called once for each text of the conditions that it is asked with, with those conditions: every value of
    theirs is a place, and so is each `Given` of its own. Nothing else in it may depend on who asks or when. A list is
    given to `among`: `__in` would have a place for each of its values.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._kept: dict[Hashable, _Kept[Row]] = {}

    def ask(self, *conditions: Sql, **given: Any) -> list[Row]:
        """The rows, for these conditions and the values given by name."""
        key = tuple(condition.text for condition in conditions)
        kept = self._kept.get(key)
        if kept is None:
            open_ = (Sql(one.text, tuple(_places(place, one))) for place, one in enumerate(conditions))
            kept = self._kept[key] = _Kept(self._make(*open_))
        for place, condition in enumerate(conditions):
            named = zip(_places(place, condition), condition.values, strict=True)
            given |= {one.name: value for one, value in named}
        return kept.ask(given)

    def first(self, *conditions: Sql, **given: Any) -> Row | None:
        """The first of the rows, None for none."""
        return next(iter(self.ask(*conditions, **given)), None)


def _places(place: int, condition: Sql) -> list[Given]:
    return [Given(f"{place}.{number}") for number in range(len(condition.values))]


class _Kept(Generic[Row]):
    """A query put together."""

    def __init__(self, query: QuerySet[Any, Row]) -> None:
        self._query = query
        self._compiler = query.query.get_compiler(query.db)
        self._beside = query._prefetch_related_lookups  # type: ignore[attr-defined]
        try:
            text, self._values = self._compiler.as_sql()
        except EmptyResultSet:
            text, self._values = "", ()
        self._text = numbered(text)

    def ask(self, given: Mapping[str, Any]) -> list[Row]:
        if not self._text:
            return []
        values = [_of_one_type(given[value.name]) if isinstance(value, Given) else value for value in self._values]
        found = read_back(self._query, self._compiler, prepared(self._text, values))
        if self._beside:
            prefetch_related_objects(found, *self._beside)  # type: ignore[type-var]  # only objects have any
        return found


def _of_one_type(value: Any) -> Any:
    """Numbers as the widest: the database would prepare the query once more for the keys that fit a smaller one."""
    if isinstance(value, list):
        return [_of_one_type(one) for one in value]
    return Int8(value) if type(value) is int else value


@lru_cache(maxsize=500)
def numbered(text: str) -> str:
    """The text of a query with `$1`, `$2` and so on for each `%s`, as the database itself has it."""
    number = count(1)
    return PLACES.sub(lambda found: f"${next(number)}" if found[0] == "%s" else "%", text)


def prepared(text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows that a query gives, with `$1` and so on for its values. It is prepared once for the connection."""
    connection.close_if_health_check_failed()  # it may be the first question of a request, over a connection that died
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    connection.connection.prepared_max = PREPARED
    begun = perf_counter()
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(text, values, prepare=True)
        rows = cursor.fetchall()
    if connection.queries_logged:  # as the framework's own cursors do: a page's questions are counted there
        connection.queries_log.append({"sql": text, "time": f"{perf_counter() - begun:.3f}"})
    return rows


def read_back(query: QuerySet[Any, Row], compiler: Any, rows: Sequence[Sequence[Any]]) -> list[Row]:
    """What the framework makes of rows that were found for the query that the compiler put together."""
    asked = query.all()
    asked._query = _Found(compiler, rows, asked.query)  # type: ignore[attr-defined]  # its setter would forget tuples
    every: Any = asked._iterable_class
    return list(every(asked))


class _Found:
    """A query that has its answer already."""

    def __init__(self, compiler: Any, rows: Sequence[Sequence[Any]], query: Any) -> None:
        self._rows, self._compiler, self._query = rows, compiler, query
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> _Found:
        return self

    def execute_sql(self, *_args: Any, **_kwargs: Any) -> list[Sequence[Sequence[Any]]]:
        return [self._rows]

    def results_iter(self, results: Any = None, **kwargs: Any) -> Any:
        return self._compiler.results_iter(results or [self._rows], **kwargs)
