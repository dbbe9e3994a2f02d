"""The children behind how completely and how soon the record is written: empty cells, late facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from casework.accounts.models import User
from casework.canonical.reading import one_moment, read_as_asked
from casework.people.models import Person
from casework.people.reading import readable
from goldenthread.dataset.tables import TABLES
from goldenthread.quality.kept.recording import dated_facts, empty_cells
from goldenthread.quality.record.views import child_column

A_PAGE = 50
EMPTY, LATE = "empty", "late"
PARTS = {EMPTY: "Left empty", LATE: "Recorded latest"}
TABLES_OF_CHILDREN = frozenset(name for name in TABLES if child_column(name))


@dataclass(frozen=True)
class Line:
    """A child, and what of theirs is behind the figure. `number` is the cells left empty, or the days it took."""

    person: Person
    what: str
    number: int


@dataclass(frozen=True)
class Behind:
    """A page of what stands behind a figure; `hidden` counts the children whom the reader may not see."""

    lines: list[Line]
    children: int
    in_all: int
    hidden: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the lines take."""
        return max(-(-self.in_all // A_PAGE), 1)


def behind(
    table: str, *, team: str, part: str, on: date, since: date, page: int, user: User, names: bool
) -> Behind:  # fmt: skip
    """The children behind a table's figures (of a team, where one is named), those with most or the latest first."""
    with one_moment():
        record = read_as_asked(on)
        if part == EMPTY:
            rows = _empty(empty_cells(record, on, table), team)
        else:
            rows = _late(dated_facts(record, on, since, [table]), team)
    asked = rows["child_id"].unique().to_list()
    people = {one.reference: one for one in readable(user).filter(reference__in=asked)} if names else {}
    seen = rows.filter(pl.col("child_id").is_in(list(people)))
    shown = seen.slice((page - 1) * A_PAGE, A_PAGE).rows()
    lines = [Line(people[child], what, number) for child, what, number in shown]
    return Behind(lines, len(asked), seen.height, len(asked) - len(people), page)


def _of_team(rows: pl.DataFrame, team: str) -> pl.DataFrame:
    return rows.filter(pl.col("team") == team) if team else rows


def _empty(rows: pl.DataFrame, team: str) -> pl.DataFrame:
    """Columns child_id, what (the fields), number (cells)."""
    said = pl.col("field").str.replace_all("_", " ").str.join(", ")
    by_child = _of_team(rows, team).group_by("child_id").agg(what=said, number=pl.col("rows").sum())
    return by_child.sort("number", "child_id", descending=[True, False])


def _late(rows: pl.DataFrame, team: str) -> pl.DataFrame:
    """Columns child_id, what (the fact), number (days)."""
    said = pl.col("fact").str.replace_all("_", " ")
    late = _of_team(rows, team).select("child_id", said.alias("what"), pl.col("days").alias("number"))
    return late.filter(pl.col("number") > 0).sort("number", "child_id", descending=[True, False])
