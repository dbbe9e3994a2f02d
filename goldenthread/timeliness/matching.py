"""From events to clocks started: each trigger with what satisfied it and what ended it, all patterns in one pass.

Every event is put in its episode once for each kind of episode that it is looked for in (`owner`), and "what came
next?" is asked of all the patterns together: on one child's record, a step costs as much as the rows it is taken on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial, reduce
from typing import Any

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy, shortened
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.dates import FIRST_DAY
from goldenthread.dates.due import END_OF_DAY
from goldenthread.journey.episodes import Survey, link, may_lack_link, start_source
from goldenthread.journey.events import at_of, row_id_of, rows_of
from goldenthread.journey.follow import following, preceding
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import SOURCES, sources_of
from goldenthread.timeliness.plan import Pattern

ONE_DAY = timedelta(days=1)
TO_END_OF_DAY = timedelta(hours=END_OF_DAY.hour, minutes=END_OF_DAY.minute, seconds=END_OF_DAY.second)
CALLED_OFF = (".cancelled", ".withdrawn", ".declined", ".ended_without_conference")
"""Endings that say the thing was no longer wanted, rather than that its episode closed."""
FIRST_ORDER = 100_000
"""Sources are numbered from here, so that their numbers sort alike as numbers and as text."""
PLACES = {source: place for place, source in enumerate(SOURCES)}
SCOPES: dict[Scope, int] = {scope: place for place, scope in enumerate((None, *TABLES))}
ONCE_A_PERSON = frozenset({"people", "workers", "adopters"})

Kinds = Callable[[Pattern], frozenset[str]]


@dataclass(frozen=True)
class Part:
    """A part of a calculation: it is needed only where something of each of these sets of kinds has happened."""

    needed_with: tuple[frozenset[str], ...]
    build: Callable[[], Lazy]


Settle = Callable[[Sequence[Sequence[Part]], Mapping[str, pl.DataType]], list[Lazy]]
"""Has frames of such columns worked out before others are built on them, each of them its parts together."""

EVENT: dict[str, pl.DataType] = {
    "subject": pl.String(),
    "owner": pl.String(),
    "kind": pl.String(),
    "table": pl.String(),
    "order": pl.Int32(),
    "row_id": pl.String(),
    "on": pl.Date(),
    "at": pl.Datetime("us"),
}
"""The columns of an event that is put in its episode: `order` is its place, see `_order`."""

BEGUN: dict[str, pl.DataType] = {
    "subject": pl.String(),
    "scope": pl.Int32(),
    "begun": pl.Date(),
    "owner": pl.String(),
}
"""The columns of an episode's beginning: `scope` is the number of its table."""

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

Scope = str | None
Patterns = Mapping[int, Pattern]
InEpisode = tuple[Scope, EventSource]
"""A source whose events are put in the episodes of a table (None: in the person's whole record)."""


@dataclass(frozen=True)
class Asked:
    """What every part of one calculation shares: the facts, the day, and the links that have to be made by date."""

    dataset: Dataset
    as_at: date
    survey: Survey
    settle: Settle

    def holds(self, source: EventSource) -> bool:
        """Whether the dataset holds any event of the source's kind."""
        return source.table in self.dataset.frames and source.kind in self.survey.kinds

    def may_start(self, pattern: Pattern) -> bool:
        """Whether the dataset holds any event that starts a clock of the pattern."""
        return any(map(self.holds, sources_of(pattern.triggers)))


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
    every = frozenset[str]().union(*(pattern.triggers for pattern in numbered.values()))
    events = _events(asked, numbered.values())
    [triggers] = asked.settle([[Part((every,), partial(_triggers, asked, events, numbered))]], TRIGGER)
    [started] = asked.settle([[Part((every,), partial(_started, asked, events, triggers, numbered))]], STARTED)
    return Started(started, {pattern: number for number, pattern in numbered.items()})


def _triggers(asked: Asked, events: Lazy, patterns: Patterns) -> Lazy:
    """The triggers with their ends. Those that are satisfying events too are strict: two on one day start one clock."""
    sources = _sources(asked, patterns, lambda pattern: pattern.triggers)
    rows = [
        (_order(scope, source), number, source.kind in patterns[number].strict)
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
    rows = [(_order(*source), number) for source, numbers in sources.items() for number in numbers]
    return events.join(asked.dataset.adopt(_table(rows)), on="order", how="inner")


def _events(asked: Asked, patterns: Iterable[Pattern]) -> Lazy:
    """The events of every pattern, put in their episodes, so that a source that starts, satisfies and ends clocks is
    read once.

    Plans that read a table in ten places grow faster than an engine can simplify them: the events are worked out first.
    """
    wanted: dict[InEpisode, set[str]] = {}
    for pattern in patterns:
        its = [(pattern.scope, source) for source in sources_of(pattern.triggers | pattern.satisfied)]
        its += [(_end_scope(pattern, source), source) for source in sources_of(pattern.ends | pattern.until)]
        for one in its:
            wanted.setdefault(one, set()).update(pattern.triggers)
    held = {one: frozenset(started_by) for one, started_by in wanted.items() if asked.holds(one[1])}
    parts = [
        Part((frozenset({source.kind}), started_by), partial(_linked, asked, source, scope))
        for (scope, source), started_by in held.items()
    ]
    [linked] = asked.settle([parts], EVENT)
    starts = _starts(asked, held)
    if not starts:
        return linked.filter(~nw.col("owner").is_null())
    began = [Part((frozenset({start.kind}), kinds), partial(_begun, asked, start)) for start, kinds in starts.items()]
    [begun] = asked.settle([began], BEGUN)
    [placed] = asked.settle([[Part((), partial(_placed_by_date, linked, begun))]], EVENT)
    return placed


def _starts(asked: Asked, held: Iterable[InEpisode]) -> dict[EventSource, frozenset[str]]:
    """The beginnings of episodes in which some events have to be put by date, each with the kinds of those events."""
    found: dict[EventSource, frozenset[str]] = {}
    for scope, source in held:
        start = start_source(scope) if scope and may_lack_link(source, scope, asked.survey) else None
        if start and start.table in asked.dataset.frames:
            found[start] = found.get(start, frozenset()) | {source.kind}
    return found


def _end_scope(pattern: Pattern, source: EventSource) -> Scope:
    """The episodes that an ending is put in: the pattern's own, where it is a fact of the episode itself."""
    return pattern.scope if source.table == pattern.scope else None


def settled(groups: Sequence[Sequence[Part]], _columns: Mapping[str, pl.DataType]) -> list[Lazy]:
    """The parts of each group together, worked out once however often they are read."""
    frames = [nw.concat([part.build() for part in parts]) for parts in groups]
    natives = [nw.to_native(frame) for frame in frames]
    if natives and isinstance(natives[0], pl.LazyFrame):
        return [nw.from_native(frame.lazy()) for frame in pl.collect_all(natives)]
    return shortened(frames)


def _linked(asked: Asked, source: EventSource, scope: Scope) -> Lazy:
    """The source's events with the episode that they say they belong to, null where they do not."""
    frame = rows_of(asked.dataset, source).filter(nw.col("__on") <= nw.lit(asked.as_at))
    columns = (
        nw.col(source.subject),
        nw.col(source.subject) if scope is None else link(source, scope),
        nw.lit(source.kind),
        nw.lit(source.table),
        nw.lit(_order(scope, source)).cast(nw.Int32),
        row_id_of(source),
        nw.col("__on"),
        at_of(source),
    )
    return frame.select(*(column.alias(name) for name, column in zip(EVENT, columns, strict=True)))


def _begun(asked: Asked, start: EventSource) -> Lazy:
    """When the episodes of a table began."""
    return rows_of(asked.dataset, start).select(
        nw.col(start.subject).alias("subject"),
        nw.lit(SCOPES[start.table]).cast(nw.Int32).alias("scope"),
        nw.col("__on").alias("begun"),
        nw.col(start.row_key[0]).alias("owner"),
    )


def _placed_by_date(linked: Lazy, begun: Lazy) -> Lazy:
    """The events, those that do not say in which episode they belong in the latest that had begun by their day."""
    alone = nw.col("owner").is_null()
    scope = ((nw.col("order") - FIRST_ORDER) % len(SCOPES)).cast(nw.Int32).alias("scope")
    missing = linked.filter(alone).drop("owner").with_columns(scope)
    found = preceding(missing, begun, by=["subject", "scope"], left_on="on", right_on="begun", tie=["owner"])
    return nw.concat([linked.filter(~alone), found.filter(~alone).select(*EVENT)])


def _order(scope: Scope, source: EventSource) -> int:
    """The number of a source whose events are put in such episodes: within them, in the order of the sources."""
    return FIRST_ORDER + PLACES[source] * len(SCOPES) + SCOPES[scope]


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
                scope = _end_scope(pattern, source)
                by_way.setdefault((_how(scope, source), (scope, source)), []).append(number)
        groups: dict[tuple[str, tuple[int, ...]], dict[InEpisode, list[int]]] = {}
        for (how, placed), numbers in by_way.items():
            most = how != "episode" and 2 * len(numbers) > len(self.patterns)
            groups.setdefault((how, tuple(numbers) if most else ()), {})[placed] = numbers
        return groups

    def _found(self, sources: Mapping[InEpisode, list[int]], *, shared: bool) -> Lazy:
        if shared:
            events = self.events.filter(nw.col("order").is_in([_order(*source) for source in sources]))
        else:
            events = _numbered(self.asked, self.events, sources)
        called_off = [_order(scope, source) for scope, source in sources if source.kind.endswith(CALLED_OFF)]
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
