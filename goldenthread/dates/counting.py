"""The ways English law counts time, and the units it counts in.

The names are those of the statute book's `counting` and `unit` fields. What each one does is in
`goldenthread.dates.due` (one date) and `goldenthread.dates.frames` (a column).
"""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a limit's number is a number of."""

    hours = "hours"
    calendar_days = "calendar_days"
    working_days = "working_days"
    weeks = "weeks"
    months = "months"
    years = "years"
    school_days = "school_days"
    school_terms = "school_terms"
    # The rest carry no number that can be counted.
    local = "local"
    reasonable = "reasonable"
    as_soon_as_possible = "as_soon_as_possible"
    at_event = "at_event"
    before_event = "before_event"
    none = "none"


class Counting(StrEnum):
    """How days, weeks or months are counted from the trigger."""

    wd_day0 = "wd_day0"  # working days; the trigger day is day 0
    york_20 = "york_20"  # "every 20 days" in York, read as working days until the authority says otherwise
    court_days = "court_days"  # court business days; the day of issue is day 1
    calendar_day0 = "calendar_day0"  # calendar days; the day after the trigger is day 1
    beginning_with = "beginning_with"  # the trigger day is day 1
    weeks_not_more_than = "weeks_not_more_than"  # the same weekday N weeks on is the last lawful day
    months_corresponding = "months_corresponding"  # same day of the month; last day of a shorter month
    month_same_date = "month_same_date"  # as above, moved off weekends and holidays (ICO, from 15 Aug 2019)
    month_day_after = "month_day_after"  # counted from the day after receipt (ICO, before 15 Aug 2019)
    age = "age"  # completed years or weeks from a birth, death or closing
    elapsed_hours = "elapsed_hours"  # by the clock, nights and weekends included
    before_event = "before_event"  # backwards from an event, or simply before it
    at_event = "at_event"  # bound to another event, not to a date
    rolling_window = "rolling_window"  # a total inside any window of a length
    threshold_days = "threshold_days"  # an average compared with a number of days
    school_days = "school_days"  # the child's own school's days
    school_term = "school_term"  # once in each term of the child's own school
    local_parameter = "local_parameter"  # no national number; the authority sets it
    none = "none"  # no clock


MEANING: dict[Counting, str] = {
    Counting.wd_day0: "working days, the day it starts being day 0; the end of the last day is in time",
    Counting.york_20: "working days, the day it starts being day 0, until the authority says which days it means",
    Counting.court_days: "court business days, the day of issue being day 1",
    Counting.calendar_day0: "calendar days, the day after being day 1",
    Counting.beginning_with: "the day it starts is day 1",
    Counting.weeks_not_more_than: "the same weekday that many weeks later is the last day in time",
    Counting.months_corresponding: "the same day of the month, or the last day of a shorter month",
    Counting.month_same_date: "the same day of the month, moved to the next working day if it is not one",
    Counting.month_day_after: "the same day of the month, counted from the day after",
    Counting.age: "completed; for someone born on 29 February, on 1 March of a common year",
    Counting.elapsed_hours: "by the clock, nights and weekends included",
    Counting.before_event: "before the event, counted backwards",
    Counting.at_event: "bound to another event, not to a date",
    Counting.rolling_window: "the total inside any window of a set length, sliding by the day",
    Counting.threshold_days: "an average compared with that many months in days",
    Counting.school_days: "days of the child's own school",
    Counting.school_term: "once in each term of the child's own school",
    Counting.local_parameter: "set by each authority",
    Counting.none: "no clock",
}
"""Each counting rule in a phrase, to follow a limit such as "15 working days"."""

WORKING_DAY_COUNTINGS = frozenset({Counting.wd_day0, Counting.york_20, Counting.court_days})

UNITS_OF: dict[Counting, frozenset[Unit]] = {
    Counting.wd_day0: frozenset({Unit.working_days}),
    Counting.york_20: frozenset({Unit.working_days}),
    Counting.court_days: frozenset({Unit.working_days}),
    Counting.calendar_day0: frozenset({Unit.calendar_days}),
    Counting.beginning_with: frozenset({Unit.calendar_days, Unit.weeks, Unit.months}),
    Counting.weeks_not_more_than: frozenset({Unit.weeks}),
    Counting.months_corresponding: frozenset({Unit.months, Unit.years}),
    Counting.month_same_date: frozenset({Unit.months}),
    Counting.month_day_after: frozenset({Unit.months}),
    Counting.age: frozenset({Unit.years, Unit.weeks}),
    Counting.elapsed_hours: frozenset({Unit.hours}),
    Counting.before_event: frozenset(
        {Unit.working_days, Unit.calendar_days, Unit.weeks, Unit.months, Unit.before_event}
    ),
    Counting.at_event: frozenset({Unit.at_event}),
    Counting.rolling_window: frozenset({Unit.hours, Unit.calendar_days, Unit.weeks}),
    Counting.threshold_days: frozenset({Unit.months}),
    Counting.school_days: frozenset({Unit.school_days}),
    Counting.school_term: frozenset({Unit.school_terms}),
    Counting.local_parameter: frozenset({Unit.local, Unit.as_soon_as_possible}),
    Counting.none: frozenset({Unit.none, Unit.reasonable, Unit.as_soon_as_possible}),
}
"""The units each counting rule can be given in."""

COUNTABLE = frozenset(
    {
        Counting.wd_day0,
        Counting.york_20,
        Counting.court_days,
        Counting.calendar_day0,
        Counting.beginning_with,
        Counting.weeks_not_more_than,
        Counting.months_corresponding,
        Counting.month_same_date,
        Counting.month_day_after,
        Counting.age,
        Counting.elapsed_hours,
        Counting.before_event,
    }
)
"""The counting rules that give a due date from a trigger and a number alone (school days also need a school's
calendar; the others give none)."""
