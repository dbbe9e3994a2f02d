"""Every event put in the episode it belongs to, once for each kind of episode that it is looked for in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy, shortened
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.episodes import Survey, link, may_lack_link, start_source
from goldenthread.journey.events import at_of, row_id_of, rows_of
from goldenthread.journey.follow import preceding
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import SOURCES, sources_of
from goldenthread.timeliness.plan import Pattern

Scope = str | None
InEpisode = tuple[Scope, EventSource]
"""A source whose events are put in the episodes of a table (None: in the person's whole record)."""

FIRST_ORDER = 100_000
"""Sources are numbered from here, so that their numbers sort alike as numbers and as text."""
PLACES = {source: place for place, source in enumerate(SOURCES)}
SCOPES: dict[Scope, int] = {scope: place for place, scope in enumerate((None, *TABLES))}


@dataclass(frozen=True)
class Part:
    """A part of a calculation: it is needed only where something of each of these sets of kinds has happened."""

    needed_with: tuple[frozenset[str], ...]
    build: Callable[[], Lazy]


Settle = Callable[[Sequence[Part], Mapping[str, pl.DataType]], Lazy]
"""Has a frame of such columns, which is those parts together, worked out before others are built on it."""

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
"""The columns of an event that is put in its episode: `order` is its place, see `order_of`."""

BEGUN: dict[str, pl.DataType] = {
    "subject": pl.String(),
    "scope": pl.Int32(),
    "begun": pl.Date(),
    "owner": pl.String(),
}
"""The columns of an episode's beginning: `scope` is the number of its table."""


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


def events_of(asked: Asked, patterns: Iterable[Pattern]) -> Lazy:
    """The events of every pattern, put in their episodes, so that a source that starts, satisfies and ends clocks is
    read once.

    Plans that read a table in ten places grow faster than an engine can simplify them: the events are worked out first.
    """
    wanted: dict[InEpisode, set[str]] = {}
    for pattern in patterns:
        its = [(pattern.scope, source) for source in sources_of(pattern.triggers | pattern.satisfied)]
        its += [(end_scope(pattern, source), source) for source in sources_of(pattern.ends | pattern.until)]
        for one in its:
            wanted.setdefault(one, set()).update(pattern.triggers)
    held = {one: frozenset(started_by) for one, started_by in wanted.items() if asked.holds(one[1])}
    parts = [
        Part((frozenset({source.kind}), started_by), partial(_linked, asked, source, scope))
        for (scope, source), started_by in held.items()
    ]
    linked = asked.settle(parts, EVENT)
    starts = _starts(asked, held)
    if not starts:
        return linked.filter(~nw.col("owner").is_null())
    began = [Part((frozenset({start.kind}), kinds), partial(_begun, asked, start)) for start, kinds in starts.items()]
    begun = asked.settle(began, BEGUN)
    return asked.settle([Part((), partial(_placed_by_date, linked, begun))], EVENT)


def _starts(asked: Asked, held: Iterable[InEpisode]) -> dict[EventSource, frozenset[str]]:
    """The beginnings of episodes in which some events have to be put by date, each with the kinds of those events."""
    found: dict[EventSource, frozenset[str]] = {}
    for scope, source in held:
        start = start_source(scope) if scope and may_lack_link(source, scope, asked.survey) else None
        if start and start.table in asked.dataset.frames:
            found[start] = found.get(start, frozenset()) | {source.kind}
    return found


def triggers_of(patterns: Iterable[Pattern]) -> frozenset[str]:
    """The kinds of event that start a clock of any of the patterns."""
    return frozenset[str]().union(*(pattern.triggers for pattern in patterns))


def end_scope(pattern: Pattern, source: EventSource) -> Scope:
    """The episodes that an ending is put in: the pattern's own, where it is a fact of the episode itself."""
    return pattern.scope if source.table == pattern.scope else None


def settled(parts: Sequence[Part], _columns: Mapping[str, pl.DataType]) -> Lazy:
    """The parts together, worked out once however often they are read."""
    frame = nw.concat([part.build() for part in parts])
    native = nw.to_native(frame)
    if isinstance(native, pl.LazyFrame):
        return nw.from_native(native.collect().lazy())
    return shortened(frame)


def _linked(asked: Asked, source: EventSource, scope: Scope) -> Lazy:
    """The source's events with the episode that they say they belong to, null where they do not."""
    frame = rows_of(asked.dataset, source).filter(nw.col("__on") <= nw.lit(asked.as_at))
    columns = (
        nw.col(source.subject),
        nw.col(source.subject) if scope is None else link(source, scope),
        nw.lit(source.kind),
        nw.lit(source.table),
        nw.lit(order_of(scope, source)).cast(nw.Int32),
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


def order_of(scope: Scope, source: EventSource) -> int:
    """The number of a source whose events are put in such episodes: within them, in the order of the sources."""
    return FIRST_ORDER + PLACES[source] * len(SCOPES) + SCOPES[scope]
