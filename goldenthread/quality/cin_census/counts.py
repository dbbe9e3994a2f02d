"""How many groups a child or an episode has: counted once, when the tables are read, and set beside their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from goldenthread.quality.cin_census.words import NO, YES

MOST_OF_A_CHILD = 1_000
"""Rows of one table under one child's number. More are not one child's, and are not set beside one another."""
OF_CHILD, OF_EPISODE = ("LAchildID",), ("LAchildID", "CINdetailsID")


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of `table` that meet `which` share the keys with a row; set beside the rows of `beside`."""

    table: str
    keys: tuple[str, ...]
    beside: tuple[str, ...]
    which: pl.Expr


COUNTS: Mapping[str, Count] = {
    "child_episodes": Count("CINdetails", OF_CHILD, ("ChildIdentifiers",), pl.lit(True)),
    "child_helped": Count(
        "CINdetails",
        OF_CHILD,
        ("ChildIdentifiers", "Disabilities"),
        pl.col("ReferralNFA").str.to_lowercase().is_in(NO),
    ),
    "child_disabilities": Count("Disabilities", OF_CHILD, ("ChildIdentifiers",), pl.col("Disability").is_not_null()),
    "child_born": Count(
        "ChildIdentifiers", OF_CHILD, ("CINdetails", "Disabilities"), pl.col("PersonBirthDate").is_not_null()
    ),
    "episode_assessments": Count(
        "Assessments", OF_EPISODE, ("CINdetails", "Section47", "AssessmentFactorsList"), pl.lit(True)
    ),
    "episode_enquiries": Count(
        "Section47",
        OF_EPISODE,
        ("ChildProtectionPlans",),
        ~pl.col("ICPCnotRequired").str.to_lowercase().is_in(YES).fill_null(False),
    ),
}
"""The counts by the name of their column, described in `goldenthread.quality.cin_census.views`."""


def with_counts(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables, each with the counts that stand beside its rows (Int64); missing where there is nothing to count."""
    made = dict(tables)
    for name, count in COUNTS.items():
        keys = list(count.keys)
        held = tables[count.table].filter(count.which).drop_nulls(keys)
        counted = held.group_by(keys).agg(pl.len().cast(pl.Int64).alias(name))
        for table in count.beside:
            made[table] = made[table].join(counted, on=keys, how="left", maintain_order="left")
    return made


def crowded(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """The tables in which one child's number stands on more rows than any child has, each with a sentence on it."""
    found = {}
    for table, frame in tables.items():
        most = frame.drop_nulls("LAchildID").group_by("LAchildID").len().filter(pl.col("len") > MOST_OF_A_CHILD)
        if not most.is_empty():
            child, rows = most.sort("len", "LAchildID").row(-1)
            found[table] = (
                f"LAchildID {child!r} stands on {rows:,} rows of {table}, too many to be one child's. "
                "Give each child its own number."
            )
    return found
