"""How a table of the canonical dataset is declared: columns, types, codes, keys, links and its map to the returns.

A table is declared once, in `goldenthread/dataset/tables/<stage>.py`. The readers, the schema checks, the
synthetic authority, the journey and the reference documentation all read that one declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict, Unpack

import polars as pl


class Kind(StrEnum):
    """What a column holds. The unit of a `DAY` is a date in England; of a `MOMENT`, local clock time."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    CODE = "code"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    POSTCODE = "postcode"


POLARS_TYPES: Mapping[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.IDENTIFIER: pl.String(),
    Kind.CODE: pl.String(),
    Kind.DAY: pl.Date(),
    Kind.MOMENT: pl.Datetime("us"),
    Kind.WHOLE: pl.Int64(),
    Kind.NUMBER: pl.Float64(),
    Kind.FLAG: pl.Boolean(),
    Kind.POSTCODE: pl.String(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `required` means a row without it cannot be used; every other gap is an unknown.

    `codes` names a code set in `goldenthread/codesets/data`. `links_to` is `table.column`. `known` names
    the column that says when this fact was recorded, so that a figure can be asked "as known on" a day. A fact with
    no recorded time of its own (why something ended) names in `known_with` the day that it became known with.
    """

    name: str
    kind: Kind
    description: str
    codes: str | None = None
    unit: str | None = None
    required: bool = False
    links_to: str | None = None
    known: str | None = None
    known_with: str | None = None
    annex_a: str | None = None
    ssda903: str | None = None
    cin: str | None = None
    ssd: str | None = None

    @property
    def dtype(self) -> pl.DataType:
        return POLARS_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Episode:
    """The columns that make a row a span of time, and whether two of one owner may overlap.

    `start` is the first day of the span; `end` the day it stopped, empty while it is open. Where
    `overlap_allowed` is false, a second row of the same `owner` that starts before the first has ended is refused.
    """

    start: str
    end: str
    owner: str = "child_id"
    overlap_allowed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the journey."""

    name: str
    stage: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    episode: Episode | None = None
    order: tuple[tuple[str, str], ...] = field(default=())
    """Pairs of columns of which the first may never be later than the second."""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(names) != len(set(names)):
            raise ValueError(f"Table {self.name} declares a column twice")
        named = set(self.key) | {name for pair in self.order for name in pair}
        named |= {column.known for column in self.columns if column.known}
        named |= set(self.follows.values())
        if self.episode:
            named |= {self.episode.start, self.episode.end, self.episode.owner}
        if missing := named - set(names):
            raise ValueError(f"Table {self.name} names columns it does not declare: {sorted(missing)}")
        if undated := [name for name in self.follows.values() if self.column(name).known is None]:
            raise ValueError(f"Table {self.name} does not say when these days were recorded: {sorted(undated)}")

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name to Polars type, in declared order."""
        return {column.name: column.dtype for column in self.columns}

    @property
    def follows(self) -> dict[str, str]:
        """Columns with no recorded time of their own, and the day that each became known with."""
        return {column.name: column.known_with for column in self.columns if column.known_with}

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"Table {self.name} has no column {name}")

    def empty(self) -> pl.DataFrame:
        """A frame with the declared columns and no rows."""
        return pl.DataFrame(schema=self.schema)


class Details(TypedDict, total=False):
    """What may be said of a column of any kind: the day it became known with, its map to the returns; see `Column`."""

    known_with: str
    annex_a: str
    ssda903: str
    cin: str
    ssd: str


def key(name: str, description: str, **details: Unpack[Details]) -> Column:
    """The identifier of the row itself."""
    return Column(name, Kind.IDENTIFIER, description, required=True, **details)


def child(description: str = "The child", **details: Unpack[Details]) -> Column:
    """The child the row is about."""
    return link("child_id", "people.person_id", description, required=True, **details)


def link(name: str, to: str, description: str, *, required: bool = False, **details: Unpack[Details]) -> Column:
    """The identifier of a row of another table, `to` being `table.column`."""
    return Column(name, Kind.IDENTIFIER, description, required=required, links_to=to, **details)


def text(name: str, description: str, **details: Unpack[Details]) -> Column:
    return Column(name, Kind.TEXT, description, **details)


def postcode(name: str, description: str, **details: Unpack[Details]) -> Column:
    return Column(name, Kind.POSTCODE, description, **details)


def code(name: str, codes: str, description: str, *, required: bool = False, **details: Unpack[Details]) -> Column:
    """A code of the code set `codes`."""
    return Column(name, Kind.CODE, description, codes=codes, required=required, **details)


def day(
    name: str,
    description: str,
    *,
    required: bool = False,
    known: str | None = "recorded_at",
    **details: Unpack[Details],
) -> Column:
    """A date that something happened, with the column that says when it was recorded."""
    return Column(name, Kind.DAY, description, unit="date", required=required, known=known, **details)


def moment(name: str, description: str, *, known: str | None = "recorded_at", **details: Unpack[Details]) -> Column:
    """A date and time that something happened, for the clocks that count hours."""
    return Column(name, Kind.MOMENT, description, unit="local date and time", known=known, **details)


def whole(name: str, description: str, *, unit: str, **details: Unpack[Details]) -> Column:
    return Column(name, Kind.WHOLE, description, unit=unit, **details)


def number(name: str, description: str, *, unit: str, **details: Unpack[Details]) -> Column:
    return Column(name, Kind.NUMBER, description, unit=unit, **details)


def flag(name: str, description: str, **details: Unpack[Details]) -> Column:
    """Yes, no, or empty for not known."""
    return Column(name, Kind.FLAG, description, **details)


def recorded(*later: str) -> tuple[Column, ...]:
    """When the row was first recorded and by whom, and, for each name in `later`, when that later fact was.

    An empty time is unknown: the fact then counts as known from the day it happened.
    """
    extra = tuple(
        Column(
            name,
            Kind.MOMENT,
            f"When the fact behind {name.removesuffix('_recorded_at')} was recorded",
            unit="local date and time",
        )
        for name in later
    )
    return (
        Column("recorded_at", Kind.MOMENT, "When the row was recorded", unit="local date and time"),
        Column("recorded_by", Kind.IDENTIFIER, "The worker who recorded the row", links_to="workers.worker_id"),
        *extra,
    )
