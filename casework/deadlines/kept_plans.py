"""The engine's own plan for a few children, built once for the day and carried out on the rows of one after another.

Building it takes many times as long as carrying it out on one child's rows. So it is built on frames whose rows are
given each time. It is for everything that a record can hold: a part of it is built when the first record comes that
holds what the part is about, and carried out for such records alone, so that a record costs what is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from threading import Lock

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from goldenthread.dataset.engines import POLARS, Lazy
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.timeliness.placing import Part, Settle

AS_WRITTEN = pl.QueryOptFlags.none()
"""On a few rows, finding out how a plan is best carried out takes longer than carrying it out as it is written."""

Build = Callable[[Dataset, Settle], Lazy | None]
Columns = Mapping[str, pl.DataType]


class KeptPlan:
    """What `build` makes of a dataset of these tables, to be carried out again on others' rows."""

    def __init__(self, schemas: Mapping[str, Columns], as_at: date, build: Build) -> None:
        self._nothing = {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}
        self._rows: dict[str, pl.DataFrame] = {}
        self._turn = Lock()
        self._stages: list[_Stage] = []
        frames = {name: self._given(name, schema) for name, schema in schemas.items()}
        built = build(Dataset(Manifest(as_at, tables=dict.fromkeys(schemas, 1)), POLARS, frames), self._settle)
        self._last = None if built is None else nw.to_native(built)

    def carry_out(self, rows: Mapping[str, pl.DataFrame], kinds: frozenset[str] = frozenset()) -> pl.DataFrame | None:
        """The plan's result for these rows, by table; None where it has none for any rows.

        `kinds`: those of the events in the rows. Parts that those do not need are left out.
        """
        if self._last is None:
            return None
        with self._turn:
            self._rows.update(self._nothing | dict(rows))
            try:
                for stage in self._stages:
                    self._rows[stage.name] = stage.carry_out(kinds)
                (found,) = pl.collect_all([self._last], optimizations=AS_WRITTEN)
                return found
            finally:
                self._rows.clear()

    def build_all(self) -> None:
        """Build each part now, before somebody waits for it. Others may carry out the plan meanwhile."""
        for stage in self._stages:
            for part in stage.parts:
                with self._turn:
                    part.plan()

    def _settle(self, parts: Sequence[Part], columns: Columns) -> Lazy:
        stage = _Stage(f"stage {len(self._stages)}", parts, columns)
        self._stages.append(stage)
        return self._given(stage.name, columns)

    def _given(self, name: str, schema: Columns) -> Lazy:
        """A frame whose rows are those held under the name when the plan is carried out."""
        held = self._rows  # not the plan: it would hold itself through the engine, and never be let go

        def rows(
            columns: list[str] | None, test: pl.Expr | None, at_most: int | None, _size: int | None
        ) -> Iterator[pl.DataFrame]:
            found = held[name]
            found = found if test is None else found.filter(test)
            found = found if columns is None else found.select(columns)
            yield found if at_most is None else found.head(at_most)

        return nw.from_native(register_io_source(rows, schema=pl.Schema(schema)))


class _Stage:
    """A frame of such columns that is its parts together."""

    def __init__(self, name: str, parts: Iterable[Part], columns: Columns) -> None:
        self.name = name
        self.parts = [_KeptPart(part, columns) for part in parts]
        self._nothing = pl.DataFrame(schema=columns)

    def carry_out(self, kinds: frozenset[str]) -> pl.DataFrame:
        plans = [part.plan() for part in self.parts if part.is_needed(kinds)]
        return pl.concat([self._nothing, *pl.collect_all(plans, optimizations=AS_WRITTEN)]) if plans else self._nothing


class _KeptPart:
    """A part, built when it is first needed."""

    def __init__(self, part: Part, columns: Columns) -> None:
        self._part, self._columns = part, list(columns)
        self._built: pl.LazyFrame | None = None

    def is_needed(self, kinds: frozenset[str]) -> bool:
        return not any(needed.isdisjoint(kinds) for needed in self._part.needed_with)

    def plan(self) -> pl.LazyFrame:
        if self._built is None:
            self._built = nw.to_native(self._part.build()).select(self._columns)
        return self._built
