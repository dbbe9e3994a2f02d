"""Working days in England, 1990 to 2035.

A working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England (Banking and
Financial Dealings Act 1971; the Care Planning Regulations 2010, regulation 2, and SI 2006/1738, regulation 2, say the
same in effect). Days on which a council chooses to close are working days: they stop no statutory clock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import lru_cache

from goldenthread.dates.holidays_list import listed

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2035, 12, 31)
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class OutsideCalendar(ValueError):
    """A working day was asked for outside the years for which bank holidays are held."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is outside the working-day calendar, which runs from {FIRST_DAY} to {LAST_DAY}. "
            "Check the date; if it is right, no working-day deadline can be computed for it."
        )


@lru_cache(maxsize=1)
def bank_holidays() -> dict[date, str]:
    """Every bank holiday in England in the calendar's years, with its name, in date order."""
    return listed()


@lru_cache(maxsize=1)
def public_holidays() -> dict[date, date]:
    """Every Sunday and bank holiday of the calendar, with the first later day that is neither, as section 45(2) of the
    Children Act 1989 has it.
    """
    closed = bank_holidays()
    found: dict[date, date] = {}
    day, later = LAST_DAY, LAST_DAY + ONE_DAY
    while day >= FIRST_DAY:
        if day.weekday() == SUNDAY or day in closed:
            found[day] = later
        else:
            later = day
        day -= ONE_DAY
    return found


@lru_cache(maxsize=1)
def working_days() -> tuple[date, ...]:
    """Every working day of the calendar, in order."""
    closed = bank_holidays()
    every = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return tuple(day for day in every if day.weekday() < SATURDAY and day not in closed)


def _checked(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutsideCalendar(str(day))
    return day


def _nth(index: int, asked: str) -> date:
    days = working_days()
    if not 0 <= index < len(days):
        raise OutsideCalendar(asked)
    return days[index]


def is_working_day(day: date) -> bool:
    """Whether offices are taken to be open. Raises OutsideCalendar."""
    return _checked(day).weekday() < SATURDAY and day not in bank_holidays()


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, otherwise the first one after it. Raises OutsideCalendar."""
    return _nth(bisect_left(working_days(), _checked(day)), f"the working day after {day}")


def add_working_days(day: date, number: int) -> date:
    """The working day `number` working days after `day`, `day` being day 0 whether or not it is one.

    Zero gives the day itself. A negative number counts backwards in the same way. Raises OutsideCalendar.
    """
    days, _ = working_days(), _checked(day)
    if number == 0:
        return day
    at = bisect_right(days, day) - 1 + number if number > 0 else bisect_left(days, day) + number
    return _nth(at, f"{number} working days from {day}")


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`: finished the day it was started is 0.

    This is how the DfE's published bands count ("Started and finished the same day", then "1 to 10 days"). An
    end before the start gives a negative number. Raises OutsideCalendar.
    """
    days = working_days()
    return bisect_right(days, _checked(end)) - bisect_right(days, _checked(start))
