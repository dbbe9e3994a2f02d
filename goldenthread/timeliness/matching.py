"""From events to clocks started: each trigger with what satisfied it and what ended it, all patterns in one pass.

Every event is put in its episode once for each kind of episode that it is looked for in (`owner`), and "what came
next?" is asked of all the patterns together: on one child's record, a step costs as much as the rows it is taken on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, reduce
from typing import Any

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dates import FIRST_DAY
from goldenthread.dates.due import END_OF_DAY
from goldenthread.journey.follow import following, preceding
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import sources_of
from goldenthread.timeliness.placing import (
    EVENT,
    Asked,
    InEpisode,
    Part,
    Scope,
    end_scope,
    events_of,
    order_of,
    triggers_of,
)
from goldenthread.timeliness.plan import Pattern

ONE_DAY = timedelta(days=1)
TO_END_OF_DAY = timedelta(hours=END_OF_DAY.hour, minutes=END_OF_DAY.minute, seconds=END_OF_DAY.second)
CALLED_OFF = (".cancelled", ".withdrawn", ".declined", ".ended_without_conference")
"""Endings that say the thing was no longer wanted, rather than that its episode closed."""
ONCE_A_PERSON = frozenset({"people", "workers", "adopters"})

Kinds = Callable[[Pattern], frozenset[str]]
Patterns = Mapping[int, Pattern]

TRIGGER: dict[str, pl.DataType] = {
    "pattern": pl.Int32(),
    **EVENT,
    "strict": pl.Boolean(),
    "again": pl.Boolean(),
    "ended_on": pl.Date(),
    "cancelled": pl.Boolean(),
    "until_on": pl.Date(),
}
"""The columns of an event that starts a clock, with when the clock ends: see `clocks_started`."""

STARTED: dict[str, pl.DataType] = {
    **{name: kind for name, kind in TRIGGER.items() if name != "until_on"},
    "satisfied_on": pl.Date(),
    "satisfied_at": pl.Datetime("us"),
    "satisfied_kind": pl.String(),
    "satisfied_table": pl.String(),
    "satisfied_row_id": pl.String(),
}
"""The columns of a clock that an event has started: see `clocks_started`."""


@dataclass(frozen=True)
class Started:
    """The clocks that events have started, and the numbers that their patterns have among them."""

    frame: Lazy
    numbers: Mapping[Pattern, int]

    def of(self, pattern: Pattern) -> Lazy | None:
        """Those of one pattern; None where the dataset holds nothing that starts one."""
        number = self.numbers.get(pattern)
        return None if number is None else self.frame.filter(nw.col("pattern") == number)


def clocks_started(asked: Asked, patterns: Iterable[Pattern]) -> Started:
    """One row a clock started, of patterns of which the dataset holds something that starts each.

    Columns: pattern (its number), subject (whose it is), owner (the episode, or the subject where there is none), kind,
    table, order, row_id, on, at (the trigger's), strict, again (whether a satisfying event restarted it), ended_on,
    cancelled (whether that end called it off), satisfied_on, satisfied_at, satisfied_kind, satisfied_table,
    satisfied_row_id.
    """
    numbered = dict(enumerate(patterns))
    every = triggers_of(numbered.values())
    events = events_of(asked, numbered.values())
    triggers = asked.settle([Part((every,), partial(_triggers, asked, events, numbered))], TRIGGER)
    started = asked.settle([Part((every,), partial(_started, asked, events, triggers, numbered))], STARTED)
    return Started(started, {pattern: number for number, pattern in numbered.items()})


def _triggers(asked: Asked, events: Lazy, patterns: Patterns) -> Lazy:
    """The triggers with their ends. Those that are satisfying events too are strict: two on one day start one clock."""
    sources = _sources(asked, patterns, lambda pattern: pattern.triggers)
    rows = [
        (order_of(scope, source), number, source.kind in patterns[number].strict)
        for (scope, source), numbers in sources.items()
        for number in numbers
    ]
    frame = events.join(asked.dataset.adopt(_table(rows, strict=pl.Boolean())), on="order", how="inner")
    frame = frame.with_columns(nw.lit(False).alias("again"))
    if any(strict for _, _, strict in rows):
        frame = nw.concat([frame.filter(~nw.col("strict")), _one_a_day(frame.filter(nw.col("strict")))])
    return _with_ends(asked, events, patterns, frame).select(*TRIGGER)


def _table(rows: Sequence[tuple[Any, ...]], **more: pl.DataType) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"order": pl.Int32, "pattern": pl.Int32, **more}, orient="row")


def _started(asked: Asked, events: Lazy, triggers: Lazy, patterns: Patterns) -> Lazy:
    answering = _sources(asked, patterns, lambda pattern: pattern.satisfied)
    answers = _numbered(asked, events, answering) if answering else None
    restarted = _restarted(patterns, triggers, answers)
    started = triggers if restarted is None else nw.concat([triggers, restarted])
    # A clock that would start as its episode ends never runs, unless it is the first (a referral closed as it came).
    runs = nw.col("ended_on").is_null() | (nw.col("ended_on") > nw.col("on"))
    first = ~nw.col("strict") & (nw.col("ended_on") == nw.col("on"))
    before = [number for number, pattern in patterns.items() if pattern.before]
    started = _with_answers(started.filter((runs | first).fill_null(True)), answers, before)
    return started.select(*STARTED)


def _sources(asked: Asked, patterns: Patterns, kinds_of: Kinds) -> dict[InEpisode, list[int]]:
    found: dict[InEpisode, list[int]] = {}
    for number, pattern in patterns.items():
        for source in filter(asked.holds, sources_of(kinds_of(pattern))):
            found.setdefault((pattern.scope, source), []).append(number)
    return found


def _numbered(asked: Asked, events: Lazy, sources: Mapping[InEpisode, Sequence[int]]) -> Lazy:
    """The events of these sources, once for each pattern that asks for them."""
    rows = [(order_of(*source), number) for source, numbers in sources.items() for number in numbers]
    return events.join(asked.dataset.adopt(_table(rows)), on="order", how="inner")


def _any(tests: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one | other, tests, nw.lit(False))


def _one_a_day(frame: Lazy) -> Lazy:
    key = ["pattern", "owner", "on"]
    return frame.unique(subset=key, keep="first", order_by=["order", "row_id"])


def _with_ends(asked: Asked, events: Lazy, patterns: Patterns, triggers: Lazy) -> Lazy:
    """The triggers with ended_on and cancelled, and until_on: the day from which satisfying events restart nothing."""
    ends = _Endings(asked, events, patterns)
    triggers, found = ends.beside(triggers, lambda pattern: pattern.ends, "end")
    triggers, stops = ends.beside(triggers, lambda pattern: pattern.until - pattern.ends, "until")
    triggers = _with_earliest(triggers, found, "ended_on")
    off = _any((nw.col(f"{name}_off") == nw.col("ended_on")).fill_null(False) for name in found)
    triggers = _with_earliest(triggers.with_columns(off.alias("cancelled")), ["ended_on", *stops], "until_on")
    return triggers.drop(*(f"{name}{part}" for name in (*found, *stops) for part in ("", "_off")))


def _with_earliest(frame: Lazy, names: Sequence[str], out: str) -> Lazy:
    """The frame with `out`: the first of these days that is known, else null.

    Not `min_horizontal`: Polars makes one row of it where two of the columns hold one and the same null throughout.
    A column at a time, because an expression that names the last one thrice is three times as long for each day more.
    """
    first, *others = names or [""]
    frame = frame.with_columns((nw.col(first) if first else nw.lit(None).cast(nw.Date)).alias(out))
    for name in others:
        sooner = nw.col(out).is_null() | (nw.col(name) < nw.col(out))
        frame = frame.with_columns(nw.when(sooner).then(nw.col(name)).otherwise(nw.col(out)).alias(out))
    return frame


@dataclass(frozen=True)
class _Endings:
    """The endings of clocks, by how each is found.

    An ending that is a fact of the episode itself, or of the person, is looked up; any other is the next of its kind in
    the person's record. Endings that most of the patterns share are looked for once, not once a pattern.
    """

    asked: Asked
    events: Lazy
    patterns: Patterns

    def beside(self, triggers: Lazy, kinds_of: Kinds, name: str) -> tuple[Lazy, list[str]]:
        """The triggers with a column for each way of finding an ending, and a twin `_off`; and those columns' names."""
        made = []
        for place, ((how, shared), sources) in enumerate(self._groups(kinds_of).items()):
            column = f"{name}_{place}"
            found = self._found(sources, shared=bool(shared))
            by = [] if shared else ["pattern"]
            find = _next_end if how == "next" else _own_end
            triggers = find(triggers, found, [*by, "owner" if how == "episode" else "subject"], column)
            if 0 < len(shared) < len(self.patterns):
                theirs = nw.col("pattern").is_in(list(shared))
                own = [nw.when(theirs).then(nw.col(one)).alias(one) for one in (column, f"{column}_off")]
                triggers = triggers.with_columns(*own)
            made.append(column)
        return triggers, made

    def _groups(self, kinds_of: Kinds) -> dict[tuple[str, tuple[int, ...]], dict[InEpisode, list[int]]]:
        """The sources of endings, each with the patterns it ends, by how they are found and by which patterns they are
        shared (none: they are found a pattern at a time)."""
        by_way: dict[tuple[str, InEpisode], list[int]] = {}
        for number, pattern in self.patterns.items():
            for source in filter(self.asked.holds, sources_of(kinds_of(pattern))):
                scope = end_scope(pattern, source)
                by_way.setdefault((_how(scope, source), (scope, source)), []).append(number)
        groups: dict[tuple[str, tuple[int, ...]], dict[InEpisode, list[int]]] = {}
        for (how, placed), numbers in by_way.items():
            most = how != "episode" and 2 * len(numbers) > len(self.patterns)
            groups.setdefault((how, tuple(numbers) if most else ()), {})[placed] = numbers
        return groups

    def _found(self, sources: Mapping[InEpisode, list[int]], *, shared: bool) -> Lazy:
        if shared:
            events = self.events.filter(nw.col("order").is_in([order_of(*source) for source in sources]))
        else:
            events = _numbered(self.asked, self.events, sources)
        called_off = [order_of(scope, source) for scope, source in sources if source.kind.endswith(CALLED_OFF)]
        return events.select(
            *(() if shared else ("pattern",)),
            nw.col("owner").alias("__ender"),
            nw.col("on").alias("__end"),
            nw.when(nw.col("order").is_in(called_off)).then(nw.col("on")).alias("__off"),
        )


def _how(scope: Scope, source: EventSource) -> str:
    if scope is not None:
        return "episode"
    return "person" if source.table in ONCE_A_PERSON else "next"


def _own_end(triggers: Lazy, found: Lazy, by: list[str], column: str) -> Lazy:
    found = found.rename({"__ender": by[-1]})
    first = found.group_by(*by).agg(nw.col("__end").min().alias(column), nw.col("__off").min().alias(f"{column}_off"))
    return triggers.join(first, on=by, how="left")


def _next_end(triggers: Lazy, found: Lazy, by: list[str], column: str) -> Lazy:
    found = found.rename({"__ender": by[-1], "__end": column, "__off": f"{column}_off"})
    return following(triggers, found, by=by, left_on="on", right_on=column, tie=[f"{column}_off"])


def _restarted(patterns: Patterns, triggers: Lazy, answers: Lazy | None) -> Lazy | None:
    """The satisfying events that start their clock again: those after a first trigger and before its end."""
    numbers = [number for number, pattern in patterns.items() if pattern.restarts]
    if not numbers or answers is None:
        return None
    ours = nw.col("pattern").is_in(numbers)
    inherited = ("ended_on", "cancelled", "until_on")
    roots = triggers.filter(ours).select(
        "pattern",
        "owner",
        *inherited,
        nw.col("on").alias("__root_on"),
        nw.col("order").alias("__root_order"),
        nw.col("table").alias("__root_table"),
        nw.col("row_id").alias("__root_row"),
    )
    frame = preceding(
        _one_a_day(answers.filter(ours)),
        roots,
        by=["pattern", "owner"],
        left_on="on",
        right_on="__root_on",
        tie=["__root_order", "__root_row"],
    )
    itself = (nw.col("table") == nw.col("__root_table")) & (nw.col("row_id") == nw.col("__root_row"))
    open_yet = nw.col("until_on").is_null() | (nw.col("on") < nw.col("until_on"))
    frame = frame.filter(~nw.col("__root_on").is_null(), ~itself, open_yet)
    frame = frame.with_columns(nw.lit(True).alias("strict"), nw.lit(True).alias("again"))
    return frame.select(*TRIGGER)


def _with_answers(started: Lazy, answers: Lazy | None, before: Sequence[int]) -> Lazy:
    """The clocks with the first event that satisfied each, if that came before its end. Those of the patterns `before`
    may have been satisfied before they were triggered.
    """
    names = ("on", "at", "kind", "table", "row_id")
    if answers is None:
        nothing = {"on": nw.Date(), "at": nw.Datetime("us")}
        return started.with_columns(
            *(nw.lit(None).cast(nothing.get(name, nw.String())).alias(f"satisfied_{name}") for name in names)
        )
    # A trigger whose hour is not known may have been at the day's first; a satisfying event, at its last.
    start = nw.coalesce(nw.col("at"), nw.col("on").cast(nw.Datetime("us")))
    next_day = nw.col("on").cast(nw.Datetime("us")) + nw.lit(ONE_DAY)
    asked = started.with_columns(nw.when(nw.col("strict")).then(next_day).otherwise(start).alias("__asked"))
    if before:
        ever = nw.lit(FIRST_DAY).cast(nw.Datetime("us"))
        backwards = nw.col("pattern").is_in(list(before))
        asked = asked.with_columns(nw.when(backwards).then(ever).otherwise(nw.col("__asked")).alias("__asked"))
    done = answers.select(
        "pattern",
        "owner",
        nw.coalesce(nw.col("at"), nw.col("on").cast(nw.Datetime("us")) + nw.lit(TO_END_OF_DAY)).alias("__done"),
        *(nw.col(name).alias(f"satisfied_{name}") for name in (*names, "order")),
    )
    tie = ["satisfied_order", "satisfied_row_id"]
    frame = following(asked, done, by=["pattern", "owner"], left_on="__asked", right_on="__done", tie=tie)
    in_time = nw.col("ended_on").is_null() | (nw.col("satisfied_on") <= nw.col("ended_on"))
    kept = [nw.when(in_time).then(nw.col(f"satisfied_{name}")).alias(f"satisfied_{name}") for name in names]
    return frame.with_columns(*kept).drop("__asked", "__done", "satisfied_order")
