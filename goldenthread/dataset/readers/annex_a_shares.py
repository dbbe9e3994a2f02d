"""A part applied to its list: the canonical rows it makes, and which rows of the list they came from."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from goldenthread.dataset.readers.annex_a_parts import AS_AT, ROW_ID, Part
from goldenthread.dataset.tables import TABLES


@dataclass(frozen=True, slots=True)
class Share:
    """What a part made: its rows, and which row ids of the list they came from."""

    part: Part
    frame: pl.DataFrame
    used: pl.Series


def share_of(part: Part, frame: pl.DataFrame) -> Share:
    """The part's rows, with the table's own key where it has one, and its once-only rows made one."""
    chosen = frame.filter(pl.any_horizontal(pl.col(heading).is_not_null() for heading in part.needs))
    if part.where is not None:
        chosen = chosen.filter(part.where)
    keys = TABLES[part.table].key
    own = {keys[0]: pl.col(ROW_ID)} if len(keys) == 1 and keys[0] not in part.all_columns() else {}
    columns = own | {name: pl.col(heading) for name, heading in part.all_columns().items()} | dict(part.readings)
    made = chosen.select(expression.alias(name) for name, expression in columns.items())
    return Share(part, made_one(made, part.once), chosen[ROW_ID])


def made_one(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Rows alike in `columns` as one row, the first, its gaps filled from the others."""
    if not columns or not frame.height or not frame.select(columns).is_duplicated().any():
        return frame
    others = [name for name in frame.columns if name not in columns]
    grouped = frame.group_by(columns, maintain_order=True).agg(pl.col(name).drop_nulls().first() for name in others)
    return grouped.select(frame.columns)


def headings_of(part: Part) -> set[str]:
    """The headings of the list that the part takes something from."""
    read = {name for expression in part.readings.values() for name in expression.meta.root_names()}
    return {*part.all_columns().values(), *part.needs, *read} - {ROW_ID, AS_AT}
