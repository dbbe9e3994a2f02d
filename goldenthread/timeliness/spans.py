"""Days and seconds between two columns, by arithmetic every engine has (subtracting dates is not the same on all)."""

from __future__ import annotations

import narwhals as nw

SECONDS_IN_DAY, SECONDS_IN_HOUR = 86_400, 3_600


def day_number(day: nw.Expr) -> nw.Expr:
    """The day as a whole number that grows by one a day (Int64), for Dates and Datetimes of the years 1 to 9999."""
    year = day.dt.year().cast(nw.Int64) - 1
    leap_days = year // 4 - year // 100 + year // 400
    return year * 365 + leap_days + day.dt.ordinal_day().cast(nw.Int64)


def days_between(start: nw.Expr, end: nw.Expr) -> nw.Expr:
    """Whole calendar days from one day to another (Int64); negative if the end is earlier."""
    return day_number(end) - day_number(start)


def hours_between(start: nw.Expr, end: nw.Expr) -> nw.Expr:
    """Hours begun from one moment to another (Int64): a minute past the hour is another hour."""
    seconds = _second_number(end) - _second_number(start)
    return (seconds + SECONDS_IN_HOUR - 1) // SECONDS_IN_HOUR


def _second_number(moment: nw.Expr) -> nw.Expr:
    parts = moment.dt
    clock = parts.hour().cast(nw.Int64) * SECONDS_IN_HOUR + parts.minute().cast(nw.Int64) * 60 + parts.second()
    return day_number(moment) * SECONDS_IN_DAY + clock
