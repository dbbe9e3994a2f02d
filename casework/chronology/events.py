"""What happened to a few children, found in their canonical rows by plans of the engine that are kept, one a table."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from casework.canonical.reading import Rows
from casework.deadlines.kept_plans import KeptPlan
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.chronology import TOLD
from goldenthread.journey.events import SCHEMA, events
from goldenthread.journey.sources import sources_of

TELLING = frozenset(source.table for source in sources_of(TOLD))
"""The tables whose rows a chronology tells of."""
ON_ANY_DAY = date.min
"""What happened is the same whenever it is asked; a birthday still to come is left out where they are put in order."""


def events_in(rows: Rows) -> pl.DataFrame:
    """The events that a chronology tells, as the core's `events` gives them, in no order."""
    frames = {
        name: pl.DataFrame(its, schema=TABLES[name].schema) for name, its in rows.items() if its and name in TELLING
    }
    found = (_plan_of(name).carry_out({name: frame}) for name, frame in frames.items())
    return pl.concat([pl.DataFrame(schema=SCHEMA), *(one for one in found if one is not None)])


def make_ready() -> None:
    """Build every table's plan now, before somebody waits for it."""
    for name in TELLING:
        _plan_of(name)


@cache
def _plan_of(table: str) -> KeptPlan:
    kinds = {source.kind for source in sources_of(TOLD) if source.table == table}
    return KeptPlan({table: TABLES[table].schema}, ON_ANY_DAY, lambda dataset, _settle: events(dataset, kinds))
