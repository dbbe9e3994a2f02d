"""A dataset as it was known on a day: what was recorded later is not seen.

Every fact has a time it was recorded (`Column.known` names the column that holds it). Where that time is empty, the
fact counts as known from the day it happened. A code that says how something ended is known when its day is
(`Column.known_with`); where that day is empty in the dataset, nothing says when, and the code is left as it is.
"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.schema import Column, Kind, Table
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES

DATED = (Kind.DAY, Kind.MOMENT)


def as_known(dataset: Dataset, day: date) -> Dataset:
    """The dataset with the rows and the cells that were known at the end of `day`; others are left out or empty."""
    frames = {name: _known(TABLES[name], frame, day) for name, frame in dataset.frames.items()}
    return Dataset(dataset.manifest, dataset.engine, frames)


def _known(table: Table, frame: Lazy, day: date) -> Lazy:
    columns = {column.name: column for column in table.columns}
    if "recorded_at" in columns:
        frame = frame.filter(_row_known(table, day))
    masked = [_visible(column, day) for column in table.columns if column.kind in DATED and column.known]
    masked += [_following(name, columns[dated], day) for name, dated in table.follows.items()]
    return frame.with_columns(*masked).select(*columns) if masked else frame


def _row_known(table: Table, day: date) -> nw.Expr:
    known = _by(nw.col("recorded_at"), day)
    happened = _happened(table)
    if happened is None:
        return nw.coalesce(known, nw.lit(True))
    return nw.coalesce(known, nw.col(happened) <= nw.lit(day), nw.lit(True))


def _happened(table: Table) -> str | None:
    """The day the row itself is about: its first required day."""
    return next((c.name for c in table.columns if c.kind is Kind.DAY and c.required), None)


def _visible(column: Column, day: date) -> nw.Expr:
    return nw.when(_is_visible(column, day)).then(nw.col(column.name)).alias(column.name)


def _is_visible(column: Column, day: date) -> nw.Expr:
    assert column.known is not None  # only such columns are asked about
    return nw.coalesce(_by(nw.col(column.known), day), _by(nw.col(column.name), day))


def _following(name: str, dated: Column, day: date) -> nw.Expr:
    seen = nw.col(dated.name).is_null() | _is_visible(dated, day)
    return nw.when(seen).then(nw.col(name)).alias(name)


def _by(at: nw.Expr, day: date) -> nw.Expr:
    return at.cast(nw.Date) <= nw.lit(day)
