"""The tables of the census as they are made: rows in the order of the file, each knowing what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from goldenthread.dataset.readers import cin_census_shape as shape
from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.writers.built import ORIGIN

EPISODE, ASSESSMENT, PLAN = "CINdetailsID", "AssessmentID", "CPPID"
SHAPES: Mapping[str, shape.RawTable] = {table.name: table for table in shape.TABLES if table.name != "PreProceedings"}
UNWRITABLE = r"[\s\x00-\x1f\x7f\x{00A0}\x{200B}\x{FEFF}\x{FFFE}\x{FFFF}]+"
"""Runs of space of every kind, and the characters that XML cannot hold."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table: `frame` has the census's columns, still typed, beside `child_id` and `record_id` (see `origins`).

    A column that the record has nothing for may be missing. `record` is the canonical table the rows are of, unless a
    column of that name says otherwise row by row.
    """

    name: str
    frame: pl.DataFrame
    record: str

    @property
    def table(self) -> pl.DataFrame:
        """The table as text, with every column that a reader of the file would give it."""
        held = self.frame.schema
        return self.frame.select(
            written(name, held[name]) if name in held else pl.lit(None, pl.String).alias(name)
            for name in columns_of(self.name)
        )

    @property
    def origin(self) -> pl.DataFrame:
        """The child and the row of the record behind each row of `table`; null where the record has no such row."""
        record = pl.col("record") if "record" in self.frame.columns else pl.lit(self.record)
        held = pl.when(pl.col("record_id").is_not_null()).then(record)
        return self.frame.select("child_id", held.alias("record"), "record_id")


def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table, in the reader's order."""
    raw = SHAPES[name]
    value = (raw.value,) if raw.value else ()
    return (CHILD, *raw.links, *value, *(column for column in raw.columns if column != CHILD))


def written(name: str, dtype: pl.DataType) -> pl.Expr:
    """The column as the file gives it: days as 2026-03-31, yes as 1, no as 0, text without the spaces round it."""
    column = pl.col(name)
    match dtype:
        case pl.String():
            tidy = column.str.replace_all(UNWRITABLE, " ").str.strip_chars(" ")
            return pl.when(tidy != "").then(tidy).alias(name)
        case pl.Boolean():
            return column.cast(pl.Int8).cast(pl.String)
        case _:
            return column.cast(pl.String)


def of_episodes(rows: pl.DataFrame, episodes: pl.DataFrame, day: str, key: str) -> pl.DataFrame:
    """`rows` that belong to the episodes, with the child and number of each, in the order of the file.

    Rows of one day go by their identifiers, the shorter first, so that 2 comes before 10 (and, of the census's own
    identifiers, the first of a day before its second).
    """
    found = rows.drop("child_id").join(episodes.select("referral_id", "child_id", CHILD, EPISODE), on="referral_id")
    return found.sort(EPISODE, day, pl.col(key).str.len_bytes(), key)


def numbered(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """`rows` numbered from 1 as they stand."""
    return rows.with_row_index(name, offset=1)


def no_origin(rows: int) -> pl.DataFrame:
    """Origins of rows that are made from no one row of the record."""
    return pl.DataFrame({name: [None] * rows for name in ORIGIN}, schema=ORIGIN)
