"""Links between rows that the files leave to the reader: an assessment belongs to the referral open when it began."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_DAY, _END, _ID, _PLACE = "__day", "__end", "__id", "__place"


@dataclass(frozen=True, slots=True)
class Spells:
    """The rows of a table as spans of a child's time, to link to: its identifier, first and last day."""

    frame: pl.DataFrame
    key: str
    start: str
    end: str


def open_then(rows: pl.DataFrame, day: str, spells: Spells, *, grace: int = 0) -> pl.Series:
    """For each row, the identifier of the child's latest spell begun on or before `day` and not ended before it.

    Null where there is none or the day is unknown. `grace` is the number of days after its end on which a spell still
    counts. Both frames have `child_id`.
    """
    held = (
        spells.frame.select(
            "child_id", pl.col(spells.start).alias(_DAY), pl.col(spells.end).alias(_END), pl.col(spells.key).alias(_ID)
        )
        .drop_nulls(["child_id", _DAY])
        .sort(_DAY, _ID, maintain_order=True)
    )
    asked = rows.select("child_id", pl.col(day).alias(_DAY)).with_row_index(_PLACE)
    found = (
        asked.drop_nulls([_DAY])
        .sort(_DAY)
        .join_asof(held, on=_DAY, by="child_id", strategy="backward", check_sortedness=False)
        .filter(pl.col(_END).is_null() | (pl.col(_END).dt.offset_by(f"{grace}d") >= pl.col(_DAY)))
        .select(_PLACE, _ID)
    )
    return asked.join(found, on=_PLACE, how="left", maintain_order="left")[_ID].alias(spells.key)


def linked(rows: pl.DataFrame, day: str, spells: Spells, *, grace: int = 0) -> pl.DataFrame:
    """`rows` with an empty link column of the spells' own name filled in by `open_then`; a link already there stays."""
    found = open_then(rows, day, spells, grace=grace)
    if spells.key in rows.columns:
        found = rows[spells.key].zip_with(rows[spells.key].is_not_null(), found)
    return rows.with_columns(found.alias(spells.key))
