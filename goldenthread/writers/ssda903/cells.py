"""The cells of a return: dates, flags and codes as its own text, and the rows of a table put together from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import polars as pl

from goldenthread.dataset.readers.ssda903_tables import CHILD, COLUMNS

ORIGIN = ("child_id", "record", "record_id")
LOST = "lost:"
"""Begins the name of a column that holds what the record has and the return has no code for."""
YES, NO = "1", "0"


@dataclass(frozen=True, slots=True)
class Limited:
    """A cell that is blank where `good` is not met; what stood there is kept aside for the notes."""

    value: pl.Expr
    good: pl.Expr


Cell: TypeAlias = pl.Expr | Limited


def one_of(value: pl.Expr, codes: Sequence[str]) -> Limited:
    """A code, where it is one of `codes`."""
    return Limited(value, value.is_in(list(codes)))


def day(column: str) -> pl.Expr:
    """A date as DD/MM/YYYY."""
    return pl.col(column).dt.strftime("%d/%m/%Y")


def flag(value: pl.Expr) -> pl.Expr:
    """1 for yes, 0 for no, blank for not known."""
    return pl.when(value).then(pl.lit(YES)).when(~value).then(pl.lit(NO))


def plain(column: str) -> pl.Expr:
    """Text on one line, blank where there is none."""
    calm = pl.col(column).str.replace_all(r"\s+", " ").str.strip_chars(" ")
    return pl.when(calm != "").then(calm)


def true(test: pl.Expr) -> pl.Expr:
    """Whether the test is known to be met."""
    return test.fill_null(False)


def age_on(on: date) -> pl.Expr:
    """Completed years on a day, of who was born on the day in `born_on`."""
    born = pl.col("born_on")
    to_come = born.dt.month().cast(pl.Int32) * 100 + born.dt.day() > on.month * 100 + on.day
    return on.year - born.dt.year() - to_come.cast(pl.Int32)


def as_rows(
    frame: pl.LazyFrame, table: str, cells: Mapping[str, Cell], record: str, key: pl.Expr, order: Sequence[str]
) -> pl.LazyFrame:
    """`frame` as the rows of a table, by child and then by `order`, each with its origin and what it could not hold.

    CHILD and DOB come from `child_id` and `born_on`, the order of the children from their `number`; every other column
    of the table is in `cells`. `record` is the canonical table the rows come from and `key` the key of its row.
    """
    known: dict[str, Cell] = {CHILD: pl.col("child_id"), "DOB": day("born_on"), **cells}
    written = [_written(known[name]).alias(name) for name in COLUMNS[table]]
    lost = [_lost(cell).alias(LOST + name) for name, cell in known.items() if isinstance(cell, Limited)]
    origin = ("child_id", pl.lit(record).alias("record"), key.cast(pl.String).alias("record_id"))
    return frame.sort("number", *order, nulls_last=True).select(*written, *origin, *lost)


def _written(cell: Cell) -> pl.Expr:
    return pl.when(cell.good).then(cell.value) if isinstance(cell, Limited) else cell


def _lost(cell: Limited) -> pl.Expr:
    return pl.when(~true(cell.good)).then(cell.value)
