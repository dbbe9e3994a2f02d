"""The counting rules for whole columns, on any engine that Narwhals speaks and that we carry a calendar to.

Only joins to small tables and a date plus a number of days are used, because engines' own month arithmetic
differs. Today that means Polars (lazy) and PySpark. Agrees with `goldenthread.dates.due` row by row, save that
what is an error there (outside the calendar, a negative number) is a missing value here. The order of rows is
the engine's, not kept.
"""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw
import polars as pl

from goldenthread.dates.calendar import ONE_DAY, public_holidays
from goldenthread.dates.clocks import ONE_HOUR, with_local, with_utc
from goldenthread.dates.counting import COUNTABLE, UNITS_OF, Counting, Unit
from goldenthread.dates.due import END_OF_DAY
from goldenthread.dates.months import FEBRUARY, LEAP_DAY
from goldenthread.dates.tables import Frame, beside, month_table, numbered_working_days, working_day_calendar

TO_END_OF_DAY = timedelta(hours=END_OF_DAY.hour, minutes=END_OF_DAY.minute, seconds=END_OF_DAY.second)

# Working columns; no caller's column may begin so.
_DAY, _FROM, _NUMBER, _WORKING, _TARGET = "__day", "__from", "__number", "__working", "__target"
_MONTH, _FIRST, _DAYS, _ROLLED = "__month", "__first_day", "__days", "__rolled"
_NTH, _OUT, _AT = "__nth", "__out", "__at"


def with_due(
    frame: Frame,
    trigger: str,
    number: int | str,
    unit: Unit | str,
    counting: Counting | str,
    out: str = "due",
) -> Frame:
    """The frame with a column `out`: the last lawful Date, or for elapsed hours the last lawful Datetime.

    `trigger` names a Date or Datetime column; `number` is a number or names a column of whole numbers. `out`
    is null where the trigger or number is, where the calendar does not reach, and throughout if the counting
    rule gives no date. Raises ValueError for a negative number or a unit that does not belong to the counting
    rule.
    """
    unit, counting = Unit(unit), Counting(counting)
    _check(number, unit, counting)
    n = nw.lit(number) if isinstance(number, int) else _counted(number)
    if counting not in COUNTABLE or unit is Unit.before_event:
        return frame.with_columns(nw.lit(None).cast(nw.Date).alias(out))
    if counting is Counting.elapsed_hours:
        return _with_hours(frame, _moment(frame, trigger), n, out)
    day = nw.col(trigger).cast(nw.Date)
    frame = frame.with_columns(
        (_plus_days(day, nw.lit(1)) if counting is Counting.month_day_after else day).alias(_DAY)
    )
    if unit is Unit.working_days:
        return _tidy(_with_working_days(frame, _target(n, counting), n), out)
    sign = -1 if counting is Counting.before_event else 1
    if unit in {Unit.months, Unit.years}:
        frame = _with_months(frame, n * (sign * (12 if unit is Unit.years else 1)))
        found = _corresponding(rolls=nw.lit(counting is Counting.age))
    else:
        found = _plus_days(nw.col(_DAY), n * (sign * (7 if unit is Unit.weeks else 1)))
    if counting is Counting.beginning_with:
        found = _plus_days(found, nw.lit(-1))
    frame = frame.with_columns(found.alias(_OUT))
    if counting is Counting.month_same_date:
        frame = _with_next_working_day(frame).with_columns(nw.col(_ROLLED).alias(_OUT))
    return _tidy(frame, out)


def with_due_by_rule(
    frame: Frame,
    *,
    day: str,
    moment: str | None = None,
    number: str = "number",
    unit: str = "unit",
    counting: str = "counting",
    due_on: str = "due_on",
    due_at: str = "due_at",
) -> Frame:
    """The frame with what is due, each row under its own number, unit and counting rule: all rules in one pass.

    `day` names the trigger's Date; `moment` its Datetime, null where the time is not known (hours then run
    from the end of the day). Adds `due_on` (Date), the last lawful day, and `due_at` (Datetime), the last
    lawful moment, for elapsed hours only. Null where a limit has no number or gives no date, or the calendar
    does not reach.
    """
    n, u, c = _counted(number), nw.col(unit), nw.col(counting)
    before, one_later = c == Counting.before_event, c == Counting.month_day_after
    working = u == Unit.working_days
    start = nw.col(day).cast(nw.Date)
    frame = frame.with_columns(nw.when(one_later).then(_plus_days(start, nw.lit(1))).otherwise(start).alias(_DAY))
    frame = _with_working_days(frame, _target_by_rule(n, c, working), nw.when(working).then(n))
    months = nw.when(u == Unit.months).then(n).when(u == Unit.years).then(n * 12)
    frame = _with_months(frame, nw.when(before).then(months * -1).otherwise(months))
    days = nw.when(u == Unit.calendar_days).then(n).when(u == Unit.weeks).then(n * 7)
    plain = nw.coalesce(
        nw.col(_OUT),
        _corresponding(rolls=c == Counting.age),
        _plus_days(nw.col(_DAY), nw.when(before).then(days * -1).otherwise(days)),
    )
    first_counts = (c == Counting.beginning_with) & ~working
    frame = frame.with_columns(nw.when(first_counts).then(_plus_days(plain, nw.lit(-1))).otherwise(plain).alias(_OUT))
    frame = _with_next_working_day(frame)
    moved, hours = c == Counting.month_same_date, c == Counting.elapsed_hours
    start_moment = start.cast(nw.Datetime) + nw.lit(TO_END_OF_DAY)
    if moment is not None:
        start_moment = nw.coalesce(nw.col(moment), start_moment)
    frame = _with_hours(frame, start_moment, nw.when(hours).then(n), _AT)
    gives, by_the_hour = c.is_in([rule.value for rule in COUNTABLE]), nw.col(_AT).cast(nw.Date)
    on = nw.when(hours).then(by_the_hour).when(moved).then(nw.col(_ROLLED)).when(gives).then(nw.col(_OUT))
    frame = frame.with_columns(on.alias(due_on), nw.col(_AT).alias(due_at))
    return frame.drop(_AT, _DAY, _NUMBER, _WORKING, _TARGET, _NTH, _MONTH, _FIRST, _DAYS, _OUT, _ROLLED)


def with_holiday_end(frame: Frame, day: str, *, where: str) -> Frame:
    """The frame with the Date in `day` moved, in rows whose Boolean `where` is true, from a public holiday to the first
    later day that is none. See `public_holidays` for the source.
    """
    held = public_holidays()
    table = pl.DataFrame({_DAY: list(held), _ROLLED: list(held.values())}, schema={_DAY: pl.Date, _ROLLED: pl.Date})
    frame = frame.with_columns(nw.col(day).alias(_DAY)).join(beside(frame, table), on=_DAY, how="left")
    moved = nw.when(nw.col(where)).then(nw.coalesce(nw.col(_ROLLED), nw.col(day))).otherwise(nw.col(day))
    return frame.with_columns(moved.alias(day)).drop(_DAY, _ROLLED)


def with_working_days_between(frame: Frame, start: str, end: str, out: str) -> Frame:
    """The frame with `out` (whole number): working days after `start` up to and including `end`.

    Started and finished on one day is 0; negative if the end is earlier. Null where either date is missing or
    outside the calendar. `start` and `end` name Date or Datetime columns. See `working_days_between` for the
    source.
    """
    numbers = working_day_calendar().select("day", "number")
    for column, made in ((start, _FROM), (end, _TARGET)):
        table = beside(frame, numbers.rename({"day": made, "number": made + "n"}))
        frame = frame.with_columns(nw.col(column).cast(nw.Date).alias(made)).join(table, on=made, how="left")
    between = (nw.col(_TARGET + "n") - nw.col(_FROM + "n")).alias(out)
    return frame.with_columns(between).drop(_FROM, _TARGET, _FROM + "n", _TARGET + "n")


def with_working_day(frame: Frame, day: str, out: str) -> Frame:
    """The frame with `out` (Boolean): whether the Date in `day` is a working day. Null outside the calendar."""
    table = working_day_calendar().select("day", "working_day").rename({"day": _DAY, "working_day": _WORKING})
    frame = frame.with_columns(nw.col(day).cast(nw.Date).alias(_DAY)).join(beside(frame, table), on=_DAY, how="left")
    return frame.with_columns(nw.col(_WORKING).alias(out)).drop(_DAY, _WORKING)


def age(birth: str, on: date | str) -> nw.Expr:
    """Completed calendar years of the Date column `birth` on a day, or on the day in another column (Int)."""
    day = nw.col(on).cast(nw.Date) if isinstance(on, str) else nw.lit(on)
    born = nw.col(birth).cast(nw.Date)
    years = day.dt.year() - born.dt.year()
    return nw.when(_in_year(day) >= _in_year(born)).then(years).otherwise(years - 1)


def _in_year(day: nw.Expr) -> nw.Expr:
    return day.dt.month().cast(nw.Int32) * 100 + day.dt.day()  # Polars holds a month in eight bits


def with_plus_months(frame: Frame, day: str, months: int | str, out: str) -> Frame:
    """The frame with `out` (Date): the corresponding day that many months on, or the last of a shorter month."""
    number = nw.lit(months) if isinstance(months, int) else nw.col(months)
    frame = _with_months(frame.with_columns(nw.col(day).cast(nw.Date).alias(_DAY)), number)
    return _tidy(frame.with_columns(_corresponding(rolls=nw.lit(False)).alias(_OUT)), out)


def _with_hours(frame: Frame, start: nw.Expr, n: nw.Expr, out: str) -> Frame:
    """The frame with `out` (Datetime): `n` hours that pass after the clock time `start`."""
    frame = with_utc(frame.with_columns(start.alias(out)), [out])
    return with_local(frame.with_columns((nw.col(out) + nw.lit(ONE_HOUR) * n).alias(out)), out)


def _check(number: int | str, unit: Unit, counting: Counting) -> None:
    if isinstance(number, int) and number < 0:
        raise ValueError(f"A limit cannot be negative: {number} {unit}")
    if unit not in UNITS_OF[counting]:
        raise ValueError(f"Counting {counting} is in {' or '.join(sorted(UNITS_OF[counting]))}, not {unit}")


def _counted(number: str) -> nw.Expr:
    return nw.when(nw.col(number) >= 0).then(nw.col(number))


def _plus_days(day: nw.Expr, number: nw.Expr) -> nw.Expr:
    # Through a zoneless Datetime: Spark adds a day to a Date by the session's clock, and loses it when clocks go back.
    return (day.cast(nw.Datetime) + nw.lit(ONE_DAY) * number).cast(nw.Date)


def _moment(frame: Frame, trigger: str) -> nw.Expr:
    has_time = frame.collect_schema()[trigger] != nw.Date
    return nw.col(trigger) if has_time else nw.col(trigger).cast(nw.Datetime) + nw.lit(TO_END_OF_DAY)


def _target(n: nw.Expr, counting: Counting) -> nw.Expr:
    """Which working day of the calendar is due, given the trigger's own number and whether it is one."""
    number, working = nw.col(_NUMBER), nw.col(_WORKING)
    match counting:
        case Counting.court_days:
            return nw.when(working).then(number + n - 1).otherwise(number + n)
        case Counting.before_event:
            return nw.when(working).then(number - n).otherwise(number - n + 1)
        case _:
            return number + n


def _target_by_rule(n: nw.Expr, counting: nw.Expr, working: nw.Expr) -> nw.Expr:
    court, before = counting == Counting.court_days, counting == Counting.before_event
    days = nw.when(court).then(_target(n, Counting.court_days)).when(before).then(_target(n, Counting.before_event))
    return nw.when(working).then(days.otherwise(_target(n, Counting.wd_day0)))


def _with_working_days(frame: Frame, target: nw.Expr, n: nw.Expr) -> Frame:
    days = working_day_calendar().select("day", "number", "working_day")
    days = days.rename({"day": _DAY, "number": _NUMBER, "working_day": _WORKING})
    numbered = numbered_working_days().rename({"number": _TARGET, "working_day": _NTH})
    frame = frame.join(beside(frame, days), on=_DAY, how="left").with_columns(target.cast(nw.Int32).alias(_TARGET))
    frame = frame.join(beside(frame, numbered), on=_TARGET, how="left")
    stays = (n == 0) & ~nw.col(_NUMBER).is_null()
    return frame.with_columns(nw.when(stays).then(nw.col(_DAY)).otherwise(nw.col(_NTH)).alias(_OUT))


def _with_months(frame: Frame, number: nw.Expr) -> Frame:
    table = month_table().rename({"month": _MONTH, "first_day": _FIRST, "days": _DAYS})
    day = nw.col(_DAY)
    month = (day.dt.year() * 12 + day.dt.month() - 1 + number).cast(nw.Int32)
    return frame.with_columns(month.alias(_MONTH)).join(beside(frame, table), on=_MONTH, how="left")


def _corresponding(*, rolls: nw.Expr) -> nw.Expr:
    """The day in the month found; past a shorter month its last day or, for ages (`rolls`), the day after 28
    February."""
    of_month, days = nw.col(_DAY).dt.day(), nw.col(_DAYS)
    leap_birthday = (nw.col(_DAY).dt.month() == FEBRUARY) & (of_month == LEAP_DAY)
    clipped = nw.when(of_month > days).then(days).otherwise(of_month)
    rolled = nw.when(rolls & leap_birthday).then(of_month).otherwise(clipped)
    return _plus_days(nw.col(_FIRST), rolled - 1)


def _with_next_working_day(frame: Frame) -> Frame:
    table = working_day_calendar().select("day", "next_working_day")
    table = table.rename({"day": _OUT, "next_working_day": _ROLLED})
    return frame.join(beside(frame, table), on=_OUT, how="left")


def _tidy(frame: Frame, out: str) -> Frame:
    ours = {_DAY, _NUMBER, _WORKING, _TARGET, _NTH, _MONTH, _FIRST, _DAYS, _OUT, _ROLLED}
    made = [name for name in frame.collect_schema().names() if name in ours]
    return frame.with_columns(nw.col(_OUT).alias(out)).drop(*made)
