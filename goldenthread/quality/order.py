"""The place of each row among its child's rows of a table, by date: worked out once, when the table is read."""

from __future__ import annotations

import polars as pl


def with_places(frame: pl.DataFrame, child: str, day: str) -> pl.DataFrame:
    """The frame with `nth` (1 for the child's first row) and `of` (how many), Int64, in order of `day`, then of `row`.

    Both are missing where the row has no child or no date. The order of rows is kept.
    """
    dated = frame.select("row", child, day).drop_nulls().sort(child, day, "row")
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    begins = pl.col(child).ne_missing(pl.col(child).shift(1))
    dated = dated.with_columns(nth=place - pl.when(begins).then(place).forward_fill() + 1)
    ends = pl.col(child).ne_missing(pl.col(child).shift(-1))
    dated = dated.with_columns(of=pl.when(ends).then("nth").backward_fill())
    return frame.join(dated.select("row", "nth", "of"), on="row", how="left", maintain_order="left")


def with_latest(frame: pl.DataFrame, child: str, begins: pl.Expr, day: str, name: str) -> pl.DataFrame:
    """The frame with `name`: the `day` of the child's latest row so far, by `nth`, on which `begins` is true."""
    placed = frame.filter(pl.col("nth").is_not_null()).sort(child, "nth")
    carried = pl.when((pl.col("nth") == 1) | begins.fill_null(False)).then(pl.col(day)).forward_fill()
    return frame.join(placed.select("row", carried.alias(name)), on="row", how="left", maintain_order="left")


def with_run(frame: pl.DataFrame, child: str, same: str | None, start: str, end: str, name: str) -> pl.DataFrame:
    """The frame with `<name>_start` and `<name>_end`: of the unbroken run of rows the row belongs to.

    A run is one child's rows, by `nth`, each starting on the day the one before ended, and, where `same` names a
    column, holding the same value of it. Its end is missing while its last row is open.
    """
    placed = frame.filter(pl.col("nth").is_not_null()).sort(child, "nth")
    joined = (pl.col(start) == pl.col(end).shift(1)).fill_null(False)
    if same is not None:
        joined &= pl.col(same).eq_missing(pl.col(same).shift(1))
    breaks = (pl.col("nth") == 1) | ~joined
    run = breaks.cum_sum()
    placed = placed.with_columns(run.alias("__run")).with_columns(
        pl.col(start).first().over("__run").alias(f"{name}_start"),
        pl.col(end).last().over("__run").alias(f"{name}_end"),
    )
    return frame.join(placed.select("row", f"{name}_start", f"{name}_end"), on="row", how="left", maintain_order="left")
