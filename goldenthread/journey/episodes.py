"""Which episode an event belongs to: the one its row links to, or, where no link is held, the latest begun by then.

Files that councils are asked for seldom carry identifiers from a visit to its plan or a review to its period of care.
The child and the dates are then all there is, and the child's latest episode begun on or before the event is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import SOURCES


@dataclass(frozen=True)
class Survey:
    """What the dataset holds: sources with an empty link, each with the link's column; and the kinds with any event."""

    gaps: frozenset[tuple[EventSource, str]]
    kinds: frozenset[str]


def survey(dataset: Dataset, sources: tuple[EventSource, ...] = SOURCES) -> Survey:
    """What the dataset holds of these sources, found in one pass over their columns."""
    by_table: dict[str, list[EventSource]] = {}
    for source in sources:
        if source.table in dataset.frames:
            by_table.setdefault(source.table, []).append(source)
    counts = dataset.collect(*(_count(dataset, table, held) for table, held in by_table.items()))
    gaps: set[tuple[EventSource, str]] = set()
    kinds: set[str] = set()
    for held, count in zip(by_table.values(), counts, strict=True):
        found = count.row(0, named=True)
        for number, source in enumerate(held):
            if found[f"{number}"]:
                kinds.add(source.kind)
            gaps.update((source, column) for column in _links(source) if found[f"{number} {column}"])
    return Survey(frozenset(gaps), frozenset(kinds))


def kinds_in(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> frozenset[str]:
    """The kinds of event that these few rows hold, by table: as `survey` of a dataset finds them, but at once, without
    an engine. Empty cells may be left out of a row.
    """
    return frozenset(
        source.kind
        for source in SOURCES
        if any(
            row.get(source.on) is not None and all(test.holds(row) for test in source.where)
            for row in rows.get(source.table, ())
        )
    )


def any_rows_of(kinds: frozenset[str]) -> Survey:
    """A survey that holds for any rows with events of these kinds alone: as if each link were empty in some row."""
    sources = [source for source in SOURCES if source.kind in kinds]
    return Survey(frozenset((source, column) for source in sources for column in _links(source)), kinds)


@lru_cache(maxsize=1024)
def _links(source: EventSource) -> list[str]:
    return sorted(set(source.scopes.values()) - set(source.row_key))


def _count(dataset: Dataset, table: str, sources: list[EventSource]) -> Lazy:
    """One row with, for each source, how many events it has, and how many of them lack each of its links."""
    counts = []
    for number, source in enumerate(sources):
        day, tests = nw.col(source.on), [test.expr() for test in source.where]
        happens = reduce(lambda one, other: one & other, tests) if tests else None
        counts.append((day if happens is None else nw.when(happens).then(day)).count().alias(f"{number}"))
        for column in _links(source):
            lacks = nw.col(column).is_null()
            lacking = nw.when(lacks if happens is None else happens & lacks).then(day)
            counts.append(lacking.count().alias(f"{number} {column}"))
    return dataset.lazy(table).select(*counts)


def can_hold(table: str) -> bool:
    """Whether events may be put in this table's episodes by date: it has a beginning, and belongs to a child."""
    episode = TABLES[table].episode
    return episode is not None and episode.owner == "child_id" and start_source(table) is not None


def start_source(table: str) -> EventSource | None:
    """The source whose event is the beginning of this table's episode."""
    episode = TABLES[table].episode
    starts = (source for source in SOURCES if episode and source.table == table and source.on == episode.start)
    return next(starts, None)


def link(source: EventSource, table: str) -> nw.Expr:
    """The identifier of the episode of `table` that the source's rows say they belong to: null where they do not.

    Raises ValueError where they have no link and the table's episodes have no beginning.
    """
    column = source.scopes.get(table)
    if column is None and not can_hold(table):
        raise ValueError(f"Rows of {source.table} cannot be put in episodes of {table}")
    return nw.lit(None).cast(nw.String) if column is None else nw.col(column)


def may_lack_link(source: EventSource, table: str, found: Survey) -> bool:
    """Whether any of the source's rows has to be put in an episode of `table` by date, and can be."""
    column = source.scopes.get(table)
    return (column is None or (source, column) in found.gaps) and can_hold(table)
