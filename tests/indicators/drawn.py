"""Datasets drawn as tables: a heading line of columns, a row a line, `-` for a cell that is empty."""

from __future__ import annotations

from datetime import date

import polars as pl

from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.dataset.tables import TABLES

AS_AT = date(2019, 6, 30)


def table(name: str, text: str) -> pl.DataFrame:
    """The drawn rows with the declared types. A key the drawing leaves out is made up, unique in the table."""
    heading, *lines = [line.split() for line in text.strip().splitlines()]
    rows = [[None if cell == "-" else cell for cell in line] for line in lines]
    frame = pl.DataFrame(rows, schema={column: pl.String() for column in heading}, orient="row")
    declared = TABLES[name]
    for key in declared.key:
        if key not in heading and key.endswith("_id"):
            frame = frame.with_columns(pl.format("{}-{}", pl.lit(name), pl.int_range(pl.len())).alias(key))
    return frame.select(_typed(column, declared.schema[column]) for column in frame.columns)


def _typed(column: str, dtype: pl.DataType) -> pl.Expr:
    cell = pl.col(column)
    match dtype:
        case pl.Date():
            return cell.str.to_date()
        case pl.Datetime():
            return cell.str.to_datetime("%Y-%m-%dT%H:%M", time_unit="us")
        case pl.Boolean():
            return cell.replace_strict({"yes": True, "no": False}, return_dtype=pl.Boolean())
        case _:
            return cell.cast(dtype)


def dataset(engine: Engine = POLARS, *, authority: str | None = None, **tables: str) -> Dataset:
    """A dataset of drawn tables, taken on 30 June 2019 with history from April 2014."""
    manifest = Manifest(as_at=AS_AT, authority=authority, history_from=date(2014, 4, 1))
    return dataset_of({name: table(name, text) for name, text in tables.items()}, manifest, engine)
