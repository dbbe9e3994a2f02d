"""Conditions written in SQL, for questions that are asked many times on every page.

The same condition put together from the framework's own pieces takes longer to build than the database takes to answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func


@dataclass(frozen=True)
class Sql:
    """A piece of a query and its values. `{who}` in it stands for the column that it is about."""

    text: str
    values: tuple[Any, ...] = ()

    def __and__(self, other: Sql) -> Sql:
        return Sql(f"{self.text} AND {other.text}", (*self.values, *other.values))

    def __or__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} OR {other.text})", (*self.values, *other.values))

    def __invert__(self) -> Sql:
        return Sql(f"NOT ({self.text})", self.values)

    def about(self, column: str) -> Sql:
        """The piece about a column of the query that it will stand in."""
        return Sql(self.text.replace("{who}", column), self.values)

    def inside(self, text: str, *values: Any) -> Sql:
        """The piece in place of `{}` in a longer one, whose own values come before it."""
        return Sql(text.replace("{}", self.text), (*values, *self.values))


NEVER = Sql("false")
ALWAYS = Sql("true")


class Holds(Func):
    """A condition about a column of a model, to filter by: `Person.objects.filter(Holds("pk", sql))`."""

    output_field = BooleanField()

    def __init__(self, column: str, sql: Sql) -> None:
        super().__init__(F(column))
        self.sql = sql

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        """The condition about the column as this query names it."""
        column, values = compiler.compile(self.source_expressions[0])
        assert not values, "a condition is about a column alone"
        return f"({self.sql.about(column).text})", self.sql.values
