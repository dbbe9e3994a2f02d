"""What clocks run on these people's records, by the core's engine: the same for one child and for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
from casework.canonical.reading import Rows, kinds_carried, rows_of
from casework.common import clock
from casework.deadlines.kept_plans import Held, KeptPlan, KeptPlans
from casework.deadlines.models import Obligation
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.episodes import Survey, any_rows_of, kinds_in, survey
from goldenthread.journey.sources import SOURCES
from goldenthread.statute.book import StatuteBook
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import clocks_of
from goldenthread.timeliness.matching import Settle, settled
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
PLANS, OWN_PLANS, SHARES, LEARNT_AT = 12, 3, (0.2, 0.05, 0.01), (20, 60, 1000)
"""Of 431 children of the demonstration's, three in four hold only what one in five does, five in six what one in twenty
does, and all but sixteen what one in a hundred does: three plans and the one for everything."""
LEARN_FROM = 100
"""Children; where fewer have clocks, the plan for everything is enough."""
_KEPT = KeptPlans(PLANS, OWN_PLANS, SHARES, LEARNT_AT)

Key = tuple[Any, ...]
Under = tuple[date, frozenset[str], frozenset[str]]


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
    """From now on this process builds plans in a thread of its own, not in the saves, and first those of the day: for
    everything, which serves whatever has none yet, and for what the children whose clocks began last hold."""
    thread = ThreadPoolExecutor(1, "plans")
    _KEPT.later = thread.submit
    thread.submit(_begin_apart, on)


def _begin_apart(on: date) -> None:
    try:
        begin_the_day(on)
    except DatabaseError:
        log.exception("The record could not be read: the first saves build plans themselves")
    finally:
        connection.close()


def begin_the_day(on: date) -> None:
    """Build the plans for everything that a record can hold and, from so many children, for what theirs hold."""
    carried = kinds_carried()
    first = _under(on, carried, ())
    _build(LIVE_KINDS | carried, first)
    latest = _latest()
    if len(latest) < LEARN_FROM:
        return
    chosen, records = the_plan_on(on, carried), [rows_of([person]) for person in latest]
    widths = _KEPT.learn_from([chosen.concerned(kinds_in(rows)) for rows in records])
    for under in {_under(on, carried, rows) for rows in records}:
        for kinds in widths if under == first else (LIVE_KINDS | carried, *widths):
            _build(kinds, under)


def _build(kinds: frozenset[str], under: Under) -> None:
    _KEPT.build_beside(Held(under, kinds), lambda held: _new_plan(held.kinds, *under))


def _under(on: date, carried: frozenset[str], held: Collection[str]) -> Under:
    """What a plan depends on beside the kinds of event, of a record that holds rows of these tables."""
    return on, carried, frozenset(OWNED) - (DECIDING - set(held))


def _latest() -> list[int]:
    last = Obligation.objects.order_by("-pk").values_list("person", flat=True)[: 50 * LEARN_FROM]
    return list(dict.fromkeys(last))[:LEARN_FROM]


def clocks_on(rows: Rows, as_at: date, carried: frozenset[str]) -> pl.DataFrame:
    """The clocks of the few people whose canonical rows these are."""
    held = {name: its for name, its in rows.items() if its}
    under = _under(as_at, carried, held)
    kinds = the_plan_on(as_at, carried).concerned(kinds_in(rows))
    everything = Held(under, LIVE_KINDS | carried)
    plan_kept = _KEPT.fitting(Held(under, kinds), everything, lambda held: _new_plan(held.kinds, *under))
    frames = {name: pl.DataFrame(its, schema=TABLES[name].schema) for name, its in held.items()}
    return _as_kept(plan_kept.carry_out(frames))


def _new_plan(kinds: frozenset[str], as_at: date, carried: frozenset[str], tables: frozenset[str]) -> KeptPlan:
    any_rows = any_rows_of(kinds)

    def build(dataset: Dataset, settle: Settle) -> Lazy | None:
        return _found(dataset, as_at, carried, any_rows, settle)

    return KeptPlan({name: TABLES[name].schema for name in sorted(tables)}, as_at, build)


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
