"""Several sources of one authority made one dataset, with every disagreement reported.

The order of the sources is the order in which they are believed. Rows of two sources are the same when they are of the
same person, the same day and the same kind (`same_when`): a child protection plan that starts on one day is one plan,
whoever reports it. What the believed source leaves empty is filled from the next; where both say something different,
the believed one stands and the other value is listed. Two rows alike within one source stay two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from goldenthread.dataset.checks import shown
from goldenthread.dataset.schema import Kind, Table
from goldenthread.dataset.store import conform
from goldenthread.dataset.tables import TABLES

OWN_IDENTITY = ("people", "workers", "adopters")
"""Tables whose identifier means the same in every source of an authority."""
OWNERS = ("child_id", "person_id", "worker_id")
SOURCE, NTH, GROUP = "__source", "__nth", "__group"

CONFLICTS: Mapping[str, pl.DataType] = {
    "table": pl.String(),
    "child": pl.String(),
    "row": pl.String(),
    "column": pl.String(),
    "kept": pl.String(),
    "kept_from": pl.String(),
    "other": pl.String(),
    "other_from": pl.String(),
    "why": pl.String(),
}
"""The columns of the list of conflicts: values as people read them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One source to be merged: what it is called in the list of conflicts, and its canonical tables."""

    name: str
    tables: Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged tables, one row of `conflicts` for each value not kept, and how many rows were recognised as one."""

    tables: dict[str, pl.DataFrame]
    conflicts: pl.DataFrame
    recognised: int


def merge(parts: Sequence[Part]) -> Merged:
    """The sources made one, the first being believed before the second and so on.

    ValueError when a part has a column that its table does not declare.
    """
    names = [part.name for part in parts]
    stacked = {name: frame for name in TABLES if (frame := _stacked(parts, name)) is not None}
    stacked = {name: _grouped(frame, same_when(TABLES[name])) for name, frame in stacked.items() if _own_key(name)} | {
        name: frame for name, frame in stacked.items() if not _own_key(name)
    }
    renamed = {name: _identifiers(stacked[name], TABLES[name].key[0]) for name in stacked if _own_key(name)}
    merged: dict[str, pl.DataFrame] = {}
    conflicts: list[pl.DataFrame] = []
    recognised = 0
    for name in (name for name in TABLES if name in stacked):
        frame = _renamed(stacked[name], TABLES[name], renamed)
        if not _own_key(name):
            frame = _grouped(frame, same_when(TABLES[name]))
        kept = frame.group_by(GROUP, maintain_order=True).agg(pl.exclude(GROUP).drop_nulls().first())
        conflicts.append(_conflicts(frame, TABLES[name], names))
        recognised += frame.height - kept.height
        merged[name] = conform(name, kept.select(list(TABLES[name].schema)))
    found = pl.concat([pl.DataFrame(schema=CONFLICTS), *conflicts])
    return Merged(merged, found, recognised)


def same_when(table: Table) -> tuple[str, ...]:
    """The columns that tell whether rows of two sources are one: person, first day and whatever kind is required.

    For a table known by what it links (the factors of an assessment), its key.
    """
    if table.name in OWN_IDENTITY or not _own_key(table.name):
        return table.key
    days = [column.name for column in table.columns if column.kind is Kind.DAY]
    required = [column.name for column in table.columns if column.kind is Kind.DAY and column.required]
    first = [table.episode.start] if table.episode else required[:1] or days
    kinds = [column.name for column in table.columns if column.kind is Kind.CODE and column.required]
    return (*_owner(table), *first, *kinds)


def _owner(table: Table) -> list[str]:
    return [name for name in OWNERS if name in table.schema and name != table.key[0]][:1]


def _own_key(name: str) -> bool:
    """Whether the table's rows have an identifier of their own, rather than being known by what they link."""
    key = TABLES[name].key
    return len(key) == 1 and TABLES[name].column(key[0]).links_to is None


def _stacked(parts: Sequence[Part], name: str) -> pl.DataFrame | None:
    frames = [
        conform(name, part.tables[name]).with_columns(pl.lit(number, pl.Int32).alias(SOURCE))
        for number, part in enumerate(parts)
        if name in part.tables
    ]
    return pl.concat(frames) if frames else None


def _grouped(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Rows that are one have the same `GROUP`; the second of two alike in a source goes with the second of another."""
    nth = pl.int_range(pl.len()).over([SOURCE, *columns])
    numbered = frame.with_columns(nth.alias(NTH)).with_row_index(GROUP)
    return numbered.with_columns(pl.col(GROUP).min().over([NTH, *columns])).drop(NTH)


def _identifiers(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """For each source and identifier in it, the identifier in the result (`SOURCE`, `old`, `new`).

    A merged row keeps the identifier it has in the most believed source. Where another row already has that one, the
    number of the source is put after it.
    """
    believed = frame.group_by(GROUP, maintain_order=True).agg(pl.col(key).first().alias("new"), pl.col(SOURCE).first())
    taken = ~pl.col("new").is_first_distinct()
    numbered = pl.format("{}~{}", pl.col("new"), pl.col(SOURCE) + 1)
    while believed.select(taken.any()).item():
        believed = believed.with_columns(pl.when(taken).then(numbered).otherwise(pl.col("new")).alias("new"))
    return frame.select(SOURCE, GROUP, pl.col(key).alias("old")).join(
        believed.select(GROUP, "new"), on=GROUP, how="left", maintain_order="left"
    )


def _renamed(frame: pl.DataFrame, table: Table, renamed: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The table with its own identifiers and its links as they are in the result."""
    found = frame
    for column in table.columns:
        target = (column.links_to or "").partition(".")[0]
        if column.name in table.key and _own_key(table.name):
            target = table.name
        if target not in renamed or target in OWN_IDENTITY:
            continue
        names = renamed[target].select(SOURCE, "old", "new").unique([SOURCE, "old"], keep="first", maintain_order=True)
        found = found.join(
            names, left_on=[SOURCE, column.name], right_on=[SOURCE, "old"], how="left", maintain_order="left"
        )
        found = found.with_columns(pl.coalesce("new", column.name).alias(column.name)).drop("new")
    return found


def _conflicts(frame: pl.DataFrame, table: Table, names: Sequence[str]) -> pl.DataFrame:
    """Each value that differs from the one kept: the first that is not empty, in the order of the sources."""
    several = frame.filter(pl.len().over(GROUP) > 1)
    if not several.height:
        return pl.DataFrame(schema=CONFLICTS)
    owner = pl.col(_owner(table)[0]) if _owner(table) else pl.col(table.key[0])
    found: list[pl.DataFrame] = []
    for column in table.columns:
        if column.name in table.key or column.name.endswith("recorded_at") or column.name == "recorded_by":
            continue
        value = pl.col(column.name)
        there = value.is_not_null()
        marked = several.with_columns(
            value.filter(there).first().over(GROUP).alias("__kept"),
            pl.col(SOURCE).filter(there).first().over(GROUP).alias("__kept_from"),
        ).filter(value != pl.col("__kept"))
        if marked.height:
            found.append(
                marked.select(
                    pl.lit(table.name).alias("table"),
                    owner.cast(pl.String).alias("child"),
                    pl.col(table.key[0]).cast(pl.String).alias("row"),
                    pl.lit(column.name).alias("column"),
                    _as_shown(pl.col("__kept")).alias("kept"),
                    _named(pl.col("__kept_from"), names).alias("kept_from"),
                    _as_shown(value).alias("other"),
                    _named(pl.col(SOURCE), names).alias("other_from"),
                ).with_columns(pl.format("{} is believed before {}", "kept_from", "other_from").alias("why"))
            )
    return pl.concat(found) if found else pl.DataFrame(schema=CONFLICTS)


def _as_shown(value: pl.Expr) -> pl.Expr:
    return value.map_elements(shown, return_dtype=pl.String, skip_nulls=False)


def _named(number: pl.Expr, names: Sequence[str]) -> pl.Expr:
    return number.replace_strict(list(range(len(names))), list(names), return_dtype=pl.String)
