"""Returns built from records drawn as tables, and what they say."""

from __future__ import annotations

from datetime import date

from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.writers.built import Built
from goldenthread.writers.ssda903 import build
from indicators.drawn import table

AS_AT = date(2024, 6, 30)
"""Some weeks after the year has ended, when returns are sent."""
YEAR = 2024
"""The collection of 2023/24."""

ALL_YEAR = """
care_episode_id child_id started_on   start_reason legal_status
E1              C1       2022-05-01   S            C2
"""
"""One child looked after from before the year until after it."""


def record(as_at: date = AS_AT, engine: Engine = POLARS, **tables: str) -> Dataset:
    """A record of drawn tables."""
    return dataset_of({name: table(name, text) for name, text in tables.items()}, Manifest(as_at=as_at), engine)


def returned(as_at: date = AS_AT, year: int | None = YEAR, **tables: str) -> Built:
    """The return of 2023/24, or of another year, of a record of drawn tables."""
    return build(record(as_at, **tables), as_at, year=year)


def rows(built: Built, name: str, *columns: str) -> list[tuple[str | None, ...]]:
    """The rows of one table, and of it these columns."""
    return built.tables[name].select(columns).rows()


def one(built: Built, name: str, *columns: str) -> tuple[str | None, ...]:
    """The only row of one table."""
    (row,) = rows(built, name, *columns)
    return row


def origins(built: Built, name: str) -> list[tuple[str | None, ...]]:
    """Where each row of a table came from."""
    return built.origins[name].rows()


def noted(built: Built, *words: str) -> bool:
    """Whether a note has all the words."""
    return any(all(word in note for word in words) for note in built.notes)
