"""Several questions about one person, asked of the database in one statement whose text is made once.

Putting a question together costs the framework as much as the database takes to answer it, and a first page of a record
has a dozen of them. Here each is put together once for the process, with a place where the person's key goes, and all
of a page go as one prepared statement: one more question costs a page next to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from django.db.models import QuerySet

from casework.common.kept_queries import numbered, prepared, read_back
from casework.common.sql import Sql

PLACE = -480_193
"""Stands in a query for the key of the person it is about, until it is known: a number, as `__in` takes no `Given`."""
READ: Mapping[str, Callable[[Any], Any]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": lambda number: Decimal(str(number)),
    "JSONField": json.dumps,
}
"""What JSON has as text or number, by the kind of field that it is read for."""


class Question(Protocol):
    """What can be asked together with others: a query that gives one JSON document, and what is made of it."""

    @property
    def name(self) -> str:
        """What it is called among those asked together."""

    def asked(self, person: int) -> tuple[str, Sequence[Any]]:
        """The query, of one row and column, and its values."""

    def read(self, found: Any) -> Any:
        """What the document says."""

    def ask(self, person: int) -> Any:
        """The same asked alone."""


@dataclass(frozen=True)
class Rows:
    """The rows of `make`'s query about the person whose key it is given: objects, or tuples of `values_list`.

    The query is made once. So nothing in it may depend on who asks or when, and it may fetch nothing beside
    (`prefetch_related`).
    """

    name: str
    make: Callable[[int], QuerySet[Any, Any]]

    def ask(self, person: int) -> list[Any]:
        """The rows."""
        return list(self.make(person))

    def asked(self, person: int) -> tuple[str, Sequence[Any]]:
        """The rows, in order, each as an object of its columns' places."""
        text, values = self._made.text, self._made.values
        return text, [person if value == PLACE else value for value in values]

    def read(self, found: Any) -> list[Any]:
        """As the query itself would have given them."""
        return self._made.read(found or ())

    @cached_property
    def _made(self) -> _Made:
        return _Made(self.make(PLACE))


@dataclass(frozen=True)
class Told:
    """The rows of a query written in SQL, each made into something: for what depends on who asks.

    The query may name `whose` (person), and its text is the same for all whom the same conditions hold for.
    """

    name: str
    sql: Sql
    make: Callable[[Mapping[str, Any]], Any]

    def ask(self, person: int) -> list[Any]:
        """What was made of the rows."""
        found: list[Any] = ask_together(person, [self])[self.name]
        return found

    def asked(self, person: int) -> tuple[str, Sequence[Any]]:
        """The query, after the person's key."""
        whose = "WITH whose(person) AS (SELECT %s::bigint)"
        return f"{whose} SELECT jsonb_agg(to_jsonb(q)) FROM ({self.sql.text}) q", [person, *self.sql.values]

    def read(self, found: Any) -> list[Any]:
        """What is made of the rows."""
        return [self.make(row) for row in found or ()]


class _Made:
    """A query put together, which stands in for the framework's own when rows that were found are to be read."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        assert not query._prefetch_related_lookups, "a question asked with others fetches nothing beside"  # type: ignore[attr-defined]
        self.query = query
        self.compiler = query.query.get_compiler(query.db)
        inner, self.values = self.compiler.as_sql()
        self.columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        named = [f"c{place}" for place in range(len(self.columns))]
        self.text = f"SELECT jsonb_agg(to_jsonb(q)) FROM ({inner}) q({', '.join(named)})"
        kinds = [column.output_field.get_internal_type() for column in self.columns]
        self.reads = [(name, READ.get(kind)) for name, kind in zip(named, kinds, strict=True)]

    def read(self, found: Iterable[Mapping[str, Any]]) -> list[Any]:
        rows = [[_cell(row[name], read) for name, read in self.reads] for row in found]
        return read_back(self.query, self.compiler, rows)


def ask_together(person: int, questions: Iterable[Question]) -> dict[str, Any]:
    """The answer to each question about the person, by its name, in one statement."""
    every = list({question.name: question for question in questions}.values())
    if not every:
        return {}
    parts, values = [], list[Any]()
    for question in every:
        text, its = question.asked(person)
        parts.append(f"({text})")
        values += its
    (found,) = prepared(numbered(f"SELECT {', '.join(parts)}"), values)
    return {
        question.name: question.read(json.loads(answer) if answer else None)
        for question, answer in zip(every, found, strict=True)
    }


def _cell(value: Any, read: Callable[[Any], Any] | None) -> Any:
    return value if value is None or read is None else read(value)
