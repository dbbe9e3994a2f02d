"""Obligations: every clock of the statute book that a child's events have started, and what became of it.

One engine for one child and for all of them, on Polars or on Spark: Narwhals expressions throughout.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial, reduce

import narwhals as nw
import polars as pl

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.journey.episodes import Survey, survey
from goldenthread.journey.events import of_children
from goldenthread.journey.sources import sources_of
from goldenthread.statute.book import StatuteBook
from goldenthread.statute.load import load_book
from goldenthread.statute.model import Clock, Condition
from goldenthread.timeliness.facts import applies, facts_needed, with_facts
from goldenthread.timeliness.holders import holders
from goldenthread.timeliness.judged import CLOCK, judged
from goldenthread.timeliness.matching import Started, clocks_started
from goldenthread.timeliness.placing import Asked, Part, Settle, settled, triggers_of
from goldenthread.timeliness.plan import Followed, Plan, followable, plan
from goldenthread.timeliness.status import with_lateness

SCHEMA: dict[str, pl.DataType] = {
    "child_id": pl.String(),
    "rule": pl.String(),
    "clock": pl.String(),
    "layer": pl.String(),
    "status": pl.String(),
    "trigger_kind": pl.String(),
    "trigger_table": pl.String(),
    "trigger_row_id": pl.String(),
    "trigger_on": pl.Date(),
    "trigger_at": pl.Datetime("us"),
    "again": pl.Boolean(),
    "chained_kind": pl.String(),
    "chained_table": pl.String(),
    "chained_row_id": pl.String(),
    "chained_on": pl.Date(),
    "chained_at": pl.Datetime("us"),
    "number": pl.Int64(),
    "unit": pl.String(),
    "counting": pl.String(),
    "due_on": pl.Date(),
    "due_at": pl.Datetime("us"),
    "other_due_on": pl.Date(),
    "disputed": pl.Boolean(),
    "satisfied_on": pl.Date(),
    "satisfied_at": pl.Datetime("us"),
    "satisfied_kind": pl.String(),
    "satisfied_table": pl.String(),
    "satisfied_row_id": pl.String(),
    "ended_on": pl.Date(),
    "late_by": pl.Int64(),
    "late_unit": pl.String(),
    "late_days": pl.Int64(),
    "law_from": pl.Date(),
    "worker_id": pl.String(),
    "team": pl.String(),
    "service": pl.String(),
}
"""The columns of an obligation: see `obligations`."""

LATENESS = ("late_by", "late_unit", "late_days")
"""Those of them that say how late it is."""

HOLDERS = ("worker_id", "team", "service")
"""Those of them that say who holds the case."""


def obligations(
    dataset: Dataset,
    as_at: date,
    known_on: date | None = None,
    *,
    book: StatuteBook | None = None,
    rules: Collection[str] | None = None,
    children: Sequence[str] | None = None,
    reports_prove_earlier: bool = False,
    held: Collection[str] | None = None,
    with_holders: bool = True,
) -> Lazy:
    """Every clock started by `as_at`, one row a clock, in no order: lazy, once events have been read.

    What happened after `as_at` is not seen; with `known_on`, nor is what was recorded after it. `rules` (ids) and
    `children` narrow the work; `book` is the shipped one with York's layer unless given. With `reports_prove_earlier`,
    rules dated only by the report that prints them are taken to have stood before. A rule of which the whole dataset
    holds no satisfying event cannot be decided from it and does not fire: its sources do not record such things. Where
    they do, though none has happened yet (one child's record, a new authority), name the kinds in `held`. Whoever does
    not ask who holds the case (`with_holders` false) gets no worker_id, team and service, and does not wait for them.

    Columns: child_id (the adopter or worker for rules about those), rule, clock (its id in the book), layer
    (`statutory`|`local`), status (see Status), trigger_kind, trigger_table, trigger_row_id, trigger_on, trigger_at,
    again (whether an earlier clock's satisfying event started it), chained_kind, chained_table, chained_row_id,
    chained_on, chained_at (what it is counted from in place of its trigger, where its rule is chained to another whose
    clock was still running), number, unit, counting (of the limit it runs under), due_on (last lawful day), due_at
    (last lawful moment, hours only), other_due_on (last lawful day by the other reading of a rule that can be read two
    ways), disputed (whether it is in time by one of the readings and late by the other), satisfied_on, satisfied_at,
    satisfied_kind, satisfied_table, satisfied_row_id, ended_on, late_by and late_unit (in the rule's own unit),
    late_days (calendar), law_from (since when the entry has been in force; null if not established), worker_id, team
    and service (who holds the case as at the day).
    """
    chosen = plan(book or load_book(), reports_prove_earlier=reports_prove_earlier)
    if rules is not None:
        chosen = chosen.of_rules(frozenset(rules))
    found = survey(dataset, sources_of(chosen.kinds))
    chosen = followable(chosen, found.kinds | frozenset(held or ())).begun(as_at)
    if children is not None:
        dataset = of_children(dataset, children)
    if known_on is not None:
        dataset = as_known(dataset, known_on)
    started = clocks_of(dataset, as_at, chosen, found)
    if started is None:
        return dataset.adopt(pl.DataFrame(schema=SCHEMA))
    started = with_lateness(started, as_at)
    if not with_holders:
        return started.select(*(name for name in SCHEMA if name not in HOLDERS))
    held_by = holders(dataset, as_at).rename({"subject": "child_id"})
    return started.join(held_by, on="child_id", how="left").select(*SCHEMA)


def clocks_of(dataset: Dataset, as_at: date, chosen: Plan, found: Survey, settle: Settle = settled) -> Lazy | None:
    """The clocks of a plan already chosen, started by `as_at`; None where there are none. `found` surveys the dataset.

    Columns: those of `obligations` but for `LATENESS` and `HOLDERS`. The dataset may be a few children's alone.
    `settle` has the events worked out before the clocks are built on them.
    """
    chosen = chosen.triggered(found.kinds)
    asked = Asked(dataset, as_at, found, settle)
    patterns = [pattern for pattern in chosen.patterns if asked.may_start(pattern)]
    if not patterns:
        return None
    started = clocks_started(asked, patterns)
    batches = {
        batch: Part((triggers_of(one.pattern for one in members),), partial(_batch, asked, started, members))
        for batch, members in chosen.batches.items()
        if any(one.pattern in started.numbers for one in members)
    }
    return _columns(judged(asked, started, batches)) if batches else None


def _batch(asked: Asked, started: Started, members: Sequence[Followed]) -> Lazy:
    """The clocks of one kind of episode, each with the limit it runs under, before their due days are worked out."""
    members = [one for one in members if one.pattern in started.numbers]
    patterns = sorted({started.numbers[one.pattern] for one in members})
    frame = started.frame.filter(nw.col("pattern").is_in(patterns))
    conditions = [c for one in members for alternative in one.conditions for c in alternative]
    frame = with_facts(asked.dataset, frame, facts_needed(conditions))
    numbered = list(enumerate(members))
    table = _clock_table([(number, started.numbers[one.pattern], one.clock) for number, one in numbered])
    frame = frame.join(asked.dataset.adopt(table), on="pattern", how="inner")
    frame = frame.filter(_in_force() & _applies(numbered))
    again = nw.col("again")
    limits = [
        nw.when(again).then(nw.col(f"again_{part}")).otherwise(nw.col(f"first_{part}")).alias(part)
        for part in ("number", "unit", "counting")
    ]
    return frame.with_columns(*limits).select(*CLOCK)


def _clock_table(clocks: Sequence[tuple[int, int, Clock]]) -> pl.DataFrame:
    """One row a clock and span in force, with the limits it runs under."""
    rows = []
    for number, pattern, clock in clocks:
        again = clock.repeat.limit if clock.repeat else clock.limit
        limits = [
            part for limit in (clock.limit, again) for part in (limit.number, limit.unit.value, limit.counting.value)
        ]
        for first, last in clock.spans:
            rows.append((pattern, number, clock.rule.id, clock.id, clock.layer, first, last, *limits))
    schema = {
        "pattern": pl.Int32,
        "clock_number": pl.Int32,
        "rule": pl.String,
        "clock": pl.String,
        "layer": pl.String,
        "law_from": pl.Date,
        "law_to": pl.Date,
        **{
            f"{which}_{part}": pl.Int64 if part == "number" else pl.String
            for which in ("first", "again")
            for part in ("number", "unit", "counting")
        },
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _in_force() -> nw.Expr:
    """The law of the day the clock started: nothing in force before then or since has a say."""
    begun = nw.col("law_from").is_null() | (nw.col("law_from") <= nw.col("on"))
    return begun & (nw.col("law_to").is_null() | (nw.col("on") <= nw.col("law_to")))


def _applies(members: Sequence[tuple[int, Followed]]) -> nw.Expr:
    conditional: dict[tuple[tuple[Condition, ...], ...], list[int]] = {}
    for place, one in members:
        if one.conditions:
            conditional.setdefault(one.conditions, []).append(place)
    if not conditional:
        return nw.lit(True)
    clock = nw.col("clock_number")
    always = ~clock.is_in([each for numbers in conditional.values() for each in numbers])
    # Clocks under the same conditions share one test: local standards beside the rule, versions of one rule.
    tests = [clock.is_in(numbers) & applies(conditions) for conditions, numbers in conditional.items()]
    return reduce(lambda one, other: one | other, tests, always)


def _columns(frame: Lazy) -> Lazy:
    renamed = {
        "subject": "child_id",
        "kind": "trigger_kind",
        "table": "trigger_table",
        "row_id": "trigger_row_id",
        "on": "trigger_on",
        "at": "trigger_at",
    }
    return frame.rename(renamed).select(*(name for name in SCHEMA if name not in {*HOLDERS, *LATENESS}))
