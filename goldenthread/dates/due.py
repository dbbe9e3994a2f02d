"""When something is due, for one date: every counting rule of the statute book."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from goldenthread.dates.calendar import ONE_DAY, add_working_days, is_working_day, next_working_day
from goldenthread.dates.clocks import from_utc, to_utc
from goldenthread.dates.counting import COUNTABLE, UNITS_OF, WORKING_DAY_COUNTINGS, Counting, Unit
from goldenthread.dates.months import anniversary, plus_months

END_OF_DAY = time(23, 59, 59)


def due(trigger: date | datetime, number: int, unit: Unit | str, counting: Counting | str) -> date | datetime | None:
    """The last lawful day, or for elapsed hours the last lawful moment; None if the counting rule gives no date.

    `before_event` counts back from the trigger, which is then the event itself. Hours from a date without a
    time run from the end of that day, so that nothing is called late unless it certainly is. Clock times are
    England's, kept without a zone; hours are hours that pass, so the answer's clock may be one on or back where the
    clocks changed between, and a trigger in the hour that comes twice is read as in the second. Raises
    ValueError if the number is negative or the unit does not belong to the counting rule, OutsideCalendar if a
    working day is needed beyond the calendar.
    """
    unit, counting = Unit(unit), Counting(counting)
    _check(number, unit, counting)
    if counting is Counting.elapsed_hours:
        return from_utc(to_utc(_moment(trigger)) + timedelta(hours=number))
    day = trigger.date() if isinstance(trigger, datetime) else trigger
    if counting in WORKING_DAY_COUNTINGS:
        return _working(day, number, counting)
    if counting is Counting.before_event:
        return _before(day, number, unit)
    if counting not in COUNTABLE:
        return None
    return _calendar(day, number, unit, counting)


def _check(number: int, unit: Unit, counting: Counting) -> None:
    if number < 0:
        raise ValueError(f"A limit cannot be negative: {number} {unit}")
    if unit not in UNITS_OF[counting]:
        allowed = " or ".join(sorted(UNITS_OF[counting]))
        raise ValueError(f"Counting {counting} is in {allowed}, not {unit}")


def _moment(trigger: date | datetime) -> datetime:
    return trigger if isinstance(trigger, datetime) else datetime.combine(trigger, END_OF_DAY)


def _working(day: date, number: int, counting: Counting) -> date:
    # Court numbering makes the day of issue day 1, or the next business day if the court was shut.
    counts_itself = counting is Counting.court_days and number > 0 and is_working_day(day)
    return add_working_days(day, number - 1 if counts_itself else number)


def _before(event: date, number: int, unit: Unit) -> date | None:
    match unit:
        case Unit.working_days:
            return add_working_days(event, -number)
        case Unit.calendar_days:
            return event - timedelta(days=number)
        case Unit.weeks:
            return event - timedelta(weeks=number)
        case Unit.months:
            return plus_months(event, -number)
        case _:
            return None


def _calendar(day: date, number: int, unit: Unit, counting: Counting) -> date:
    match counting:
        case Counting.age if unit is Unit.years:
            return anniversary(day, number)
        case Counting.beginning_with:
            return _plus(day, number, unit) - ONE_DAY
        case Counting.month_day_after:
            return _plus(day + ONE_DAY, number, unit)
        case Counting.month_same_date:
            return next_working_day(_plus(day, number, unit))
        case _:
            return _plus(day, number, unit)


def _plus(day: date, number: int, unit: Unit) -> date:
    match unit:
        case Unit.weeks:
            return day + timedelta(weeks=number)
        case Unit.months:
            return plus_months(day, number)
        case Unit.years:
            return plus_months(day, 12 * number)
        case _:
            return day + timedelta(days=number)


def due_in_school_days(trigger: date, number: int, school_days: Sequence[date]) -> date | None:
    """The `number`th school day after the trigger, by the school's own days in order; None if they do not reach so far.

    There is no national calendar of school days: holidays, training days and closures are each school's own.
    """
    at = bisect_right(school_days, trigger) + number - 1
    return school_days[at] if 0 <= at < len(school_days) else None


def greatest_rolling_total(spans: Iterable[tuple[date, date]], months: int) -> tuple[int, date | None]:
    """The most days covered in any window of `months` months, and the last day of the first such window.

    Spans hold both their ends. The window slides by the day; overlapping spans count a day once. No spans: (0, None).
    """
    covered = sorted({first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)})
    best: tuple[int, date | None] = (0, None)
    for index, end in enumerate(covered):
        total = index + 1 - bisect_right(covered, plus_months(end, -months))
        best = max(best, (total, end), key=lambda found: found[0])
    return best
