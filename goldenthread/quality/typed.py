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


def typed(shape: Shape, given: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Every table of the shape, each column in its own type, with `row` (Int64, position in its frame) and the texts.

    Undeclared columns are left out; declared ones that are absent are missing throughout, and a table that was not
    given has no rows.
    """
    absent = pl.DataFrame(schema={shape.child: pl.String})
    plans = [_typed(shape, table, given.get(table, absent)) for table in shape.tables]
    return dict(zip(shape.tables, pl.collect_all(plans), strict=True))


def _typed(shape: Shape, table: str, frame: pl.DataFrame) -> pl.LazyFrame:
    columns = [pl.int_range(pl.len(), dtype=pl.Int64).alias("row")]
    for name, holds in shape.tables[table].items():
        columns.extend(_column(shape, name, holds, present=name in frame.columns))
    return frame.lazy().select(columns)


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
