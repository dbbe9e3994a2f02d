"""Small tables read once: what a command asks of a table in a dozen places costs more to open than to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import POLARS, Lazy
from goldenthread.dataset.store import Dataset

FEW_ROWS = 200_000
"""A table of more is left to be read column by column, by those that ask: held, it would fill the memory."""


class _Held(Mapping[str, Lazy]):
    """The tables of a dataset, each read when first asked for. The rest stay where they are."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._read: dict[str, Lazy] = {}

    def __getitem__(self, name: str) -> Lazy:
        frame = self._dataset.frames[name]
        if self._dataset.rows(name) > FEW_ROWS:
            return frame
        if name not in self._read:
            self._read[name] = nw.from_native(self._dataset.collect(frame)[0].lazy())
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._dataset.frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._dataset.frames)

    def __len__(self) -> int:
        return len(self._dataset.frames)


def held(dataset: Dataset) -> Dataset:
    """The same dataset, whose small tables are read whole when first asked for and then kept, however often they are
    asked for. On engines other than Polars, which keep what they read by themselves, the dataset as it is."""
    return replace(dataset, frames=_Held(dataset)) if dataset.engine is POLARS else dataset
