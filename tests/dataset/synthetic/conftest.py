"""One small authority without faults and one with them, made once for all the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from goldenthread.dataset.store import Manifest
from goldenthread.dataset.synthetic.authority import synthesise

AS_AT = date(2019, 6, 30)
CHILDREN = 3_000


@dataclass(frozen=True)
class Authority:
    """A made-up authority held in memory."""

    tables: Mapping[str, pl.DataFrame]
    manifest: Manifest
    faults: pl.DataFrame

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]


def made(seed: int = 7, faults: float = 0.0, children: int = CHILDREN) -> Authority:
    return Authority(*synthesise(children, seed, AS_AT, faults))


@pytest.fixture(scope="session")
def authority() -> Authority:
    return made()


@pytest.fixture(scope="session")
def faulty() -> Authority:
    return made(faults=0.05)
