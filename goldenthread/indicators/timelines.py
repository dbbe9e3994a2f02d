"""Arithmetic on spans of days: overlap, "at least so many at once", "the latest until the next".

A span frame has `begins` (its first day) and `ends` (the first day after it). `things` are spans with a `child_id`, a
`table` and a `row_id`; `pieces` are spans of a child by which things are cut.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dates import Counting, Unit, with_due, with_plus_months
from goldenthread.indicators.rows import earlier, later, plus_days, true
from goldenthread.statute.model import Limit

BEGINS, ENDS = nw.col("begins"), nw.col("ends")


def within(things: Lazy, pieces: Lazy, *, on: str | Sequence[str] = "child_id") -> Lazy:
    """The parts of `things` that fall inside `pieces` of the same child, with the pieces' other columns.

    Pieces of one child that overlap one another give overlapping parts; take `at_least(1, pieces)` first.
    """
    cut = pieces.rename({"begins": "piece_begins", "ends": "piece_ends"})
    joined = things.join(cut, on=on, how="inner")
    begins, ends = nw.col("piece_begins"), nw.col("piece_ends")
    return (
        joined.with_columns(
            nw.when(begins > BEGINS).then(begins).otherwise(BEGINS).alias("begins"),
            nw.when(ends < ENDS).then(ends).otherwise(ENDS).alias("ends"),
        )
        .filter(BEGINS < ENDS)
        .drop("piece_begins", "piece_ends")
    )


def at_least(number: int, pieces: Lazy, by: Sequence[str] = ("child_id",)) -> Lazy:
    """Spans, none overlapping another, on whose every day at least `number` of the pieces of one `by` were running."""
    changes = nw.concat(
        [
            pieces.select(*by, BEGINS.alias("begins"), nw.lit(1).alias("change")),
            pieces.select(*by, ENDS.alias("begins"), nw.lit(-1).alias("change")),
        ],
        how="vertical",
    )
    running = changes.group_by(*by, "begins").agg(nw.col("change").sum())
    running = running.with_columns(
        nw.col("change").cum_sum().over(*by, order_by="begins").alias("running"),
        BEGINS.shift(-1).over(*by, order_by="begins").alias("ends"),
    )
    return running.filter(true(nw.col("running") >= number) & ~ENDS.is_null()).select(*by, "begins", "ends")


def latest(pieces: Lazy, *tie: str, by: Sequence[str] = ("child_id",)) -> Lazy:
    """Each piece cut short where the next piece of the same `by` begins; of those that begin together, the last by `tie`."""
    following = BEGINS.shift(-1).over(*by, order_by=["begins", *tie])
    return pieces.with_columns(earlier(following, ENDS).alias("ends")).filter(BEGINS < ENDS)


def with_limit(frame: Lazy, trigger: str, limit: Limit, out: str) -> Lazy:
    """The frame with `out`, the last day (or moment, for hours) that the limit of the statute book allows.

    Raises ValueError for a limit without a number.
    """
    if limit.number is None:
        raise ValueError(f"A limit of {limit} gives no day")
    return with_due(frame, trigger, limit.number, limit.unit, limit.counting, out)


def lasting_months(frame: Lazy, day: str, months: int, tie: str = "") -> Lazy:
    """Events as pieces: from the day each happened until the same day so many months on.

    On any day inside, the event happened "in the last so many months"; on the corresponding day it no longer has.
    """
    made = with_plus_months(frame.with_columns(nw.col(day).alias("begins")), "begins", months, "ends")
    return made.filter(~BEGINS.is_null())


def up_to(frame: Lazy, trigger: str, limit: Limit) -> Lazy:
    """Events as pieces: from the day each happened to the last day the limit allows, that day included."""
    due = with_limit(frame.with_columns(nw.col(trigger).alias("begins")), "begins", limit, "last_day")
    return due.with_columns(plus_days(nw.col("last_day"), 1).alias("ends")).filter(~ENDS.is_null()).drop("last_day")


def from_month(things: Lazy, months: int, *, less_a_day: bool = False) -> Lazy:
    """Things that have lasted so many months. `less_a_day` counts both ends, as the SSDA903 return does for a year."""
    reached = with_plus_months(things, "begins", months, "reached")
    day = plus_days(nw.col("reached"), -1) if less_a_day else nw.col("reached")
    return reached.with_columns(day.alias("begins")).filter(BEGINS < ENDS).drop("reached")


def birthdays(people: Lazy, age: int, out: str) -> Lazy:
    """`child_id` and the day (`out`) that age is reached; a 29 February birth reaches it on 1 March of a common year."""
    born = people.select(nw.col("person_id").alias("child_id"), "born_on").filter(~nw.col("born_on").is_null())
    return with_due(born, "born_on", age, Unit.years, Counting.age, out).select("child_id", out)


def aged(people: Lazy, first: int, last: int) -> Lazy:
    """Pieces during which a person is at least `first` and at most `last` years old. Unknown births give none."""
    born = people.select(nw.col("person_id").alias("child_id"), "born_on").filter(~nw.col("born_on").is_null())
    begins = with_due(born, "born_on", first, Unit.years, Counting.age, "begins")
    return with_due(begins, "born_on", last + 1, Unit.years, Counting.age, "ends").drop("born_on")


def until(things: Lazy, days: Lazy, day: str) -> Lazy:
    """Things cut short at a day of their child (`child_id` and `day`); as they were where there is none."""
    joined = things.join(days, on="child_id", how="left")
    return joined.with_columns(earlier(nw.col(day), ENDS).alias("ends")).filter(BEGINS < ENDS).drop(day)


def since(things: Lazy, days: Lazy, day: str) -> Lazy:
    """Things from a day of their child onwards; as they were where there is none."""
    joined = things.join(days, on="child_id", how="left")
    return joined.with_columns(later(nw.col(day), BEGINS).alias("begins")).filter(BEGINS < ENDS).drop(day)


def financial_year_end(frame: Lazy, day: str, out: str) -> Lazy:
    """The frame with `out`: the first day of the financial year after the one that holds `day`."""
    of_year = nw.when(nw.col(day).dt.month() >= 4).then(nw.col(day).dt.year()).otherwise(nw.col(day).dt.year() - 1)
    # 1 April is the corresponding day of 1 January three months on, and no engine agrees on how to build a date.
    first = plus_days(nw.col(day), 0)
    months = (of_year + 1) * 12 + 3 - (nw.col(day).dt.year() * 12 + nw.col(day).dt.month() - 1)
    moved = with_plus_months(frame.with_columns(first.alias("__d"), months.alias("__m")), "__d", "__m", "__moved")
    back = nw.col("__moved").dt.day().cast(nw.Int64) - 1
    exact = (nw.col("__moved").cast(nw.Datetime) - nw.lit(_ONE_DAY) * back).cast(nw.Date)
    return moved.with_columns(exact.alias(out)).drop("__d", "__m", "__moved")
