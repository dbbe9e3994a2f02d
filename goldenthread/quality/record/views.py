"""The views that rules on the record look at: a canonical table beside the child it is about, as at a day.

Every view holds its table's columns, `row` (its position), `child` (the child it is about) and, of the child:
`born_on`, `expected_on`, `died_on` as `child_born_on` and so on. `today` is the day the record is checked as at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import narwhals as nw
import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.quality.rule import Lazy, View

CHILD_FACTS = ("born_on", "expected_on", "died_on")


def child_column(table: str) -> str | None:
    """The column that names the child a table's rows are about; None for tables about nobody."""
    schema = TABLES[table].schema
    if "child_id" in schema:
        return "child_id"
    return "person_id" if table == "people" else None


class RecordViews:
    """The canonical tables as at a day, numbered, each row beside its child."""

    lack_is_a_fault = False

    def __init__(self, dataset: Dataset, as_at: date) -> None:
        names = [name for name in TABLES if dataset.rows(name)]
        frames = dataset.collect(*(dataset.lazy(name) for name in names))
        self.frames: Mapping[str, pl.DataFrame] = {
            name: frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
            for name, frame in zip(names, frames, strict=True)
        }
        self.rows = {name: self.frames[name].height if name in self.frames else 0 for name in TABLES}
        self.as_at = as_at
        self._made: dict[View, Lazy] = {}

    def table(self, name: str) -> Lazy:
        """A table's rows with their positions; empty where the record has none."""
        if name in self.frames:
            return nw.from_native(self.frames[name].lazy())
        empty = TABLES[name].empty().with_columns(pl.lit(None, dtype=pl.Int64).alias("row"))
        return nw.from_native(empty.lazy())

    @cached_property
    def children(self) -> Lazy:
        """Of each person: `child` and the facts named in `CHILD_FACTS`, as `child_*`."""
        people = self.table("people")
        facts = {f"child_{name}": nw.col(name) for name in CHILD_FACTS}
        return people.select(nw.col("person_id").alias("child"), **facts).unique("child", keep="any")

    def view(self, on: View) -> Lazy:
        """The view of a table; of a pair, every row of the first beside every row of the child's in the second."""
        if on not in self._made:
            self._made[on] = self._pair(*on) if isinstance(on, tuple) else self._one(on)
        return self._made[on]

    def _one(self, table: str) -> Lazy:
        named = child_column(table)
        child = nw.col(named) if named else nw.lit(None).cast(nw.String)
        rows = self.table(table).with_columns(child.alias("child"), today=nw.lit(self.as_at))
        return rows.join(self.children, on="child", how="left")

    def _pair(self, one: str, other: str) -> Lazy:
        named = child_column(other)
        if named is None:
            raise KeyError(f"Rows of {other} are about no child")
        rows = self.table(other)
        prefixed = {f"other_{name}": nw.col(name) for name in rows.collect_schema().names()}
        beside = rows.select(nw.col(named).alias("child"), **prefixed)
        return self.view(one).join(beside, on="child", how="inner")
