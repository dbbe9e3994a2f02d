"""How a row of a canonical table becomes an event: declared once for every kind the dataset can provide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import narwhals as nw

from goldenthread.dataset.schema import Table
from goldenthread.dataset.tables import TABLES

NEVER_A_SCOPE = frozenset({"people", "workers"})


@dataclass(frozen=True)
class Having:
    """The rows whose column holds one of `values`. An empty cell is unknown, and is left out."""

    column: str
    values: tuple[str | bool, ...]

    def expr(self) -> nw.Expr:
        """The rows kept (Boolean, never null)."""
        column = nw.col(self.column)
        if self.values == (True,):
            return column.fill_null(False)
        if self.values == (False,):
            return (~column).fill_null(False)
        return column.is_in([str(value) for value in self.values]).fill_null(False)

    def holds(self, row: Mapping[str, object]) -> bool:
        """Whether a row is kept, as `expr` says."""
        return row.get(self.column) in self.values


@dataclass(frozen=True)
class Unless:
    """The rows that are not known to hold `value`. An empty cell is unknown, and is kept."""

    column: str
    value: str | bool

    def expr(self) -> nw.Expr:
        """The rows kept (Boolean, never null)."""
        column = nw.col(self.column)
        if isinstance(self.value, bool):
            return ~(column == self.value).fill_null(False)
        return ~(column == self.value).fill_null(False)

    def holds(self, row: Mapping[str, object]) -> bool:
        """Whether a row is kept, as `expr` says."""
        return row.get(self.column) != self.value


@dataclass(frozen=True)
class Empty:
    """The rows whose column is empty."""

    column: str

    def expr(self) -> nw.Expr:
        """The rows kept (Boolean, never null)."""
        return nw.col(self.column).is_null()

    def holds(self, row: Mapping[str, object]) -> bool:
        """Whether a row is kept, as `expr` says."""
        return row.get(self.column) is None


@dataclass(frozen=True)
class Given:
    """The rows whose column is not empty."""

    column: str

    def expr(self) -> nw.Expr:
        """The rows kept (Boolean, never null)."""
        return ~nw.col(self.column).is_null()

    def holds(self, row: Mapping[str, object]) -> bool:
        """Whether a row is kept, as `expr` says."""
        return row.get(self.column) is not None


@dataclass(frozen=True)
class Either:
    """The rows that one of two tests keeps, or both."""

    one: Having | Unless | Empty | Given
    other: Having | Unless | Empty | Given

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return self.one.column, self.other.column

    def expr(self) -> nw.Expr:
        """The rows kept (Boolean, never null)."""
        return self.one.expr() | self.other.expr()

    def holds(self, row: Mapping[str, object]) -> bool:
        """Whether a row is kept, as `expr` says."""
        return self.one.holds(row) or self.other.holds(row)


Where = Having | Unless | Empty | Given | Either


def having(column: str, *values: str | bool) -> Having:
    """Rows whose `column` holds one of `values`."""
    return Having(column, values)


def _read(test: Where) -> tuple[str, ...]:
    return test.columns if isinstance(test, Either) else (test.column,)


@dataclass(frozen=True)
class EventSource:
    """One kind of event and the column that says when it happened.

    `on` is a day (a moment is cut to its day); `at` the same fact's clock time where the table can hold it. `subject`
    is the column that says whose event it is. `birthday` makes the event the day that many years of age are complete;
    `nth` keeps only the nth row in date order of the subject's that share `nth_within`, or, with `nth_after` (a table
    and its column), of those since the latest such date.
    """

    kind: str
    table: str
    on: str
    at: str | None = None
    where: tuple[Where, ...] = ()
    subject: str = "child_id"
    birthday: int | None = None
    nth: int | None = None
    nth_within: str = ""
    nth_after: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        named = [self.on, self.subject, *(name for test in self.where for name in _read(test))]
        named += [self.at] if self.at else []
        held = {column.name for column in self.declared.columns}
        if missing := set(named) - held:
            raise ValueError(f"Event {self.kind} names columns that table {self.table} lacks: {sorted(missing)}")

    @property
    def declared(self) -> Table:
        """The table as declared."""
        return TABLES[self.table]

    @property
    def known(self) -> str | None:
        """The column that says when the fact was recorded; None where the table keeps no such time."""
        column = self.declared.column(self.on)
        held = {column.name for column in self.declared.columns}
        return column.known if column.known in held else ("recorded_at" if "recorded_at" in held else None)

    @property
    def row_key(self) -> tuple[str, ...]:
        """The columns that name the row."""
        return self.declared.key

    @property
    def worker(self) -> str | None:
        """The column that names the worker of the row, if there is one."""
        held = {column.name for column in self.declared.columns}
        return "worker_id" if "worker_id" in held and self.subject != "worker_id" else None

    @cached_property
    def scopes(self) -> dict[str, str]:
        """The episodes the row belongs to: table to the column that holds its identifier, its own table first."""
        found = {self.table: self.row_key[0]} if len(self.row_key) == 1 else {}
        for column in self.declared.columns:
            table, _, key = (column.links_to or "").partition(".")
            if table and table not in NEVER_A_SCOPE and TABLES[table].key == (key,):
                found.setdefault(table, column.name)
        return found

    @property
    def scope(self) -> tuple[str, str] | None:
        """The episode an event is shown under: its own row if that is a span of time, else the last link declared."""
        if self.declared.episode and len(self.row_key) == 1:
            return self.table, self.row_key[0]
        linked = [(table, column) for table, column in self.scopes.items() if table != self.table]
        spans = [pair for pair in linked if TABLES[pair[0]].episode]
        return next((pair for pair in spans if pair[0] != "referrals"), spans[0] if spans else None)
