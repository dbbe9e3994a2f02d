"""What became of each clock: met, late, due, overdue, ended, missed, cancelled, or impossible to say."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dates import WORKING_DAY_COUNTINGS, Counting, with_utc, with_working_days_between
from goldenthread.dates.clocks import ONE_HOUR
from goldenthread.timeliness.matching import TO_END_OF_DAY
from goldenthread.timeliness.spans import days_between, hours_between


class Status(StrEnum):
    """How a clock stands on a day. Nothing is called late unless it certainly is."""

    met = "met"  # done by the last lawful day or hour
    late = "late"  # done after it
    due = "due"  # not done, and there is still time
    overdue = "overdue"  # not done, and the last lawful day has passed
    ended = "ended"  # the episode ended before it fell due
    missed = "missed"  # it fell due, was never done, and then the episode ended
    cancelled = "cancelled"  # called off: no longer wanted
    undecided = "undecided"  # done, but only the day is known and the limit is in hours


OPEN = (Status.due, Status.overdue)
IN_TIME = (Status.met, Status.due, Status.ended)


def with_status(frame: Lazy, as_at: date, *, day: str = "on", moment: str = "at") -> Lazy:
    """The clocks with status.

    `frame` has due_on, due_at, counting, number, ended_on, cancelled, satisfied_on, satisfied_at, and in `day` (Date)
    and `moment` (Datetime) what is counted from. A clock is overdue once the whole of its last lawful day has passed.
    For hours that moment and the answer's decide; where either is only a day, the earliest and latest it can have been
    must agree.
    """
    day_done = nw.col("satisfied_on").cast(nw.Datetime("us"))
    # due_at is reckoned from the latest that the start can have been. An hour that comes twice is in doubt too.
    frame = frame.with_columns(
        nw.coalesce(nw.col(moment), nw.col(day).cast(nw.Datetime("us"))).alias("__earliest_start"),
        nw.coalesce(nw.col("satisfied_at"), day_done).alias("__earliest_done"),
        nw.coalesce(nw.col("satisfied_at"), day_done + nw.lit(TO_END_OF_DAY)).alias("__latest_done"),
        nw.col("due_at").alias("__due"),
    )
    frame = with_utc(frame, ["__latest_done", "__due"], firsts=["__earliest_start", "__earliest_done"])
    frame = frame.with_columns(_status(as_at).alias("status"))
    return frame.drop("__earliest_start", "__earliest_done", "__latest_done", "__due")


def with_lateness(frame: Lazy, as_at: date) -> Lazy:
    """Clocks with a status, with late_by (Int64), late_unit (days, working days or hours) and late_days (Int64)."""
    until = _until(as_at)
    stopped = nw.coalesce(nw.col("satisfied_at"), until.cast(nw.Datetime("us")))
    frame = frame.with_columns(until.alias("__until"), nw.col("due_at").alias("__due"), stopped.alias("__stopped"))
    frame = with_utc(frame, ["__due"], firsts=["__stopped"])
    late = nw.col("status").is_in([Status.late.value, Status.overdue.value, Status.missed.value])
    working = nw.col("counting").is_in([counting.value for counting in WORKING_DAY_COUNTINGS])
    hours = nw.col("counting") == Counting.elapsed_hours.value
    frame = with_working_days_between(frame, "due_on", "__until", "__working_days")
    days = days_between(nw.col("due_on"), nw.col("__until"))
    over = hours_between(nw.col("__due"), nw.col("__stopped"))
    by = nw.when(working).then(nw.col("__working_days").cast(nw.Int64)).when(hours).then(over).otherwise(days)
    unit = nw.when(working).then(nw.lit("working days")).when(hours).then(nw.lit("hours")).otherwise(nw.lit("days"))
    frame = frame.with_columns(
        nw.when(late).then(by).alias("late_by"),
        nw.when(late).then(unit).alias("late_unit"),
        nw.when(late).then(days).alias("late_days"),
    )
    return frame.drop("__until", "__due", "__stopped", "__working_days")


def disputed(as_at: date, other_due_on: str) -> nw.Expr:
    """Whether clocks with a status are in time by one reading and late by the other (Boolean, never null).

    `other_due_on` names the last lawful day by the reading that the status does not follow.
    """
    decided = ~nw.col("status").is_in([Status.cancelled.value, Status.undecided.value])
    in_time = nw.col("status").is_in([status.value for status in IN_TIME])
    return (decided & (in_time != (_until(as_at) <= nw.col(other_due_on)))).fill_null(False)


def _until(as_at: date) -> nw.Expr:
    """The day lateness is counted to: when it was done, else when the episode ended, else the day asked about."""
    return nw.coalesce(nw.col("satisfied_on"), nw.col("ended_on"), nw.lit(as_at))


def _status(as_at: date) -> nw.Expr:
    done, over = ~nw.col("satisfied_on").is_null(), ~nw.col("ended_on").is_null()
    hours = nw.col("counting") == Counting.elapsed_hours.value
    return (
        nw.when(done & hours)
        .then(_by_the_clock())
        .when(done)
        .then(_either(nw.col("satisfied_on") <= nw.col("due_on"), Status.met, Status.late))
        .when(over & nw.col("cancelled"))
        .then(nw.lit(Status.cancelled.value))
        .when(over)
        .then(_either(nw.col("ended_on") <= nw.col("due_on"), Status.ended, Status.missed))
        .otherwise(_either(nw.lit(as_at) <= nw.col("due_on"), Status.due, Status.overdue))
    )


def _either(test: nw.Expr, yes: Status, no: Status) -> nw.Expr:
    return nw.when(test).then(nw.lit(yes.value)).otherwise(nw.lit(no.value))


def _by_the_clock() -> nw.Expr:
    limit = nw.lit(ONE_HOUR) * nw.col("number")
    return (
        nw.when(nw.col("__latest_done") <= nw.col("__earliest_start") + limit)
        .then(nw.lit(Status.met.value))
        .when(nw.col("__earliest_done") > nw.col("__due"))
        .then(nw.lit(Status.late.value))
        .otherwise(nw.lit(Status.undecided.value))
    )
