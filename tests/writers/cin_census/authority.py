"""Made-up authorities, each made once."""

from __future__ import annotations

from datetime import date
from functools import cache

from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.store import Dataset, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise

AS_AT = date(2026, 3, 31)
CHILDREN = 1200
SEEDS = (1, 2, 3, 4)


@cache
def authority(seed: int, faults: float = 0.0, engine: Engine = POLARS) -> Dataset:
    """An authority of some twelve hundred children, as held on a reference date."""
    tables, manifest, _ = synthesise(CHILDREN, seed, AS_AT, faults)
    return dataset_of(tables, manifest, engine)
