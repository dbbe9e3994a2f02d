"""Who holds a child's case on a day: the allocation open then or, where none is recorded, the open plan's worker."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.timeliness.spans import day_number

# Where sources hold no allocations, the row that says most about who works with the child now, first.
_ELSEWHERE = (
    ("cp_plans", "started_on", "ended_on"),
    ("care_periods", "started_on", "ended_on"),
    ("cin_plans", "started_on", "ended_on"),
    ("care_leavers", "started_on", "ended_on"),
    ("referrals", "received_on", "closed_on"),
)


def holders(dataset: Dataset, on: date) -> Lazy:
    """One row a child someone holds on the day. Columns: subject, worker_id, team, service (each may be null)."""
    nothing = nw.lit(None).cast(nw.String)
    parts = [_open(dataset, on, 0, "allocations", "started_on", "ended_on", nw.col("service"))]
    for order, (table, start, end) in enumerate(_ELSEWHERE, start=1):
        if table in dataset.frames:
            parts.append(_open(dataset, on, order, table, start, end, nothing))
    frame = nw.concat(parts).unique(
        subset=["subject"], keep="first", order_by=["__order", "__days", "worker_id", "team"]
    )
    workers = dataset.lazy("workers").select(
        "worker_id", nw.col("team").alias("__team"), nw.col("service").alias("__service")
    )
    return frame.join(workers, on="worker_id", how="left").select(
        "subject",
        "worker_id",
        nw.coalesce("team", "__team").alias("team"),
        nw.coalesce("service", "__service").alias("service"),
    )


def _open(dataset: Dataset, on: date, order: int, table: str, start: str, end: str, service: nw.Expr) -> Lazy:
    open_then = nw.col(end).is_null() | (nw.col(end) > nw.lit(on))
    someone = ~nw.col("worker_id").is_null() | ~nw.col("team").is_null()
    frame = dataset.lazy(table).filter(nw.col(start) <= nw.lit(on), open_then, someone)
    held_for = day_number(nw.col(start)) * -1  # the latest first
    return frame.select(
        nw.col("child_id").alias("subject"),
        "worker_id",
        "team",
        service.alias("service"),
        nw.lit(order).alias("__order"),
        held_for.alias("__days"),
    )
