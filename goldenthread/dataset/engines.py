"""Where the sums are done: Polars on one machine, or Spark where an authority's data outgrows it.

The indicators and the timeliness engine are written once, on Narwhals lazy frames. An engine only says how a
table is opened, how a small frame made here is handed over, and how a result comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import narwhals as nw
import polars as pl

from goldenthread.dataset.schema import Table

Lazy: TypeAlias = nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open a table (`scan`), hand over a frame made here (`adopt`) and bring a result back (`collect`)."""

    name: str
    scan: Callable[[Path, Table], Lazy]
    adopt: Callable[[pl.DataFrame], Lazy]
    collect: Callable[[list[Lazy]], list[pl.DataFrame]]


def _polars_scan(path: Path, table: Table) -> Lazy:
    return nw.from_native(pl.scan_parquet(path).select(list(table.schema)))


def _polars_adopt(frame: pl.DataFrame) -> Lazy:
    return nw.from_native(frame.lazy())


def _polars_collect(frames: list[Lazy]) -> list[pl.DataFrame]:
    return pl.collect_all([frame.to_native() for frame in frames])


POLARS = Engine("polars", _polars_scan, _polars_adopt, _polars_collect)


def spark_engine() -> Engine:
    """The Spark engine in local mode.

    Raises ModuleNotFoundError when the `spark` extra is not installed.
    """
    from goldenthread.dataset.spark import SPARK

    return SPARK


def shortened(frame: Lazy) -> Lazy:
    """The same frame: on Spark, worked out where it is, so that what is built on it begins from a short plan.

    Spark goes through the whole of a plan again at each step that is added to it, also where what it has kept (`cache`)
    stands in for a part: half of the time that it took to work out the clocks. Polars does so once, at the end.
    """
    native = nw.to_native(frame)
    return frame if isinstance(native, pl.LazyFrame) else nw.from_native(native.localCheckpoint())


def engine_named(name: str) -> Engine:
    """The engine of that name, `polars` or `spark`; ValueError for any other."""
    match name:
        case "polars":
            return POLARS
        case "spark":
            return spark_engine()
        case _:
            raise ValueError(f"There is no engine called {name!r}; use polars or spark")
