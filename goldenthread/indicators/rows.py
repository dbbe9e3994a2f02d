"""The shape of an indicator's rows: every flow and every span frame is finished here, so that all are alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import narwhals as nw

from goldenthread.dataset.engines import Lazy

FOREVER = date(2100, 1, 1)
"""The end of a span that is still open. Later than any figure can be asked for."""

Condition: TypeAlias = nw.Expr | bool

COMMON = ("child_id", "table", "row_id")
TALLY = ("in_denominator", "in_numerator", "amount", "weight", "reason")
FLOW_COLUMNS = (*COMMON, "on", *TALLY)
SPAN_COLUMNS = (*COMMON, "begins", "ends", *TALLY, "per_day")

ONE_DAY = timedelta(days=1)
FEBRUARY, LAST_OF_FEBRUARY = 2, 59  # the month's number, and the number in the year of its 28th day
DAYS_IN_COMMON_YEAR = 365


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


def plus_years(day: nw.Expr, number: int, *, rolls: bool) -> nw.Expr:
    """The Date so many years later, by whole-number arithmetic alone, which needs no table beside it.

    From 29 February to a common year it is 1 March if `rolls` (an age is reached), otherwise 28 February (a period of
    years ends): the same as `goldenthread.dates.anniversary` and `plus_months`, for days from 1901 to 2099.
    """
    before_leap_day = day.dt.month() <= FEBRUARY if rolls else day.dt.ordinal_day() <= LAST_OF_FEBRUARY
    year = day.dt.year().cast(nw.Int64) - nw.when(before_leap_day).then(nw.lit(1)).otherwise(nw.lit(0))
    added = (year + number) // 4 - year // 4 + DAYS_IN_COMMON_YEAR * number
    return (day.cast(nw.Datetime) + nw.lit(ONE_DAY) * added).cast(nw.Date)


def earlier(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The earlier of two days; the one that is known when the other is not."""
    return nw.when(true(other < one) | one.is_null()).then(other).otherwise(one)


def later(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The later of two days; the one that is known when the other is not."""
    return nw.when(true(other > one) | one.is_null()).then(other).otherwise(one)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of an indicator before they are written out: a frame, and what to make of each of its rows.

    `numerator` and `denominator` are conditions, or True or False for every row; an unknown condition is not met.
    `amount`, `weight` and `per_day` are None where they are 1, 1 and 0. `on` names the day of a flow and is empty for
    spans. Kept apart from the frame because a figure needs few of these and an explanation all.
    """

    frame: Lazy
    table: str | None
    row_id: str
    on: str
    child: str | None
    numerator: Condition
    denominator: Condition
    amount: nw.Expr | None
    weight: nw.Expr | None
    per_day: nw.Expr | None
    reason: nw.Expr | str

    def written_out(self) -> Lazy:
        """The rows with `SPAN_COLUMNS`, or those of a flow with `FLOW_COLUMNS`."""
        table = nw.col("table") if self.table is None else nw.lit(self.table)
        owner = nw.lit(None).cast(nw.String) if self.child is None else nw.col(self.child)
        days = [nw.col(self.on).alias("on")] if self.on else [nw.col("begins"), nw.col("ends")]
        growth = [] if self.on else [_number(self.per_day, 0.0).alias("per_day")]
        return self.counted().select(
            owner.alias("child_id"),
            table.alias("table"),
            nw.col(self.row_id).alias("row_id"),
            *days,
            condition(self.denominator).alias("in_denominator"),
            condition(self.numerator).alias("in_numerator"),
            _number(self.amount, 1.0).alias("amount"),
            _number(self.weight, 1.0).alias("weight"),
            (nw.lit(self.reason) if isinstance(self.reason, str) else self.reason).alias("reason"),
            *growth,
        )

    def counted(self) -> Lazy:
        """The frame, without the rows that count on no day."""
        counts = ~nw.col(self.on).is_null() if self.on else nw.col("begins") < nw.col("ends")
        return self.frame.filter(counts)


Parts: TypeAlias = tuple[Part, ...]


def condition(met: Condition) -> nw.Expr:
    """A condition as a column of yes and no."""
    return nw.lit(met) if isinstance(met, bool) else true(met)


def written_out(parts: Parts) -> Lazy:
    """Every row of the parts, one part under the other."""
    frames = [part.written_out() for part in parts]
    return frames[0] if len(frames) == 1 else nw.concat(frames, how="vertical")


def flow(
    frame: Lazy,
    table: str,
    row_id: str,
    on: str,
    *,
    numerator: Condition | None = None,
    denominator: Condition = True,
    amount: nw.Expr | None = None,
    weight: nw.Expr | None = None,
    reason: nw.Expr | str,
    child: str | None = "child_id",
) -> Parts:
    """The rows of `frame` as things that happened on the day `on`. By default every row counts once, in both parts."""
    met = denominator if numerator is None else numerator
    return (Part(frame, table, row_id, on, child, met, denominator, amount, weight, None, reason),)


def spans(
    frame: Lazy,
    *,
    numerator: Condition | None = None,
    denominator: Condition = True,
    amount: nw.Expr | None = None,
    weight: nw.Expr | None = None,
    per_day: nw.Expr | None = None,
    reason: nw.Expr | str,
) -> Parts:
    """Things (`child_id`, `table`, `row_id`, `begins`, `ends`) as the rows of a span indicator."""
    met = denominator if numerator is None else numerator
    return (Part(frame, None, "row_id", "", "child_id", met, denominator, amount, weight, per_day, reason),)


def things(
    frame: Lazy,
    table: str,
    row_id: str,
    begins: str,
    ends: str | None,
    *keep: str,
    child: str | None = "child_id",
) -> Lazy:
    """Rows of a table as things so from one day until another: `child_id`, `table`, `row_id`, `begins`, `ends`.

    An empty end is still open; a thing that ends the day it begins is never counted. `keep` names columns to carry
    along.
    """
    until = nw.lit(FOREVER) if ends is None else nw.coalesce(nw.col(ends), nw.lit(FOREVER))
    made = frame.select(*_where_from(table, row_id, child), nw.col(begins).alias("begins"), until.alias("ends"), *keep)
    return made.filter(nw.col("begins") < nw.col("ends"))


def together(*parts: Parts) -> Parts:
    """The parts of one indicator."""
    return tuple(part for each in parts for part in each)


def _number(value: nw.Expr | None, otherwise: float) -> nw.Expr:
    return nw.lit(otherwise) if value is None else value.cast(nw.Float64)


def _where_from(table: str, row_id: str, child: str | None) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    owner = nw.lit(None).cast(nw.String) if child is None else nw.col(child)
    return owner.alias("child_id"), nw.lit(table).alias("table"), nw.col(row_id).alias("row_id")
