"""The rows of an indicator of timeliness, made from clocks: answered in time, or kept up from day to day."""

from __future__ import annotations

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.indicators.clocks import closed_on
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import Condition, Parts, condition, flow, pick, plus_days, spans, together
from goldenthread.indicators.timelines import within
from goldenthread.timeliness.status import Status

IN_TIME = (Status.met, Status.undecided)
"""Done, and not certainly late: where only the day is known of a limit in hours, there is the benefit of the doubt."""
NOT_OWED = (Status.due, Status.ended, Status.cancelled)
"""There is time left, or its episode ended before it fell due: neither done nor late."""


def answered(found: Lazy, table: str, on: str = "trigger_on", *, counted: Condition = True) -> Parts:
    """Clocks as the rows of a flow: each the row of `table` that started it, on the day `on`.

    In the denominator are those that were answered or fell due unanswered; `counted` narrows them. Reasons: `in_time`,
    `late`, `not_done`, `not_yet_due` and `ended_first`.
    """
    status = nw.col("status")
    in_time, due = _is(*IN_TIME), status == Status.due.value
    owed = condition(counted) & ~_is(*NOT_OWED)
    return flow(
        found,
        table,
        "trigger_row_id",
        on,
        denominator=owed,
        numerator=owed & in_time,
        reason=pick(
            (due, "not_yet_due"),
            (~owed, "ended_first"),
            (in_time, "in_time"),
            (nw.col("satisfied_on").is_null(), "not_done"),
            otherwise="late",
        ),
    )


def _is(*statuses: Status) -> nw.Expr:
    return nw.col("status").is_in([status.value for status in statuses])


def kept_up(things: Lazy, found: Lazy) -> Parts:
    """Things in the denominator on the days a clock of their child runs, in the numerator while none is overdue.

    Reasons: `in_time`, `overdue`, and `no_date` for the days on which nothing is due to be done for the child at all.
    """
    in_time = nw.col("in_time")
    return together(
        spans(
            within(things, standing(found)), numerator=in_time, reason=pick((in_time, "in_time"), otherwise="overdue")
        ),
        spans(things, denominator=False, numerator=False, reason="no_date"),
    )


def standing(found: Lazy) -> Lazy:
    """Pieces of each child's days on which at least one clock runs: `child_id`, `begins`, `ends`, `in_time` (none of
    them overdue). They do not overlap."""
    stops, lapses = closed_on(), plus_days(nw.col("due_on"), 1)
    dated = found.select("child_id", "trigger_on", stops.alias("stops"), lapses.alias("lapses"))
    lapsed = nw.col("lapses") < nw.col("stops")
    over = nw.when(lapsed).then(nw.lit(-1)).otherwise(nw.lit(0))
    changes = nw.concat(
        [
            _change(dated, "trigger_on", nw.lit(1), nw.lit(0)),
            _change(dated.filter(lapsed), "lapses", nw.lit(0), nw.lit(1)),
            _change(dated, "stops", nw.lit(-1), over),
        ],
        how="vertical",
    )
    # One row a day, so that the running totals cannot take rows of one day in different orders.
    daily = changes.group_by("child_id", "begins").agg(nw.col("running").sum(), nw.col("overdue").sum())
    totals = {"running": "running", "overdue": "overdue"}
    made = in_order(daily, ("child_id",), ("begins",), running_sum=totals, after={"ends": "begins"})
    kept = made.filter((nw.col("running") > 0) & ~nw.col("ends").is_null())
    return kept.select("child_id", "begins", "ends", (nw.col("overdue") == 0).alias("in_time"))


def _change(dated: Lazy, day: str, running: nw.Expr, overdue: nw.Expr) -> Lazy:
    return dated.select(
        "child_id",
        nw.col(day).alias("begins"),
        running.cast(nw.Int64).alias("running"),
        overdue.cast(nw.Int64).alias("overdue"),
    )
