"""What the census reader asks of every table: parsed columns, identifiers made from the facts, doubles refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset import values
from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.dataset.readers.common import LINE, MOST_LISTED, Field, parse_columns
from goldenthread.dataset.rejects import Reject, Rejects
from goldenthread.dataset.values import Parser

ISO_DAY = "%Y-%m-%d"


def census_day() -> Parser:
    """A date as the census writes it, 2026-03-31; other shapes are tried only for the cells that are not so."""
    usual = values.day()

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        days = cells.str.to_date(ISO_DAY, strict=False)
        rest = days.is_null() & cells.is_not_null()
        if not rest.any():
            return days, rest
        others, bad = usual(cells.set(~rest, None))
        return days.fill_null(others), bad

    return replace(usual, parse=parse, what_to_do="Write the date as YYYY-MM-DD, with a day that exists.")


def usual(cells: pl.Series, meanings: Mapping[str, str | bool], otherwise: Parser) -> tuple[pl.Series, pl.Series]:
    """Cells written just as the census has them, looked up at once; only the others are parsed with care."""
    found = cells.replace_strict(list(meanings), list(meanings.values()), default=None, return_dtype=otherwise.dtype)
    rest = found.is_null() & cells.is_not_null()
    if not rest.any():
        return found, rest
    others, bad = otherwise(cells.set(~rest, None))
    return found.zip_with(~rest, others), bad


def coded(name: str) -> Parser:
    """A code of the named set."""
    codes = code_set(name)
    careful = values.code(codes)
    return replace(careful, parse=lambda cells: usual(cells, {code: code for code in codes.codes}, careful))


def _flag() -> Parser:
    careful = values.flag()
    meanings = {"true": True, "false": False, "1": True, "0": False}
    return replace(careful, parse=lambda cells: usual(cells, meanings, careful))


DAY = census_day()
FLAG = _flag()
TEXT = values.text()


def day_field(source: str, column: str, *, required: bool = False) -> Field:
    return Field(source, column, DAY, required)


def code_field(source: str, column: str, codes: str, *, required: bool = False) -> Field:
    return Field(source, column, coded(codes), required)


@dataclass(slots=True)
class Reading:
    """One census being read: its raw tables, and the rejects and warnings so far."""

    file: str
    raw: dict[str, pl.DataFrame]
    rejects: Rejects
    warnings: Rejects = field(default_factory=Rejects)
    used: dict[str, int] = field(default_factory=dict)
    """Rows of each raw table that made rows of the dataset, or columns of them."""
    elements: dict[tuple[str, str], str] = field(default_factory=dict)
    """The element of each column of each table parsed, for the rejects."""

    def parsed(self, table: str, fields: Sequence[Field], keep: Sequence[str] = ()) -> pl.DataFrame:
        """The table's fields, with `child_id` and `_line`; rows of no known child are rejected."""
        raw = self.raw[table]
        self.elements |= {(table, each.column): each.source for each in fields}
        lost = raw.filter(pl.col(CHILD).is_null())
        self.reject_rows(lost, table, CHILD, "the child has no LAchildID, so the row cannot be anyone's", "Give it.")
        known = raw.filter(pl.col(CHILD).is_not_null())
        frame, rejects = parse_columns(known, fields, file=self.file, place=table, keep=(LINE, CHILD, *keep))
        self.rejects.extend(rejects.found)
        self.used[table] = frame.height
        return frame.rename({CHILD: "child_id"})

    def reject_rows(self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str) -> None:
        """List each row of `rows` as lost, for what stands in `column`."""
        self.rejects.extend(self._places(rows, table, column, reason, what_to_do, whole_row=True))
        if table in self.used:
            self.used[table] -= rows.height

    def warn_rows(self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str) -> None:
        """List each row of `rows` as loaded, and worth a look."""
        self.warnings.extend(self._places(rows, table, column, reason, what_to_do))

    def _places(
        self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str, *, whole_row: bool = False
    ) -> Iterator[Reject]:
        element = self.elements.get((table, column), column)
        cells = rows.head(MOST_LISTED).select(LINE, pl.col(column).cast(pl.String).fill_null("").alias("value"))
        for line, value in cells.iter_rows():
            yield Reject(self.file, table, line, element, value, reason, what_to_do, whole_row)

    def once(self, frame: pl.DataFrame, key: Sequence[str], table: str, column: str, what: str) -> pl.DataFrame:
        """`frame` with the first row of each `key`; later ones are rejected."""
        first = frame.select(pl.struct(key).is_first_distinct()).to_series()
        if not first.all():
            self.reject_rows(
                frame.filter(~first), table, column, f"{what} is given twice; the first is kept", "Leave one."
            )
        return frame.filter(first)


def identified(frame: pl.DataFrame, name: str, mark: str, day: str) -> pl.DataFrame:
    """`frame` with an identifier made of child, kind and day, so that the same fact in next year's file has the same.

    Two of one kind on one day are numbered in the order of the file.
    """
    on = pl.col(day).dt
    written = on.year() * 10_000 + on.month().cast(pl.Int32) * 100 + on.day()
    made = frame.with_columns((pl.col("child_id") + f"-{mark}" + written.cast(pl.String)).alias(name))
    if not made[name].is_duplicated().any():
        return made
    again = pl.int_range(pl.len()).over(name)
    double = pl.col(name) + "-" + (again + 1).cast(pl.String)
    return made.with_columns(pl.when(again > 0).then(double).otherwise(name).alias(name))
