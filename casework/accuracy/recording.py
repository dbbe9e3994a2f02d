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
    """A page of what stands behind a figure. `fields`: each column left empty, by how many children, the fewest first:
    where most have it, its lack is a gap. `hidden` counts the children of the lines whom the reader may not see.
    """

    fields: list[tuple[str, str, int]]
    lines: list[Line]
    in_all: int
    hidden: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the lines take."""
        return max(-(-self.in_all // A_PAGE), 1)


@dataclass(frozen=True)
class Asked:
    """Which figure: the table, of one team where one is named; what is empty (of one field, if named) or was late."""

    table: str
    team: str = ""
    part: str = EMPTY
    field: str = ""
    page: int = 1


def behind(asked: Asked, *, on: date, since: date, user: User, names: bool) -> Behind:
    """The children behind a figure of a table, as the record is now."""
    with one_moment():
        record = read_as_asked(on)
        if asked.part == EMPTY:
            rows = _of_team(empty_cells(record, on, asked.table), asked.team)
        else:
            rows = _of_team(dated_facts(record, on, since, [asked.table]), asked.team)
    if asked.part == LATE:
        return _page(_late(rows), asked.page, user, names)
    if asked.field:
        return _page(_without(rows, asked.field), asked.page, user, names)
    fields = rows.group_by("field").agg(children=pl.col("child_id").n_unique()).sort("children", "field").rows()
    return Behind([(field, _said(field), children) for field, children in fields], [], 0, 0, 1)


def _page(rows: pl.DataFrame, page: int, user: User, names: bool) -> Behind:
    asked = rows["child_id"].unique().to_list()
    people = {one.reference: one for one in readable(user).filter(reference__in=asked)} if names else {}
    seen = rows.filter(pl.col("child_id").is_in(list(people)))
    shown = seen.slice((page - 1) * A_PAGE, A_PAGE).rows()
    lines = [Line(people[child], what, number) for child, what, number in shown]
    return Behind([], lines, seen.height, len(asked) - len(people), page)


def _of_team(rows: pl.DataFrame, team: str) -> pl.DataFrame:
    return rows.filter(pl.col("team") == team) if team else rows


def _without(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    """Columns child_id, what (the field), number (of rows without it)."""
    lacking = rows.filter(pl.col("field") == field).select("child_id", pl.lit(_said(field)).alias("what"), "rows")
    return lacking.sort("rows", "child_id", descending=[True, False])


def _late(rows: pl.DataFrame) -> pl.DataFrame:
    """Columns child_id, what (the fact), number (days)."""
    said = pl.col("fact").str.replace_all("_", " ").alias("what")
    late = rows.filter(pl.col("days") > 0).select("child_id", said, "days")
    return late.sort("days", "child_id", descending=[True, False])


def _said(field: str) -> str:
    return field.replace("_", " ").capitalize()
