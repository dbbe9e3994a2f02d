"""A small made-up authority, drawn by chance from a seed, in which every indicator has something to count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.schema import Column, Kind, Table
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.dataset.tables import TABLES

FIRST, AS_AT = date(2016, 1, 1), date(2019, 6, 30)
"""Chance knows no journey: rows need not make sense together, which is the point of testing totals on them."""


def authority(seed: int, engine: Engine = POLARS, *, children: int = 30, rows: int = 40) -> Dataset:
    """A dataset of random rows in every table, some cells empty."""
    chance = Random(seed)
    frames = {name: _frame(table, chance, children, rows) for name, table in TABLES.items()}
    frames["people"] = frames["people"].with_columns(
        born_on=pl.Series(
            [_day(chance, date(1996, 1, 1), AS_AT) if n % 9 else None for n in range(rows)], dtype=pl.Date
        )
    )
    frames["population"] = pl.DataFrame({"authority": "X", "year": [2016, 2017, 2018], "children": [9000, 9100, 9200]})
    return dataset_of(frames, Manifest(as_at=AS_AT, history_from=date(2016, 4, 1)), engine)


def _frame(table: Table, chance: Random, children: int, rows: int) -> pl.DataFrame:
    columns = {column.name: _cells(table, column, chance, children, rows) for column in table.columns}
    frame = pl.DataFrame(columns, schema=table.schema, strict=False)
    for first, last in table.order:
        frame = frame.with_columns(pl.max_horizontal(pl.col(first), pl.col(last)).alias(last)).with_columns(
            pl.when(pl.int_range(pl.len()) % 4 == 0).then(None).otherwise(pl.col(last)).alias(last)
        )
    return frame.unique(subset=list(table.key), keep="first", maintain_order=True)


def _cells(table: Table, column: Column, chance: Random, children: int, rows: int) -> Sequence[object]:
    if column.name == table.key[0] and column.links_to is None:
        return [f"{'P' if table.name == 'people' else table.name}{n}" for n in range(rows)]
    make = _maker(column, chance, children, rows)
    return [None if not column.required and chance.random() < 0.15 else make() for _ in range(rows)]


def _maker(column: Column, chance: Random, children: int, rows: int) -> Callable[[], object]:
    if column.codes:
        codes = sorted(code_set(column.codes).codes)
        return lambda: chance.choice(codes)
    if column.links_to:
        owner = column.links_to.partition(".")[0]
        return lambda: (
            f"{'P' if owner == 'people' else owner}{chance.randrange(children if owner == 'people' else rows)}"
        )
    match column.kind:
        case Kind.DAY:
            return lambda: _day(chance, FIRST, AS_AT)
        case Kind.MOMENT:
            return lambda: _day(chance, FIRST, AS_AT)
        case Kind.FLAG:
            return lambda: chance.random() < 0.5
        case Kind.WHOLE:
            return lambda: chance.randrange(0, 40)
        case Kind.NUMBER:
            return lambda: chance.randrange(0, 50) / 10
        case _:
            return lambda: f"{column.name}{chance.randrange(5)}"


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(chance.randrange((last - first).days))
