"""The few words that rules are written in: Narwhals expressions that mean the same on every engine.

A condition that touches a missing value is itself missing, and a rule fires only where its condition is true: what
cannot be decided is not a fault. Say `blank` or `given` where the gap itself is the point.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeAlias

import narwhals as nw

Expr: TypeAlias = nw.Expr

col = nw.col
MINUTES_IN_A_DAY = 24 * 60
LEAP_CYCLE = 4


def blank(*names: str) -> Expr:
    """Every one of the columns is missing."""
    return nw.all_horizontal(*(nw.col(name).is_null() for name in names), ignore_nulls=False)


def given(*names: str) -> Expr:
    """Every one of the columns holds a value."""
    return nw.all_horizontal(*(~nw.col(name).is_null() for name in names), ignore_nulls=False)


def any_given(*names: str) -> Expr:
    """At least one of the columns holds a value."""
    return nw.any_horizontal(*(~nw.col(name).is_null() for name in names), ignore_nulls=False)


def any_blank(*names: str) -> Expr:
    """At least one of the columns is missing."""
    return nw.any_horizontal(*(nw.col(name).is_null() for name in names), ignore_nulls=False)


def any_of(conditions: Iterable[Expr]) -> Expr:
    """At least one of the conditions holds; those that cannot be decided do not."""
    return nw.any_horizontal(*conditions, ignore_nulls=True)


def among(name: str, values: Iterable[str]) -> Expr:
    """The column holds one of the values. Missing where the column is."""
    return nw.col(name).is_in(list(values))


def not_among(name: str, values: Iterable[str]) -> Expr:
    """The column holds something that is none of the values. A missing value is not a wrong one."""
    return ~nw.col(name).is_null() & ~nw.col(name).is_in(list(values))


def blank_or_not_among(name: str, values: Iterable[str]) -> Expr:
    """The column is missing, or holds none of the values."""
    return nw.col(name).is_null() | ~nw.col(name).is_in(list(values))


def not_a_date(name: str) -> Expr:
    """Something stands in the date column that is no date of the calendar."""
    return ~nw.col(f"{name}_text").is_null() & nw.col(name).is_null()


def differ(one: str, other: str) -> Expr:
    """The two columns hold different values, or one is missing and the other is not."""
    left, right = nw.col(one), nw.col(other)
    return nw.when(left.is_null() | right.is_null()).then(left.is_null() != right.is_null()).otherwise(left != right)


def is_true(condition: Expr) -> Expr:
    """The condition, with "cannot be decided" made false: to negate it, or to count it."""
    return nw.when(condition).then(nw.lit(True)).otherwise(nw.lit(False))


def plus_days(day: Expr, days: int) -> Expr:
    """The date so many days later; earlier where negative."""
    # Through a Datetime: the engines differ on a Date and a span of days, and agree on a moment and one.
    return (day.cast(nw.Datetime) + nw.lit(timedelta(days=days))).cast(nw.Date)


def plus_months(day: Expr, months: int) -> Expr:
    """The corresponding date so many months later, or the last day of a shorter month."""
    return day.dt.offset_by(f"{months}mo").cast(nw.Date)


def plus_years(day: Expr, years: int) -> Expr:
    """The corresponding date so many years later; 28 February for one that does not exist."""
    return day.dt.offset_by(f"{years}y").cast(nw.Date)


def birthday(age: int, born: str = "header_DOB") -> Expr:
    """The day on which a child born on `born` reaches the age: 1 March for one born on 29 February, in other years.

    Source: shared reading of attaining an age, Family Law Reform Act 1969 s.9 (the commencement of the anniversary).
    """
    day = nw.col(born)
    if age % LEAP_CYCLE == 0:
        return plus_years(day, age)
    leap = (day.dt.month() == 2) & (day.dt.day() == 29)
    return nw.when(leap).then(plus_years(plus_days(day, 1), age)).otherwise(plus_years(day, age))


def sum_in(group: str | tuple[str, ...], amount: Expr, condition: Expr) -> Expr:
    """The sum of the amounts of the rows that share the value of `group` and meet the condition.

    Nought where none does; missing where the group is.
    """
    keys = (group,) if isinstance(group, str) else group
    return nw.when(given(*keys)).then(nw.when(condition).then(amount).otherwise(nw.lit(0)).sum().over(*keys))


def count_in(group: str | tuple[str, ...], condition: Expr) -> Expr:
    """How many rows that share the value of `group` meet the condition; missing where the group is."""
    return sum_in(group, nw.lit(1), condition)


def any_in(group: str | tuple[str, ...], condition: Expr) -> Expr:
    """Whether the condition holds on any row that shares the value of `group`; false where the group is missing."""
    return is_true(count_in(group, condition) > 0)


def apart(name: str, other: str, least: float) -> Expr:
    """The two numbers differ by that much or more; false where one is missing."""
    gap = nw.col(name) - nw.col(other)
    return is_true((gap >= least) | (gap <= -least))


def when_given(name: str, other: str) -> Expr:
    """The column, or the other where it is missing."""
    return nw.coalesce(nw.col(name), nw.col(other))


def earlier_of(name: str, other: str) -> Expr:
    """The earlier of two dates; the other where the first is missing."""
    # Not with min_horizontal: Polars makes one row of it where both columns hold one value throughout.
    return nw.when(nw.col(name) < nw.col(other)).then(nw.col(name)).otherwise(nw.col(other))


def later_of(name: str, other: str) -> Expr:
    """The later of two dates; missing where the first is."""
    later = nw.when(nw.col(name) > nw.col(other)).then(nw.col(name)).otherwise(nw.col(other))
    return nw.when(given(name)).then(later)


def days_between(start: Expr, end: Expr) -> Expr:
    """Whole days from one date to the other, negative if the second is earlier."""
    return (end.cast(nw.Datetime) - start.cast(nw.Datetime)).dt.total_minutes() // MINUTES_IN_A_DAY


UNKNOWN_PARTS = r"^(ZZ|0?[1-9]|[12][0-9]|3[01])/(ZZ|0?[1-9]|1[0-2])/(ZZZZ|(19|20)[0-9][0-9])$"
"""A date of which the day, the month or the year may be unknown, written ZZ and ZZZZ."""


def not_a_partial_date(name: str) -> Expr:
    """Something stands in the column that is neither a date of the calendar nor one with unknown parts."""
    text = nw.col(f"{name}_text")
    return nw.col(name).is_null() & (~text.str.contains(UNKNOWN_PARTS) | ~text.str.contains("Z"))


def overlaps(start: str, end: str) -> Expr:
    """In the pairs of a table with itself: the row shares days with the other, and is the one to point at.

    Of two that overlap, that is the one that ends later, or starts later where neither has ended; an open one that
    overlaps with an ended one is left alone, because the ended one can be mended by itself.
    """
    other_start, other_end = nw.col(f"other_{start}"), nw.col(f"other_{end}")
    mine, theirs = nw.col(end), other_end
    shared = (theirs.is_null() | is_true(nw.col(start) < theirs)) & (mine.is_null() | is_true(other_start < mine))
    later_row = nw.col("row") > nw.col("other_row")
    ends_later = ~mine.is_null() & (theirs.is_null() | is_true(mine > theirs) | (is_true(mine == theirs) & later_row))
    starts_later = is_true(nw.col(start) > other_start) | (is_true(nw.col(start) == other_start) & later_row)
    both_open = mine.is_null() & theirs.is_null()
    dated = given(start, f"other_{start}") & (nw.col("row") != nw.col("other_row"))
    return dated & shared & (ends_later | (both_open & starts_later))
