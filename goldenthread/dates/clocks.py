"""Summer time in England: clock times kept without a zone, as moments that hours can be counted from.

The clocks go forward at one in the morning of March's last Sunday and back at two of October's, as since 1996 (Summer
Time Act 1972 as amended in 2002, from general knowledge). In October the hour from one to two comes twice, and a clock
time does not say which was meant: both readings are given, the `first` and the second, so that whoever compares can
say what is certain. In March that hour never was; a time written so is read an hour to one side of the change, as
Python does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import narwhals as nw

from goldenthread.dates.tables import Frame

ONE_HOUR = timedelta(hours=1)
TWO_HOURS = timedelta(hours=2)
LAST_SEVEN = 25  # March and October have 31 days: the last Sunday is the 25th or later.
SPRING, AUTUMN, SUNDAY = 3, 10, 7
_SEASON = "__season"


def to_utc(at: datetime, *, first: bool = False) -> datetime:
    """The clock time in UTC; of the hour that comes twice the second, or the `first`."""
    return at - ONE_HOUR if _summer(at - (TWO_HOURS if first else ONE_HOUR)) else at


def from_utc(at: datetime) -> datetime:
    """What the clocks of England show at that moment of UTC."""
    return at + ONE_HOUR if _summer(at - ONE_HOUR) else at


def with_utc(frame: Frame, columns: Iterable[str], *, firsts: Iterable[str] = ()) -> Frame:
    """The frame with these Datetime columns as `to_utc` gives them; `firsts` by the first of an hour that comes twice.

    A step at a time: whoever asks for the season in one expression names the moment six times over.
    """
    back = dict.fromkeys(columns, ONE_HOUR) | dict.fromkeys(firsts, TWO_HOURS)
    frame = frame.with_columns((nw.col(name) - nw.lit(hours)).alias(_SEASON + name) for name, hours in back.items())
    earlier = {name: nw.col(name) - nw.lit(ONE_HOUR) for name in back}
    return frame.with_columns(
        nw.when(_in_summer(nw.col(_SEASON + name))).then(earlier[name]).otherwise(nw.col(name)).alias(name)
        for name in back
    ).drop(*(_SEASON + name for name in back))


def with_local(frame: Frame, column: str) -> Frame:
    """The frame with this Datetime column as `from_utc` gives it."""
    frame = frame.with_columns((nw.col(column) - nw.lit(ONE_HOUR)).alias(_SEASON))
    summer = nw.when(_in_summer(nw.col(_SEASON))).then(nw.col(column) + nw.lit(ONE_HOUR))
    return frame.with_columns(summer.otherwise(nw.col(column)).alias(column)).drop(_SEASON)


def _summer(day: datetime) -> bool:
    changed = day.day - day.isoweekday() % SUNDAY >= LAST_SEVEN
    return SPRING < day.month < AUTUMN or (day.month == SPRING and changed) or (day.month == AUTUMN and not changed)


def _in_summer(day: nw.Expr) -> nw.Expr:
    month = day.dt.month().cast(nw.Int32)
    changed = day.dt.day().cast(nw.Int32) - day.dt.weekday().cast(nw.Int32) % SUNDAY >= LAST_SEVEN
    between = (month > SPRING) & (month < AUTUMN)
    return between | ((month == SPRING) & changed) | ((month == AUTUMN) & ~changed)
