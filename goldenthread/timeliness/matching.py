"""From events to clocks started: each trigger with what satisfied it and what ended it, a batch of patterns at a time.

A batch is the patterns that live in one kind of episode. Every event is put in its episode once (`owner`), and "what
came next?" is asked of the whole batch together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial, reduce

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy, shortened
from goldenthread.dataset.store import Dataset
from goldenthread.dates import FIRST_DAY
from goldenthread.dates.due import END_OF_DAY
from goldenthread.journey.episodes import Survey, with_episode
from goldenthread.journey.events import at_of, row_id_of, rows_of
from goldenthread.journey.follow import following, preceding
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import SOURCES, sources_of
from goldenthread.timeliness.plan import Pattern

ONE_DAY = timedelta(days=1)
TO_END_OF_DAY = timedelta(hours=END_OF_DAY.hour, minutes=END_OF_DAY.minute, seconds=END_OF_DAY.second)
CALLED_OFF = (".cancelled", ".withdrawn", ".declined", ".ended_without_conference")
"""Endings that say the thing was no longer wanted, rather than that its episode closed."""
FIRST_ORDER = 1000
"""Sources are numbered from here, so that their numbers sort alike as numbers and as text."""
PLACES = {source: place for place, source in enumerate(SOURCES)}
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
"""The columns of an event that is put in its episode: `order` is its source's number."""


@dataclass(frozen=True)
class Asked:
    """What every part of one calculation shares: the facts, the day, and the links that have to be made by date."""

    dataset: Dataset
    as_at: date
    survey: Survey
    settle: Settle
    events: dict[str | None, Lazy] = field(default_factory=dict)
    """The events of every source that has any, put in the episodes of each kind (None: in the person's whole record),
    so that a source that starts, satisfies and ends clocks is read once."""

    def holds(self, source: EventSource) -> bool:
        """Whether the dataset holds any event of the source's kind."""
        return source.table in self.dataset.frames and source.kind in self.survey.kinds

    def may_start(self, pattern: Pattern) -> bool:
        """Whether the dataset holds any event that starts a clock of the pattern."""
        return any(map(self.holds, sources_of(pattern.triggers)))


def clocks_started(asked: Asked, scope: str | None, patterns: dict[int, Pattern]) -> Lazy | None:
    """One row a clock started, for patterns of one episode; None where the dataset holds no rows to start one.

    Columns: pattern (its number), subject (whose it is), owner (the episode, or the subject where there is none), kind,
    table, row_id, on, at (the trigger's), again (whether a satisfying event restarted it), ended_on,
    cancelled (whether that end called it off), satisfied_on, satisfied_at, satisfied_kind, satisfied_table,
    satisfied_row_id.
    """
    triggers = _events(asked, scope, patterns, lambda pattern: pattern.triggers)
    if triggers is None:
        return None
    answers = _events(asked, scope, patterns, lambda pattern: pattern.satisfied)
    triggers = _with_ends(asked, scope, patterns, _marked(patterns, triggers))
    restarted = _restarted(patterns, triggers, answers)
    started = triggers if restarted is None else nw.concat([triggers, restarted])
    # A clock that would start as its episode ends never runs, unless it is the first (a referral closed as it came).
    runs = nw.col("ended_on").is_null() | (nw.col("ended_on") > nw.col("on"))
    first = ~nw.col("strict") & (nw.col("ended_on") == nw.col("on"))
    before = [number for number, pattern in patterns.items() if pattern.before]
    return _with_answers(started.filter((runs | first).fill_null(True)).drop("until_on"), answers, before)


def _by_source(asked: Asked, patterns: dict[int, Pattern], kinds_of: Kinds) -> dict[EventSource, list[int]]:
    found: dict[EventSource, list[int]] = {}
    for number, pattern in patterns.items():
        for source in filter(asked.holds, sources_of(kinds_of(pattern))):
            found.setdefault(source, []).append(number)
    return found


def _events(asked: Asked, scope: str | None, patterns: dict[int, Pattern], kinds_of: Kinds) -> Lazy | None:
    sources = _by_source(asked, patterns, kinds_of)
    return _numbered(asked, asked.events[scope], sources) if sources else None


def _numbered(asked: Asked, events: Lazy, sources: dict[EventSource, list[int]]) -> Lazy:
    """The events of these sources, once for each pattern that asks for them."""
    rows = [(_order(source), number) for source, numbers in sources.items() for number in numbers]
    wanted = pl.DataFrame(rows, schema={"order": pl.Int32, "pattern": pl.Int32}, orient="row")
    return events.join(asked.dataset.adopt(wanted), on="order", how="inner")


def place_events(asked: Asked, patterns: Iterable[Pattern]) -> None:
    """Put the events of every pattern in their episodes at once, and hold them in `asked`.

    Plans that read a table in ten places grow faster than an engine can simplify them: the events are worked out here,
    together.
    """
    wanted: dict[str | None, dict[EventSource, set[str]]] = {}
    for pattern in patterns:
        its = [(source, pattern.scope) for source in sources_of(pattern.triggers | pattern.satisfied)]
        for source in sources_of(pattern.ends | pattern.until):
            its.append((source, pattern.scope if source.table == pattern.scope else None))
        for source, scope in its:
            wanted.setdefault(scope, {}).setdefault(source, set()).update(pattern.triggers)
    placed = {
        scope: [
            Part((frozenset({source.kind}), frozenset(started_by)), partial(_place, asked, source, scope))
            for source, started_by in sources.items()
            if asked.holds(source)
        ]
        for scope, sources in wanted.items()
    }
    placed = {scope: parts for scope, parts in placed.items() if parts}
    asked.events.update(zip(placed, asked.settle(list(placed.values()), EVENT), strict=True))


def settled(groups: Sequence[Sequence[Part]], _columns: Mapping[str, pl.DataType]) -> list[Lazy]:
    """The parts of each group together, worked out once however often they are read."""
    frames = [nw.concat([part.build() for part in parts]) for parts in groups]
    natives = [nw.to_native(frame) for frame in frames]
    if natives and isinstance(natives[0], pl.LazyFrame):
        return [nw.from_native(frame.lazy()) for frame in pl.collect_all(natives)]
    return shortened(frames)


def _place(asked: Asked, source: EventSource, scope: str | None) -> Lazy:
    frame = rows_of(asked.dataset, source).filter(nw.col("__on") <= nw.lit(asked.as_at))
    if scope is None:
        frame = frame.with_columns(nw.col(source.subject).alias("__owner"))
    else:
        frame = with_episode(asked.dataset, frame, source, scope, asked.survey, "__owner")
        frame = frame.filter(~nw.col("__owner").is_null())
    columns = (
        nw.col(source.subject),
        nw.col("__owner"),
        nw.lit(source.kind),
        nw.lit(source.table),
        nw.lit(_order(source)).cast(nw.Int32),
        row_id_of(source),
        nw.col("__on"),
        at_of(source),
    )
    return frame.select(*(column.alias(name) for name, column in zip(EVENT, columns, strict=True)))


def _order(source: EventSource) -> int:
    return FIRST_ORDER + PLACES[source]


def _any(tests: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one | other, tests, nw.lit(False))


def _marked(patterns: dict[int, Pattern], frame: Lazy) -> Lazy:
    """Triggers that are satisfying events too are marked strict, and two on one day start one clock."""
    pairs = [(number, kind) for number, pattern in patterns.items() for kind in sorted(pattern.strict)]
    strict = _any((nw.col("pattern") == number) & (nw.col("kind") == kind) for number, kind in pairs)
    frame = frame.with_columns(strict.alias("strict"), nw.lit(False).alias("again"))
    if not pairs:
        return frame
    return nw.concat([frame.filter(~nw.col("strict")), _one_a_day(frame.filter(nw.col("strict")))])


def _one_a_day(frame: Lazy) -> Lazy:
    key = ["pattern", "owner", "on"]
    return frame.unique(subset=key, keep="first", order_by=["order", "row_id"])


def _with_ends(asked: Asked, scope: str | None, patterns: dict[int, Pattern], triggers: Lazy) -> Lazy:
    """The triggers with ended_on and cancelled, and until_on: the day from which satisfying events restart nothing."""
    ends = _Endings(asked, scope, patterns)
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
    """The endings of one batch's clocks, by how each is found.

    An ending that is a fact of the episode itself, or of the person, is looked up; any other is the next of its kind in
    the person's record. Endings that every pattern of the batch shares are looked for once, not once a pattern.
    """

    asked: Asked
    scope: str | None
    patterns: dict[int, Pattern]

    def beside(self, triggers: Lazy, kinds_of: Kinds, name: str) -> tuple[Lazy, list[str]]:
        """The triggers with a column for each way of finding an ending, and a twin `_off`; and those columns' names."""
        groups: dict[tuple[str, bool], dict[EventSource, list[int]]] = {}
        for source, numbers in _by_source(self.asked, self.patterns, kinds_of).items():
            shared = len(numbers) == len(self.patterns)
            groups.setdefault((self._how(source), shared), {})[source] = numbers
        made = []
        for number, ((how, shared), sources) in enumerate(groups.items()):
            column = f"{name}_{number}"
            found = self._found(sources, how, shared=shared)
            by = [] if shared else ["pattern"]
            find = _next_end if how == "next" else _own_end
            triggers = find(triggers, found, [*by, "owner" if how == "episode" else "subject"], column)
            made.append(column)
        return triggers, made

    def _how(self, source: EventSource) -> str:
        if source.table == self.scope:
            return "episode"
        return "person" if source.table in ONCE_A_PERSON else "next"

    def _found(self, sources: dict[EventSource, list[int]], how: str, *, shared: bool) -> Lazy:
        events = self.asked.events[self.scope if how == "episode" else None]
        if shared:
            events = events.filter(nw.col("order").is_in([_order(source) for source in sources]))
        else:
            events = _numbered(self.asked, events, sources)
        called_off = [_order(source) for source in sources if source.kind.endswith(CALLED_OFF)]
        return events.select(
            *(() if shared else ("pattern",)),
            nw.col("owner").alias("__ender"),
            nw.col("on").alias("__end"),
            nw.when(nw.col("order").is_in(called_off)).then(nw.col("on")).alias("__off"),
        )


def _own_end(triggers: Lazy, found: Lazy, by: list[str], column: str) -> Lazy:
    found = found.rename({"__ender": by[-1]})
    first = found.group_by(*by).agg(nw.col("__end").min().alias(column), nw.col("__off").min().alias(f"{column}_off"))
    return triggers.join(first, on=by, how="left")


def _next_end(triggers: Lazy, found: Lazy, by: list[str], column: str) -> Lazy:
    found = found.rename({"__ender": by[-1], "__end": column, "__off": f"{column}_off"})
    return following(triggers, found, by=by, left_on="on", right_on=column, tie=[f"{column}_off"])


def _restarted(patterns: dict[int, Pattern], triggers: Lazy, answers: Lazy | None) -> Lazy | None:
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
    return frame.select(triggers.collect_schema().names())


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
