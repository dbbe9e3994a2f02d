"""Summer time in England: clock times kept without a zone, as moments that hours can be counted from.

The clocks go forward at one in the morning of March's last Sunday and back at two of October's, as since 1996 (Summer
Time Act 1972 as amended in 2002, from general knowledge). In October the hour from one to two comes twice, and a clock
time does not say which was meant: both readings are given, the `first` and the second, so that whoever compares can
say what is certain. In March that hour never was; a time written so is read an hour to one side of the change, as
Python does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import narwhals as nw

ONE_HOUR = timedelta(hours=1)
TWO_HOURS = timedelta(hours=2)
LAST_SEVEN = 25  # March and October have 31 days: the last Sunday is the 25th or later.
SPRING, AUTUMN, SUNDAY = 3, 10, 7


def to_utc(at: datetime, *, first: bool = False) -> datetime:
    """The clock time in UTC; of the hour that comes twice the second, or the `first`."""
    return at - ONE_HOUR if _summer(at - (TWO_HOURS if first else ONE_HOUR)) else at


def from_utc(at: datetime) -> datetime:
    """What the clocks of England show at that moment of UTC."""
    return at + ONE_HOUR if _summer(at - ONE_HOUR) else at


def utc(at: nw.Expr, *, first: bool = False) -> nw.Expr:
    """`to_utc` for a Datetime column."""
    earlier = at - nw.lit(ONE_HOUR)
    return nw.when(_in_summer(at - nw.lit(TWO_HOURS) if first else earlier)).then(earlier).otherwise(at)


def local(at: nw.Expr) -> nw.Expr:
    """`from_utc` for a Datetime column."""
    return nw.when(_in_summer(at - nw.lit(ONE_HOUR))).then(at + nw.lit(ONE_HOUR)).otherwise(at)


def _summer(day: datetime) -> bool:
    changed = day.day - day.isoweekday() % SUNDAY >= LAST_SEVEN
    return SPRING < day.month < AUTUMN or (day.month == SPRING and changed) or (day.month == AUTUMN and not changed)


def _in_summer(day: nw.Expr) -> nw.Expr:
    month = day.dt.month().cast(nw.Int32)
    changed = day.dt.day().cast(nw.Int32) - day.dt.weekday().cast(nw.Int32) % SUNDAY >= LAST_SEVEN
    between = (month > SPRING) & (month < AUTUMN)
    return between | ((month == SPRING) & changed) | ((month == AUTUMN) & ~changed)
