"""How completely, and how soon after it happened, the record is written, by team and table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import narwhals as nw
import polars as pl

from goldenthread.dataset.schema import Kind, Table
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.indicators.rounding import percentage_column
from goldenthread.quality.kept.teams import NO_TEAM, teams
from goldenthread.quality.record.views import child_column

FILLED = {"table": pl.String, "team": pl.String, "rows": pl.Int64, "cells": pl.Int64, "filled": pl.Int64}
COMPLETENESS = {**FILLED, "percent": pl.Float64}
DELAYS = {"table": pl.String, "fact": pl.String, "team": pl.String, "days": pl.Int64}
FACTS = {**DELAYS, "child_id": pl.String}
EMPTY = {"child_id": pl.String, "team": pl.String, "field": pl.String, "rows": pl.Int64}
ROW = "recorded_at"
TIMELINESS = {"table": pl.String, "team": pl.String, "facts": pl.Int64, "median_days": pl.Float64,
              "ninetieth_days": pl.Int64}  # fmt: skip


def completeness(dataset: Dataset, on: date) -> pl.DataFrame:
    """The share of cells filled, of the columns that Annex A, the CIN census or the SSDA903 ask, by table and team.

    Columns: table, team (which holds the child on the day), rows, cells, filled, percent (one place, half up). What is
    known only once something has ended is not asked while it is open. A column that applies to few (a date of death)
    is asked of all: compare teams and weeks, and do not look for 100. Of people, children only.
    """
    held = teams(dataset, on)
    parts = [pl.DataFrame(schema=FILLED)]
    for table, frame in _tables(dataset, [table for table in TABLES.values() if asked_columns(table)]):
        cells = [_asked_of(table, name) for name in asked_columns(table)]
        filled = [_asked_of(table, name) & pl.col(name).is_not_null() for name in asked_columns(table)]
        counted = frame.with_columns(cells=pl.sum_horizontal(cells), filled=pl.sum_horizontal(filled))
        parts.append(
            _with_team(table, counted, held)
            .group_by("team")
            .agg(pl.len().alias("rows"), pl.col("cells", "filled").sum())
            .select(pl.lit(table.name).alias("table"), pl.col("team"), pl.exclude("team").cast(pl.Int64))
        )
    return with_percent(pl.concat(parts).sort("table", "team"))


def with_percent(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts with `percent`: of `cells`, how many are `filled`; one place, half up; null of no cells."""
    shares = nw.from_native(counts).with_columns(percent=percentage_column(nw.col("filled"), nw.col("cells")))
    return shares.to_native()


def asked_columns(table: Table) -> tuple[str, ...]:
    """The table's columns that a return asks, but for those a row cannot be without and the day it ended."""
    own = child_column(table.name)
    ended = table.episode.end if table.episode else None
    return tuple(
        column.name
        for column in table.columns
        if own and (column.annex_a or column.ssda903 or column.cin) and not column.required and column.name != ended
    )


def delays(dataset: Dataset, on: date, since: date) -> pl.DataFrame:
    """Each fact recorded from `since` to `on`, and the calendar days from happening to being recorded.

    Columns: table, fact (the column with its day), team (which holds the child on `on`), days. A row is one fact, and
    what became known of it later (its end) is another. A day still to come when it was recorded was planned, and is
    left out; so is a fact whose time of recording is not known.
    """
    return dated_facts(dataset, on, since).select(list(DELAYS))


def dated_facts(dataset: Dataset, on: date, since: date, tables: Iterable[str] = TABLES) -> pl.DataFrame:
    """The facts of `delays`, of these tables, each with the child it is about: the columns of `delays` and child_id."""
    held = teams(dataset, on)
    parts = [pl.DataFrame(schema=FACTS)]
    asked = set(tables)
    for table, frame in _tables(dataset, [one for one in TABLES.values() if one.name in asked and _facts(one)]):
        for known, days in _facts(table).items():
            written = pl.col(known).dt.date()
            happened = pl.max_horizontal(pl.when(pl.col(day) <= written).then(pl.col(day)) for day in days)
            dated = _with_team(table, frame, held).select(
                pl.lit(table.name).alias("table"),
                pl.lit(" or ".join(days)).alias("fact"),
                "team",
                (written - happened).dt.total_days().alias("days"),
                pl.col(str(child_column(table.name))).alias("child_id"),
                written.alias("written"),
            )
            recent = dated.filter(pl.col("written").is_between(since, on), pl.col("days").is_not_null())
            parts.append(recent.select(list(FACTS)))
    return pl.concat(parts)


def empty_cells(dataset: Dataset, on: date, table: str) -> pl.DataFrame:
    """The cells of a table that `completeness` asks and finds empty, by child: those behind what it does not count.

    Columns: child_id, team, field (the column), rows (how many of the child's rows lack it).
    """
    parts = [pl.DataFrame(schema=EMPTY)]
    for declared, frame in _tables(dataset, [TABLES[table]]):
        placed = _with_team(declared, frame, teams(dataset, on))
        child = pl.col(str(child_column(table))).alias("child_id")
        for name in asked_columns(declared):
            lacking = placed.filter(_asked_of(declared, name) & pl.col(name).is_null())
            counted = lacking.group_by(child, "team").agg(rows=pl.len().cast(pl.Int64))
            parts.append(counted.with_columns(field=pl.lit(name)).select(list(EMPTY)))
    return pl.concat(parts).sort("child_id", "field")


def timeliness(dataset: Dataset, on: date, since: date) -> pl.DataFrame:
    """How soon facts are recorded, by table and team, for the facts of `delays`.

    Columns: table, team, facts, median_days (calendar days from happening to being recorded) and ninetieth_days (the
    fewest days within which at least nine in ten were recorded).
    """
    return summed(delays(dataset, on, since), "table", "team").select(list(TIMELINESS))


def summed(late: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Of `delays`, by these columns: facts, median_days and ninetieth_days, as `timeliness`."""
    nearest_rank = (pl.len().cast(pl.Int64) * 9 + 9) // 10 - 1
    groups = late.group_by(by).agg(
        facts=pl.len().cast(pl.Int64),
        median_days=pl.col("days").median(),
        ninetieth_days=pl.col("days").sort().get(nearest_rank),
    )
    return groups.sort(by)


def _facts(table: Table) -> dict[str, tuple[str, ...]]:
    """The column that says when something was recorded, and the days it may be the time of.

    Of the row itself that is the day it began; of `ended_recorded_at`, `ended_on`; where there is no such day, every
    day that it is the time of, of which the latest counts: they were recorded together, when the last had happened.
    """
    if child_column(table.name) is None or table.name == "people":  # a person is no event, with no day of its own
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for column in table.columns:
        known = column.known
        if column.kind is not Kind.DAY or known is None or (known == ROW and (ROW in found or not column.required)):
            continue
        same = known.removesuffix("_recorded_at") + "_on"
        named = same in table.schema and table.column(same).known == known
        found[known] = (same,) if named else (*found.get(known, ()), column.name)
    return found


def _asked_of(table: Table, name: str) -> pl.Expr:
    """Whether the column is asked of the row: what says how a span ended only when it has."""
    ended = table.episode.end if table.episode else None
    follows = ended is not None and table.column(name).known_with == ended
    return pl.col(str(ended)).is_not_null() if follows else pl.lit(True)


def _tables(dataset: Dataset, tables: list[Table]) -> list[tuple[Table, pl.DataFrame]]:
    held = [table for table in tables if dataset.rows(table.name)]
    frames = dataset.collect(*(dataset.lazy(table.name) for table in held))
    return [
        (table, frame.filter(pl.col("is_child").fill_null(True)) if table.name == "people" else frame)
        for table, frame in zip(held, frames, strict=True)
    ]


def _with_team(table: Table, frame: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    child = str(child_column(table.name))
    placed = frame.drop("team", strict=False).join(
        held, left_on=child, right_on="child_id", how="left", maintain_order="left"
    )
    return placed.with_columns(pl.col("team").fill_null(NO_TEAM))
