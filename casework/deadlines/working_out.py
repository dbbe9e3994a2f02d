"""What clocks run on these people's records, by the core's engine: the same for one child and for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from logging import getLogger
from typing import Any

import narwhals as nw
import polars as pl
from django.conf import settings
from django.db import DatabaseError, connection

from casework.canonical.queries import LIVE, OWNED
from casework.canonical.reading import Rows, kinds_carried
from casework.common import clock
from casework.deadlines.kept_plans import KeptPlan
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.episodes import Survey, any_rows_of, kinds_in, survey
from goldenthread.journey.sources import SOURCES
from goldenthread.statute.book import StatuteBook
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import clocks_of
from goldenthread.timeliness.placing import Settle, settled
from goldenthread.timeliness.plan import Plan, followable, plan
from goldenthread.timeliness.status import OPEN

log = getLogger(__name__)

LIVE_KINDS = frozenset(source.kind for source in SOURCES if source.table in LIVE)
"""The kinds of event that the record itself can hold, whether or not one has happened yet."""

KEY = ("person", "clock", "trigger_kind", "trigger_table", "trigger_row_id", "again")
"""What makes two clocks the same clock, whatever has become of it."""
VALUES = (
    *("rule", "layer", "status", "trigger_on", "trigger_at", "chained_kind", "chained_on", "chained_at"),
    *("number", "unit", "counting", "due_on", "due_at", "other_due_on", "satisfied_on", "satisfied_at"),
    *("satisfied_table", "satisfied_row_id", "ended_on", "law_from"),
)
MOMENTS = ("trigger_at", "chained_at", "due_at", "satisfied_at")
TEXTS = ("chained_kind", "satisfied_table", "satisfied_row_id")
STILL_OPEN = "open"
COLUMNS = ("child_id", *KEY[1:], *VALUES)
DECIDING = frozenset({"legal_statuses"})
"""Tables that the engine reads instead of another where there are any rows at all: see its facts."""
PLANS = 6
"""Kept at most: two a day, for a night's recompute of yesterday beside today's and a day more."""
_BESIDE: list[ThreadPoolExecutor] = []
"""The thread that builds whole plans, where this process has one."""

Key = tuple[Any, ...]


@dataclass(frozen=True)
class WorkedOut:
    """One clock as it is to be kept: `values` in the order of `VALUES`."""

    key: Key
    values: tuple[Any, ...]


def the_book() -> StatuteBook:
    """The statute book with this authority's own standards."""
    return load_book(settings.LOCAL_STANDARDS or None)


@cache
def the_plan(carried: frozenset[str]) -> Plan:
    """The rules about children that can be followed, given the kinds of event that were brought over."""
    chosen = followable(plan(the_book()), LIVE_KINDS | carried)
    ours = (one for one in chosen.followed if KINDS[one.clock.rule.trigger_events[0]].about == "child")
    return Plan(tuple(ours), chosen.not_followed)


@lru_cache(maxsize=8)
def the_plan_on(day: date, carried: frozenset[str]) -> Plan:
    """Those of the rules that have begun by a day."""
    return the_plan(carried).begun(day)


def build_beside(on: date) -> None:
    """From now on this process builds the whole plan of each day beside the saves, first of this one. A save builds
    only what its own record needs and is not there yet.
    """
    if not _BESIDE:
        _BESIDE.append(ThreadPoolExecutor(1, "plans"))
    _BESIDE[0].submit(_begin_apart, on)


def _begin_apart(on: date) -> None:
    try:
        begin_the_day(on)
    except DatabaseError:
        log.exception("The record could not be read: the first saves build their plan themselves")
    finally:
        connection.close()


def begin_the_day(on: date) -> None:
    """Make the plans of the day, for records with a legal status and for those without."""
    carried = kinds_carried()
    for left_out in (DECIDING, frozenset[str]()):
        _plan_kept(on, carried, frozenset(OWNED) - left_out)


def _build_all(kept: KeptPlan) -> None:
    try:
        kept.build_all()
    except Exception:
        log.exception("A plan for the clocks of a day could not be built whole: saves build what they need of it")


def clocks_on(rows: Rows, as_at: date, carried: frozenset[str]) -> pl.DataFrame:
    """The clocks of the few people whose canonical rows these are."""
    held = {name: its for name, its in rows.items() if its}
    frames = {name: pl.DataFrame(its, schema=TABLES[name].schema) for name, its in held.items()}
    kept = _plan_kept(as_at, carried, frozenset(OWNED) - (DECIDING - set(held)))
    return _as_kept(kept.carry_out(frames, kinds_in(rows)))


@lru_cache(maxsize=PLANS)
def _plan_kept(as_at: date, carried: frozenset[str], tables: frozenset[str]) -> KeptPlan:
    """The plan of a day, for records that hold rows of no other tables than these."""
    any_rows = any_rows_of(frozenset(source.kind for source in SOURCES if source.table in tables))

    def build(dataset: Dataset, settle: Settle) -> Lazy | None:
        return _found(dataset, as_at, carried, any_rows, settle)

    kept = KeptPlan({name: TABLES[name].schema for name in sorted(tables)}, as_at, build)
    if _BESIDE:
        _BESIDE[0].submit(_build_all, kept)
    return kept


def clocks_in(dataset: Dataset, as_at: date, carried: frozenset[str]) -> pl.DataFrame:
    """The clocks of everybody in the dataset: `child_id` and the columns of an obligation."""
    found = _found(dataset, as_at, carried, survey(dataset), settled)
    return _as_kept(None if found is None else dataset.collect(found)[0])


def _found(dataset: Dataset, as_at: date, carried: frozenset[str], held: Survey, settle: Settle) -> Lazy | None:
    found = clocks_of(dataset, as_at, the_plan_on(as_at, carried), held, settle)
    if found is None:
        return None
    running = nw.col("status").is_in([status.value for status in OPEN])
    status = nw.when(running).then(nw.lit(STILL_OPEN)).otherwise(nw.col("status")).alias("status")
    return found.with_columns(status).select(*COLUMNS)


def _as_kept(frame: pl.DataFrame | None) -> pl.DataFrame:
    if frame is None:
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    return frame.with_columns(pl.col(TEXTS).fill_null(""))


def worked_out(frame: pl.DataFrame, people: dict[str, int]) -> Iterable[WorkedOut]:
    """Each clock of the frame with the key of whose it is; `people` gives it by reference."""
    clocks = len(KEY)
    moments = [VALUES.index(name) for name in MOMENTS]
    for reference, *cells in frame.iter_rows():
        values = cells[clocks - 1 :]
        for place in moments:
            values[place] = aware(values[place])
        yield WorkedOut((people[reference], *cells[: clocks - 1]), tuple(values))


def aware(moment: datetime | None) -> datetime | None:
    """England's clock time as a moment."""
    return moment and clock.in_england(moment)
