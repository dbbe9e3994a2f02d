"""Tables of text, as uploaded, made ready for rules: dates as dates, codes in capitals, nothing lost.

A value that is not what its column holds becomes missing, and its text stays beside it in `<COLUMN>_text`, so that
one bad cell is one finding and stops no rule. A null is a blank cell, as the loaders of files give it; an empty text is
an entry that is no code and no date, and is found as one. The frames given are never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

FIRST_YEAR = 1900
"""No date of a living person is earlier: 01/01/19 is a year cut short, not the year 19."""


class Holds(StrEnum):
    """What a column of a return holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Shape:
    """A return's tables and what their columns hold. `child` is the column that names the child in every table.

    `capitals`: whether the return reads its values without regard to case.
    """

    child: str
    tables: Mapping[str, Mapping[str, Holds]]
    date_format: str
    capitals: bool = True


def typed(shape: Shape, table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The table with every declared column in its own type, `row` (Int64, position in `frame`) and the texts.

    Undeclared columns are left out; declared ones that are absent are missing throughout.
    """
    declared = shape.tables[table]
    columns = [pl.int_range(pl.len(), dtype=pl.Int64).alias("row")]
    for name, holds in declared.items():
        columns.extend(_column(shape, name, holds, present=name in frame.columns))
    return frame.select(columns)


def empty(shape: Shape, table: str) -> pl.DataFrame:
    """The table with no rows, every column in its type."""
    return typed(shape, table, pl.DataFrame(schema={shape.child: pl.String}))


def _column(shape: Shape, name: str, holds: Holds, *, present: bool) -> list[pl.Expr]:
    text = pl.col(name).cast(pl.String) if present else pl.lit(None, dtype=pl.String)
    if shape.capitals:
        text = text.str.to_uppercase()
    match holds:
        case Holds.TEXT:
            return [text.alias(name)]
        case Holds.DATE:
            day = text.str.to_date(shape.date_format, strict=False, exact=True)
            return [pl.when(day.dt.year() >= FIRST_YEAR).then(day).alias(name), text.alias(f"{name}_text")]
        case Holds.NUMBER:
            return [text.cast(pl.Float64, strict=False).alias(name), text.alias(f"{name}_text")]
