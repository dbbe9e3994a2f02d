"""Where rules are run: Polars, DuckDB or Spark. An engine adopts the typed tables and brings findings back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from goldenthread.quality.rule import Lazy


@dataclass(frozen=True, slots=True)
class RuleEngine:
    """`adopt` hands a frame over; `collect` computes several plans together."""

    name: str
    adopt: Callable[[pl.DataFrame], Lazy]
    collect: Callable[[list[Lazy]], list[pl.DataFrame]]


def _polars_collect(frames: list[Lazy]) -> list[pl.DataFrame]:
    return pl.collect_all([frame.to_native() for frame in frames])


POLARS = RuleEngine("polars", lambda frame: nw.from_native(frame.lazy()), _polars_collect)


def duckdb_engine() -> RuleEngine:
    """DuckDB in memory. Raises ModuleNotFoundError when the `duckdb` extra is not installed."""
    import duckdb

    connection = duckdb.connect()

    def adopt(frame: pl.DataFrame) -> Lazy:
        relation: Any = connection.from_arrow(frame.to_arrow())
        adopted: Lazy = nw.from_native(relation)
        return adopted

    def collect(frames: list[Lazy]) -> list[pl.DataFrame]:
        return [pl.DataFrame(frame.to_native().to_arrow_table()) for frame in frames]

    return RuleEngine("duckdb", adopt, collect)


def spark_engine() -> RuleEngine:
    """Spark in local mode. Raises ModuleNotFoundError when the `spark` extra is not installed."""
    from goldenthread.dataset.spark import SPARK

    return RuleEngine("spark", SPARK.adopt, SPARK.collect)
