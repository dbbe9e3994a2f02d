"""The one question asked of events again and again: what came next, and what was the last before?

Asked as an as-of join where the engine has one (Polars: nearly three times as fast as a window over the same rows) and
as a window everywhere else. The two are proven equal in tests. Only this module knows the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy

Direction = Literal["forward", "backward"]

LOWEST = "\u0001"
"""A separator that sorts before any text, so that joined columns sort as the columns do."""

_SIDE, _FOUND, _WHEN, _TIE = "__side", "__found", "__when", "__tie"


def following(left: Lazy, right: Lazy, *, by: Sequence[str], left_on: str, right_on: str, tie: Sequence[str]) -> Lazy:
    """Every row of `left` with the columns of the first row of `right` of the same `by` at or after it, or nulls.

    `left_on` and `right_on` are of one type. Rows of `right` at one instant are taken in the order of the columns
    `tie`. A null in `by` matches nothing. `right` may share only the columns `by` with `left`.
    """
    return _nearest(left, right, by, left_on, right_on, tie, "forward")


def preceding(left: Lazy, right: Lazy, *, by: Sequence[str], left_on: str, right_on: str, tie: Sequence[str]) -> Lazy:
    """As `following`, with the last row of `right` at or before each row of `left`."""
    return _nearest(left, right, by, left_on, right_on, tie, "backward")


def _nearest(
    left: Lazy, right: Lazy, by: Sequence[str], left_on: str, right_on: str, tie: Sequence[str], direction: Direction
) -> Lazy:
    right = right.filter(*(~nw.col(name).is_null() for name in (*by, right_on)))
    if isinstance(left.to_native(), pl.LazyFrame):
        return _by_as_of_join(left, right, by, left_on, right_on, tie, direction)
    return by_window(left, right, by=by, left_on=left_on, right_on=right_on, tie=tie, direction=direction)


def _by_as_of_join(
    left: Lazy, right: Lazy, by: Sequence[str], left_on: str, right_on: str, tie: Sequence[str], direction: Direction
) -> Lazy:
    joined = (
        left.to_native()
        .sort(left_on)
        .join_asof(
            right.to_native().sort(right_on, *tie),
            left_on=left_on,
            right_on=right_on,
            by=list(by),
            strategy=direction,
            coalesce=False,
            check_sortedness=False,  # sorted on the line above; Polars cannot see it within groups
        )
    )
    found: Lazy = nw.from_native(joined)
    return found


def by_window(
    left: Lazy,
    right: Lazy,
    *,
    by: Sequence[str],
    left_on: str,
    right_on: str,
    tie: Sequence[str],
    direction: Direction,
) -> Lazy:
    """The same answer in windows and joins that every engine has. See `following`."""
    forward = direction == "forward"
    keys = [*by, right_on]
    right = right.with_columns(
        nw.concat_str([nw.col(name).cast(nw.String) for name in tie], separator=LOWEST, ignore_nulls=True).alias(_TIE)
    )
    best = nw.col(_TIE).min() if forward else nw.col(_TIE).max()
    right = right.filter(nw.col(_TIE) == best.over(*keys)).drop(_TIE).unique(subset=keys, keep="any")
    marks = right.select(*by, nw.col(right_on).alias(_WHEN), nw.lit(1).alias(_SIDE))
    both = nw.concat([left.with_columns(nw.col(left_on).alias(_WHEN), nw.lit(0).alias(_SIDE)), marks], how="diagonal")
    mark = nw.when(nw.col(_SIDE) == 1).then(nw.col(_WHEN))
    # At one instant the asker stands before what follows it, and after what precedes it.
    order = [_WHEN, _SIDE] if forward else [_WHEN, "__order"]
    both = both.with_columns((nw.lit(0) - nw.col(_SIDE)).alias("__order"))
    nearest = mark.fill_null(strategy="backward" if forward else "forward")
    both = both.with_columns(nearest.over(*by, order_by=order).alias(_FOUND))
    asked = both.filter(nw.col(_SIDE) == 0).drop(_SIDE, _WHEN, "__order")
    answers = right.with_columns(nw.col(right_on).alias(_FOUND))
    return asked.join(answers, on=[*by, _FOUND], how="left").drop(_FOUND)
