"""Events: every dated thing that happened to a child, from whichever table holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.dates import with_due
from goldenthread.journey.follow import preceding
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import SOURCES, sources_of

SCHEMA: dict[str, pl.DataType] = {
    "child_id": pl.String(),
    "kind": pl.String(),
    "on": pl.Date(),
    "at": pl.Datetime("us"),
    "known_at": pl.Datetime("us"),
    "scope": pl.String(),
    "table": pl.String(),
    "row_id": pl.String(),
    "worker_id": pl.String(),
}
"""The columns of an event: see `events`."""

KEY_SEPARATOR = "|"


def events(dataset: Dataset, kinds: Iterable[str] | None = None) -> Lazy:
    """One row an event, of the kinds asked for (all for None), in no order.

    Columns: child_id (whose event: the child, or the adopter or worker for kinds about those), kind, on (Date), at
    (clock time or null), known_at (when it was recorded, or null), scope (identifier of the episode it belongs to, or
    null), table and row_id (where it came from; several keys are joined by |), worker_id (the worker the row names, or
    null).
    """
    chosen = SOURCES if kinds is None else sources_of(frozenset(kinds))
    held = [source for source in chosen if source.table in dataset.frames]
    frames = [_event(dataset, source) for source in held]
    return nw.concat(frames) if frames else dataset.adopt(pl.DataFrame(schema=SCHEMA))


def _event(dataset: Dataset, source: EventSource) -> Lazy:
    scope = source.scope
    return rows_of(dataset, source).select(
        nw.col(source.subject).alias("child_id"),
        nw.lit(source.kind).alias("kind"),
        nw.col("__on").alias("on"),
        at_of(source).alias("at"),
        _moment(source.known).alias("known_at"),
        (nw.col(scope[1]) if scope else nw.lit(None).cast(nw.String)).alias("scope"),
        nw.lit(source.table).alias("table"),
        row_id_of(source).alias("row_id"),
        (nw.col(source.worker) if source.worker else nw.lit(None).cast(nw.String)).alias("worker_id"),
    )


def rows_of(dataset: Dataset, source: EventSource) -> Lazy:
    """The table's rows that are this event, with the day it happened in `__on` (Date, never null)."""
    frame = dataset.lazy(source.table)
    if source.where:
        frame = frame.filter(*(test.expr() for test in source.where))
    if source.birthday is not None:
        frame = with_due(frame, source.on, source.birthday, "years", "age", out="__on")
    else:
        frame = frame.with_columns(nw.col(source.on).cast(nw.Date).alias("__on"))
    frame = frame.filter(~nw.col("__on").is_null(), ~nw.col(source.subject).is_null())
    return _nth(dataset, frame, source) if source.nth else frame


def _nth(dataset: Dataset, frame: Lazy, source: EventSource) -> Lazy:
    within = [source.subject, source.nth_within] if source.nth_within else [source.subject, "__since"]
    if source.nth_after:
        table, column = source.nth_after
        since = dataset.lazy(table).select(source.subject, nw.col(column).alias("__since"))
        frame = preceding(
            frame, since, by=[source.subject], left_on="__on", right_on="__since", tie=[source.subject]
        ).filter(~nw.col("__since").is_null())
    frame = frame.with_columns(nw.lit(1).alias("__one"))
    count = nw.col("__one").cum_sum().over(*within, order_by=["__on", *source.row_key])
    return frame.with_columns(count.alias("__nth")).filter(nw.col("__nth") == source.nth)


def at_of(source: EventSource) -> nw.Expr:
    """The clock time of the event, null where the table has none."""
    return _moment(source.at)


def row_id_of(source: EventSource) -> nw.Expr:
    """What names the row in its table."""
    if len(source.row_key) == 1:
        return nw.col(source.row_key[0])
    return nw.concat_str([nw.col(name).cast(nw.String) for name in source.row_key], separator=KEY_SEPARATOR)


def _moment(column: str | None) -> nw.Expr:
    return nw.col(column) if column else nw.lit(None).cast(nw.Datetime("us"))


def of_children(dataset: Dataset, children: Sequence[str]) -> Dataset:
    """The same dataset holding only these children's rows (and whole the tables that are about nobody)."""

    frames: dict[str, Lazy] = {}
    for name, frame in dataset.frames.items():
        held = {column.name for column in TABLES[name].columns}
        owner = "child_id" if "child_id" in held else "person_id" if name == "people" else None
        frames[name] = frame.filter(nw.col(owner).is_in(list(children))) if owner else frame
    return replace(dataset, frames=frames)
