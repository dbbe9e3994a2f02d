"""The place of each row among its child's rows of a table, by date: worked out once, when the table is read."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

NTH, OF = "nth", "of"
AT = pl.int_range(pl.len(), dtype=pl.Int64)
"""The place of a row among all those in order."""


def with_places(frame: pl.DataFrame, child: str, day: str, beside: Iterable[pl.Expr] = ()) -> pl.DataFrame:
    """The frame with `nth` (1 for the child's first row) and `of` (how many), Int64, in order of `day`, then of `row`.

    Both are missing where the row has no child or no date. The order of rows is kept, in which `row` counts from 0.
    `beside` are further columns to add (`latest_of`, `run_of`), worked out on the rows in that order.
    """
    beside = list(beside)
    names = dict.fromkeys(["row", child, day, *(name for each in beside for name in each.meta.root_names())])
    dated = frame.lazy().select(name for name in names if name not in (NTH, OF))
    dated = dated.filter(pl.col(child).is_not_null(), pl.col(day).is_not_null()).sort(child, day, "row")
    begins = pl.col(child).ne_missing(pl.col(child).shift(1))
    dated = dated.with_columns((AT - pl.when(begins).then(AT).forward_fill() + 1).alias(NTH))
    ends = pl.col(child).ne_missing(pl.col(child).shift(-1))
    dated = dated.with_columns(pl.when(ends).then(NTH).backward_fill().alias(OF))
    placed = dated.select("row", NTH, OF, *beside).collect()
    if placed.height == frame.height:
        return frame.hstack(placed.sort("row").drop("row"))
    return frame.join(placed, on="row", how="left", maintain_order="left")


def latest_of(column: str, begins: pl.Expr, name: str) -> pl.Expr:
    """`name`: the `column` of the child's latest row so far on which `begins` is true, or of its first."""
    row = pl.when((pl.col(NTH) == 1) | begins.fill_null(False)).then(AT).forward_fill()
    return pl.col(column).gather(row).alias(name)


def run_of(same: str | None, start: str, end: str, name: str) -> tuple[pl.Expr, pl.Expr]:
    """`<name>_start` and `<name>_end`: of the unbroken run of rows the row belongs to.

    A run is one child's rows, by `nth`, each starting on the day the one before ended, and, where `same` names a
    column, holding the same value of it. Its end is missing while its last row is open.
    """
    joined = (pl.col(start) == pl.col(end).shift(1)).fill_null(False)
    if same is not None:
        joined &= pl.col(same).eq_missing(pl.col(same).shift(1))
    breaks = (pl.col(NTH) == 1) | ~joined
    first = pl.when(breaks).then(AT).forward_fill()
    last = pl.when(breaks.shift(-1).fill_null(True)).then(AT).backward_fill()
    return pl.col(start).gather(first).alias(f"{name}_start"), pl.col(end).gather(last).alias(f"{name}_end")
