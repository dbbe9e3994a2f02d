"""Small made-up authorities, drawn by hand as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.sources import PROVIDED
from goldenthread.timeliness.engine import obligations

AS_AT = date(2024, 6, 28)


def drawn(engine: Engine = POLARS, **tables: Sequence[Mapping[str, Any]]) -> Dataset:
    """A dataset of these rows. A row may leave out any column; `child_id` is "C1" unless given."""
    frames = {}
    for name, rows in tables.items():
        schema = TABLES[name].schema
        filled = [({"child_id": "C1"} if "child_id" in schema else {}) | dict(row) for row in rows]
        frames[name] = pl.DataFrame(filled, schema={c: t for c, t in schema.items() if any(c in r for r in filled)})
    return dataset_of(frames, Manifest(as_at=AS_AT), engine)


def outcome(dataset: Dataset, rule: str, as_at: date = AS_AT, **options: Any) -> list[dict[str, Any]]:
    """The obligations of one rule, by the day they started."""
    frame = obligations(dataset, as_at, rules=[rule], **({"held": PROVIDED} | options))
    return dataset.collect(frame)[0].sort("trigger_on", "due_on", "clock").to_dicts()


def brief(dataset: Dataset, rule: str, as_at: date = AS_AT, **options: Any) -> list[tuple[Any, ...]]:
    """The same, as (trigger_on, due_on, satisfied_on, status, late_by)."""
    names = ("trigger_on", "due_on", "satisfied_on", "status", "late_by")
    return [tuple(row[name] for name in names) for row in outcome(dataset, rule, as_at, **options)]
