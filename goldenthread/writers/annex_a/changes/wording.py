"""The changes in words, and the lines that are shown of each child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a row of a frame holds what its columns hold

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import BORN, DISABILITY, ETHNICITY, GENDER, LISTS, UASC_8, UASC_9
from goldenthread.dataset.readers.annex_a_people import BELIEVED
from goldenthread.writers.annex_a.changes.compare import BY_ITSELF, What

OF_THE_CHILD = (GENDER, ETHNICITY, BORN, DISABILITY, UASC_8, UASC_9)
"""What every list repeats of the child: one change in the record shows in each of them."""
ADOPTERS = 11
CLOSENESS = (*BELIEVED, ADOPTERS)
"""The lists, those of the closest involvement first."""

WORDS = {
    What.new: "New since the last run",
    What.late: "In the list now, though dated on or before the last run",
    What.replaced: "Gave way to another row of the child",
    What.removed: "Gone, though its months are not over",
    What.passed: "Gone: its months are over",
    What.changed: "Changed",
    What.moved_on: "Later date",
    What.time: "Days passed",
}
"""Each kind of change as people are told of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line about a child: what it is, and a cell before and now (null for an empty one)."""

    what: What
    column: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ChildLines:
    """A child (or, from list 11 alone, an adopter), who holds the case as the closest list has it, and the lines.

    `places` are the rows the lines are of, each by its list and date, with its lines.
    """

    child_id: str
    adopter: bool
    held_by: str
    places: tuple[tuple[str, tuple[Line, ...]], ...]


def to_look_at(rows: pl.DataFrame) -> list[ChildLines]:
    """The children with changes that did not come by themselves, those of the closest involvement first.

    `rows` are those of `Changes`. Of as close ones, those with most lines come first.
    """
    of_child = pl.col("column").is_in(OF_THE_CHILD).fill_null(False)
    closeness = pl.col("list").replace_strict(list(CLOSENESS), list(range(len(CLOSENESS))))
    seen = rows.filter(~pl.col("what").is_in(BY_ITSELF)).with_columns(closeness.alias("_close"))
    lines = (
        seen.with_columns(
            pl.when(~of_child).then(pl.col("list")).alias("_own"), pl.when(~of_child).then(pl.col("key")).alias("key")
        )
        .group_by("child_id", "_own", "key", "what", "column", "old", "new", maintain_order=True)
        .agg(
            pl.col("list").unique().sort().alias("lists"), pl.col("_close", "team", "worker").sort_by("_close").first()
        )
    )
    children = (
        lines.sort("child_id", "_close", maintain_order=True)
        .group_by("child_id", maintain_order=True)
        .agg(
            pl.col("_close").min(),
            pl.len().alias("_most"),
            pl.col("team", "worker").drop_nulls().first(),
            pl.struct("lists", "key", "what", "column", "old", "new").alias("lines"),
        )
        .sort("_close", "_most", "child_id", descending=[False, True, False])
    )
    return [
        ChildLines(
            row["child_id"],
            CLOSENESS[row["_close"]] == ADOPTERS,
            ", ".join(filter(None, (row["team"], row["worker"]))),
            _places(row["lines"]),
        )
        for row in children.iter_rows(named=True)
    ]


def _places(lines: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        told = Line(What(line["what"]), line["column"], line["old"], line["new"])
        found.setdefault(_where(line["lists"], line["key"]), []).append(told)
    return tuple((where, tuple(told)) for where, told in found.items())


def _where(lists: Sequence[int], key: str | None) -> str:
    """ "3 Referrals, 17/06/2019" for a row; "1, 3 and 6" for a fact of the child that several lists repeat."""
    if len(lists) > 1:
        return f"{', '.join(map(str, lists[:-1]))} and {lists[-1]}"
    named = f"{lists[0]} {LISTS[lists[0] - 1].title}"
    return f"{named}, {key}" if key else named
