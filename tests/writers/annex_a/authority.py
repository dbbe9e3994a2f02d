"""Made-up authorities, each made once."""

from __future__ import annotations

from datetime import date
from functools import cache

from goldenthread.dataset.store import Dataset, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise

AS_AT = date(2019, 6, 30)


@cache
def authority(seed: int, children: int = 2_500, faults: float = 0.0, as_at: date = AS_AT) -> Dataset:
    """An authority whose record has that many children in it."""
    frames, manifest, _ = synthesise(children, seed, as_at, faults)
    return dataset_of(frames, manifest)
