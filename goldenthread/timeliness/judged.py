"""When each clock is due and what became of it: counted from its trigger or, where its rule is chained to another, from
what began that one's clock; where it may outlast a public holiday, to the day after that; and, where the rule can be
read two ways, whether the other reading comes to the same.

Few clocks are of these kinds: what they are counted from is looked up for them alone, and then all are judged together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dates import with_due, with_due_by_rule, with_holiday_end
from goldenthread.journey.follow import preceding
from goldenthread.timeliness.facts import applies, facts_needed, with_facts
from goldenthread.timeliness.matching import TO_END_OF_DAY, Started
from goldenthread.timeliness.placing import Asked, Part
from goldenthread.timeliness.plan import Batch, Earlier
from goldenthread.timeliness.status import disputed, with_status

CLOCK = (
    *("subject", "rule", "clock", "layer", "law_from", "number", "unit", "counting"),
    *("kind", "table", "row_id", "on", "at", "again", "ended_on", "cancelled"),
    *("satisfied_on", "satisfied_at", "satisfied_kind", "satisfied_table", "satisfied_row_id"),
)
"""The columns of a clock that has started."""

CHAINED = ("chained_kind", "chained_table", "chained_row_id", "chained_on", "chained_at")
JUDGED = ("due_on", "due_at", "status")

_NO_CHAIN = {
    **dict.fromkeys(CHAINED, nw.lit(None).cast(nw.String())),
    "chained_on": nw.lit(None).cast(nw.Date()),
    "chained_at": nw.lit(None).cast(nw.Datetime("us")),
}
_ONE_READING = nw.lit(None).cast(nw.Date()).alias("other_due_on")
READINGS = ("other_due_on", "disputed")
COUNTED: dict[str, pl.DataType] = {
    **dict.fromkeys((*CLOCK, *CHAINED), pl.String()),
    **dict.fromkeys(("law_from", "on", "ended_on", "satisfied_on", "chained_on"), pl.Date()),
    **dict.fromkeys(("at", "satisfied_at", "chained_at"), pl.Datetime("us")),
    **{"number": pl.Int64(), "again": pl.Boolean(), "cancelled": pl.Boolean()},
    **{"counted_from": pl.Date(), "counted_from_at": pl.Datetime("us")},
    **{"other_due_on": pl.Date(), "holiday_end": pl.Boolean()},
}
"""The columns of a clock of which it is known from when it counts."""


def judged(asked: Asked, started: Started, batches: Mapping[Batch, Part]) -> Lazy:
    """The clocks that fall due, of every batch. Columns: those of `CLOCK`, `CHAINED` and `JUDGED`, and of readings.

    `CHAINED` is the event the clock is counted from in place of its trigger, null where there is none. The readings are
    other_due_on, the last lawful day by the other reading of the rule, null where there is none, and disputed.
    """
    counted = [Part(its.needed_with, partial(_counted, asked, started, batch, its)) for batch, its in batches.items()]
    frame = asked.settle(counted, COUNTED)
    frame = with_due_by_rule(frame, day="counted_from", moment="counted_from_at")
    frame = with_holiday_end(frame, "due_on", where="holiday_end").filter(~nw.col("due_on").is_null())
    frame = with_status(frame, asked.as_at, day="counted_from", moment="counted_from_at")
    frame = frame.with_columns(disputed(asked.as_at, "other_due_on").alias("disputed"))
    return frame.select(*CLOCK, *CHAINED, *JUDGED, *READINGS)


def _as_they_stand(frame: Lazy) -> Lazy:
    """Clocks that are counted from their trigger and read in one way, with the columns that `_counted` gives others."""
    counted = {"counted_from": nw.col("on"), "counted_from_at": nw.col("at"), "holiday_end": nw.lit(False)}
    return frame.with_columns(_ONE_READING, **_NO_CHAIN, **counted).select(*COUNTED)


def _counted(asked: Asked, started: Started, batch: Batch, clocks: Part) -> Lazy:
    """The clocks of one batch with `CHAINED`, counted_from, counted_from_at, other_due_on and holiday_end (whether they
    may last beyond a public holiday).
    """
    frame = clocks.build()
    if not batch.apart:
        return _as_they_stand(frame)
    earlier = batch.chained_to
    before = started.of(earlier.pattern) if earlier else None
    frame = with_chain(asked, frame, before, earlier) if earlier else frame.with_columns(**_NO_CHAIN)
    own = nw.col("chained_on").is_null()
    frame = frame.with_columns(
        nw.coalesce("chained_on", "on").alias("counted_from"),
        nw.when(own).then(nw.col("at")).otherwise(nw.col("chained_at")).alias("counted_from_at"),
        _ONE_READING,
        nw.lit(batch.holiday_end).alias("holiday_end"),
    )
    if (other := batch.other_reading) and other.number is not None:
        frame = with_due(frame, "counted_from", other.number, other.unit, other.counting, "other_due_on")
    return frame.select(*COUNTED)


def with_chain(asked: Asked, started: Lazy, before: Lazy | None, earlier: Earlier) -> Lazy:
    """The clocks with `CHAINED`: what began the earlier clock, if it was running when theirs was triggered.

    It runs until its own row says that it ended or, where no end is recorded, to its last lawful day. The day it stops
    is still in it.
    """
    number, unit, counting = earlier.limit.number, earlier.limit.unit, earlier.limit.counting
    if before is None or number is None:
        return started.with_columns(**_NO_CHAIN)
    end_of_day = nw.col("on").cast(nw.Datetime("us")) + nw.lit(TO_END_OF_DAY)
    before = before.with_columns(nw.coalesce(nw.col("at"), end_of_day).alias("began"))
    before = with_due(before, "began", number, unit, counting, "last").select(
        "subject",
        *(nw.col(name.removeprefix("chained_")).alias(name) for name in CHAINED),
        nw.coalesce(nw.col("satisfied_on"), nw.col("last").cast(nw.Date)).alias("ran_to"),
    )
    tie = ["chained_row_id"]
    conditions = [one for alternative in earlier.conditions for one in alternative]
    started = with_facts(asked.dataset, started, facts_needed(conditions))
    frame = preceding(started, before, by=["subject"], left_on="on", right_on="chained_on", tie=tie)
    running = (nw.col("ran_to") >= nw.col("on")) & ~nw.col("again")
    running = running & applies(earlier.conditions) if earlier.conditions else running
    return frame.with_columns(nw.when(running).then(nw.col(name)).alias(name) for name in CHAINED)
