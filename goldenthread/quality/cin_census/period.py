"""The census year: the year to the header's reference date, and the days that rules count back from it.

Source: CIN census guide, "census year" (1 April to 31 March, the reference date).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from goldenthread.dates import OutsideCalendar, add_working_days, plus_months
from goldenthread.quality.rule import Year

YEAR = 12
ONE_DAY = timedelta(days=1)
LONGEST_ASSESSMENT = 45
"""Working days for an assessment (rule 8670Q; Working Together, timeliness of assessment)."""
LONGEST_TO_CONFERENCE = 15
"""Working days to the initial child protection conference (rule 8675Q; Working Together)."""
SCHOOL_AGE, LAST_MONTH, LAST_DAY = 6, 8, 31
"""A child born on or before 31 August six years before the census ends is of school age (rule 8770Q)."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of the census year."""

    start: date
    end: date

    def columns(self) -> Mapping[str, date | None]:
        """The days every view carries; one outside the calendar of working days is missing."""
        return {
            "year_start": self.start,
            "year_end": self.end,
            "working_day_before_year": _working_days(self.start, -1),
            "last_timely_assessment": _working_days(self.end, -LONGEST_ASSESSMENT),
            "last_timely_enquiry": _working_days(self.end, -LONGEST_TO_CONFERENCE),
            "born_for_school": date(self.end.year - SCHOOL_AGE, LAST_MONTH, LAST_DAY),
        }


def period_of(header: pl.DataFrame, year: Year) -> Period:
    """The year to the header's first readable ReferenceDate; the collection year where there is none."""
    given = header["ReferenceDate"].drop_nulls()
    if given.is_empty():
        return Period(year.start, year.end)
    end: date = given[0]
    return Period(plus_months(end, -YEAR) + ONE_DAY, end)


def _working_days(day: date, number: int) -> date | None:
    try:
        return add_working_days(day, number)
    except OutsideCalendar:
        return None
