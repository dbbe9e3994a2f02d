"""The shape of an indicator's rows: every flow and every span frame is finished here, so that all are alike."""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw

from goldenthread.dataset.engines import Lazy

FOREVER = date(2100, 1, 1)
"""The end of a span that is still open. Later than any figure can be asked for."""

COMMON = ("child_id", "table", "row_id")
TALLY = ("in_denominator", "in_numerator", "amount", "weight", "reason")
FLOW_COLUMNS = (*COMMON, "on", *TALLY)
SPAN_COLUMNS = (*COMMON, "begins", "ends", *TALLY, "per_day")

ONE_DAY = timedelta(days=1)


def true(condition: nw.Expr) -> nw.Expr:
    """The condition, with unknown taken as not so."""
    return condition.fill_null(False)


def pick(*cases: tuple[nw.Expr, str], otherwise: str) -> nw.Expr:
    """The code of the first condition that holds; an unknown condition does not."""
    chosen = nw.lit(otherwise)
    for condition, code in reversed(cases):
        chosen = nw.when(true(condition)).then(nw.lit(code)).otherwise(chosen)
    return chosen


def plus_days(day: nw.Expr, number: int) -> nw.Expr:
    """The Date so many days later. Through a zoneless Datetime, because Spark adds to a Date by the session's clock."""
    return (day.cast(nw.Datetime) + ONE_DAY * number).cast(nw.Date)


def day_number(day: nw.Expr) -> nw.Expr:
    """The day's number in an unbroken count (1 January of year 1 is 1), as `date.toordinal` gives it.

    Whole-number arithmetic, because Spark has no duration to ask the days of.
    """
    before = day.dt.year().cast(nw.Int64) - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + day.dt.ordinal_day().cast(nw.Int64)


def earlier(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The earlier of two days; the one that is known when the other is not."""
    return nw.when(true(other < one) | one.is_null()).then(other).otherwise(one)


def later(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The later of two days; the one that is known when the other is not."""
    return nw.when(true(other > one) | one.is_null()).then(other).otherwise(one)


def flow(
    frame: Lazy,
    table: str,
    row_id: str,
    on: str,
    *,
    numerator: nw.Expr | None = None,
    denominator: nw.Expr | None = None,
    amount: nw.Expr | None = None,
    weight: nw.Expr | None = None,
    reason: nw.Expr | str,
    child: str | None = "child_id",
) -> Lazy:
    """`frame` as the rows of a flow, the rows without a day left out. By default every row counts once, in both."""
    return frame.filter(~nw.col(on).is_null()).select(
        *_where_from(table, row_id, child), nw.col(on).alias("on"), *_tally(numerator, denominator, amount, weight, reason)
    )


def spans(
    frame: Lazy,
    *,
    numerator: nw.Expr | None = None,
    denominator: nw.Expr | None = None,
    amount: nw.Expr | None = None,
    weight: nw.Expr | None = None,
    per_day: nw.Expr | None = None,
    reason: nw.Expr | str,
) -> Lazy:
    """A frame of things (`child_id`, `table`, `row_id`, `begins`, `ends`) as the rows of a span indicator."""
    return frame.filter(nw.col("begins") < nw.col("ends")).select(
        *COMMON,
        "begins",
        "ends",
        *_tally(numerator, denominator, amount, weight, reason),
        (nw.lit(0.0) if per_day is None else per_day.cast(nw.Float64)).alias("per_day"),
    )


def things(frame: Lazy, table: str, row_id: str, begins: str, ends: str | None, child: str | None = "child_id") -> Lazy:
    """Rows of a table as things that are so from one day until another: `child_id`, `table`, `row_id`, `begins`, `ends`.

    An empty end is still open; a thing that ends the day it begins is never counted.
    """
    until = nw.lit(FOREVER) if ends is None else nw.coalesce(nw.col(ends), nw.lit(FOREVER))
    others = [name for name in frame.collect_schema().names() if name not in {*COMMON, "begins", "ends", "table"}]
    return frame.select(
        *_where_from(table, row_id, child), nw.col(begins).alias("begins"), until.alias("ends"), *others
    ).filter(~nw.col("begins").is_null() & (nw.col("begins") < nw.col("ends")))


def together(*frames: Lazy) -> Lazy:
    """Row frames of one shape, one under the other."""
    return nw.concat(list(frames), how="vertical")


def _where_from(table: str, row_id: str, child: str | None) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    owner = nw.lit(None).cast(nw.String) if child is None else nw.col(child)
    return owner.alias("child_id"), nw.lit(table).alias("table"), nw.col(row_id).alias("row_id")


def _tally(
    numerator: nw.Expr | None,
    denominator: nw.Expr | None,
    amount: nw.Expr | None,
    weight: nw.Expr | None,
    reason: nw.Expr | str,
) -> tuple[nw.Expr, ...]:
    counted = nw.lit(True) if denominator is None else true(denominator)
    met = counted if numerator is None else true(numerator)
    return (
        counted.alias("in_denominator"),
        met.alias("in_numerator"),
        (nw.lit(1.0) if amount is None else amount.cast(nw.Float64)).alias("amount"),
        (nw.lit(1.0) if weight is None else weight.cast(nw.Float64)).alias("weight"),
        (nw.lit(reason) if isinstance(reason, str) else reason).alias("reason"),
    )
