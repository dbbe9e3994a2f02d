"""Calendar months and ages, by the calendar and never by dividing days."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date

FEBRUARY, LEAP_DAY = 2, 29


def plus_months(day: date, number: int) -> date:
    """The corresponding day `number` months on (or back); the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(day: date, years: int) -> date:
    """The day on which `years` years from `day` are complete: for 29 February, 1 March of a common year.

    Someone born on 29 February completes a year of age when 28 February is over, so the law's "attains the age" (Family
    Law Reform Act 1969, section 9: at the start of the anniversary) is read as 1 March.
    """
    year = day.year + years
    if (day.month, day.day) == (FEBRUARY, LEAP_DAY) and not isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def age_on(birth: date, on: date) -> int:
    """Completed calendar years on a day; negative before birth. See `anniversary` for leap-day births."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def threshold_in_days(months: int) -> int:
    """A threshold in months as the days the DfE compares an average with: 14 months are 426, 21 are 639, 4 are 121."""
    return months * 1461 // 48  # a month of the Julian year, 365.25 days, rounded down
