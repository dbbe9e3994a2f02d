"""The dataset as it was known on a day: what had been recorded by then, and nothing recorded since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.schema import Column, Kind, Table
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES


def as_known_on(dataset: Dataset, day: date) -> Dataset:
    """The same tables with every row and every dated fact that was recorded after `day` taken away.

    A fact with no time of recording counts as known from the day it happened; a row with neither is kept. What a row
    says without a date (an outcome, a category) is known with the row.
    """
    frames = {name: _known(frame, TABLES[name], day) for name, frame in dataset.frames.items()}
    return replace(dataset, frames=frames)


def _known(frame: Lazy, table: Table, day: date) -> Lazy:
    held = {column.name for column in table.columns}
    if "recorded_at" in held:
        first = next((column for column in table.columns if _dated(column) and column.required), None)
        frame = frame.filter(_by("recorded_at", first.name if first else None, day))
    later = [column for column in table.columns if _dated(column) and column.known in held and not column.required]
    kept = [
        nw.when(_by(column.known or "", column.name, day)).then(nw.col(column.name)).alias(column.name)
        for column in later
    ]
    return frame.with_columns(*kept) if kept else frame


def _dated(column: Column) -> bool:
    return column.kind in {Kind.DAY, Kind.MOMENT} and not column.name.endswith("recorded_at")


def _by(recorded: str, happened: str | None, day: date) -> nw.Expr:
    """Whether a fact was known by the end of the day (Boolean, never null)."""
    said = nw.col(recorded).cast(nw.Date) <= nw.lit(day)
    unsaid = (nw.col(happened).cast(nw.Date) <= nw.lit(day)) if happened else nw.lit(True)
    return nw.when(~nw.col(recorded).is_null()).then(said).otherwise(unsaid.fill_null(True))
