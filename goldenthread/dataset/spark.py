"""The Spark engine: the same Narwhals expressions in a local Spark session. Needs `goldenthread[spark]` and Java.

A board is more than a hundred small plans. On a city's tables it is not the sums that take the time but making each
plan ready, so the settings are those under which plans are made ready soonest (docs/how-to/run-on-spark.md).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from pyspark.sql import SparkSession

from goldenthread.dataset.engines import Engine, Lazy
from goldenthread.dataset.schema import Table

CORES = 2
HANDED_OVER = 64 * 2**10
"""Bytes of Parquet up to which a table is read here and handed over: Spark takes longer to open it than to sum it."""

QUIET: dict[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
}

SAME_ANSWERS: dict[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
"""Clock times carry no zone, so that none is ever shifted."""

MANY_SMALL_PLANS: dict[str, str] = {
    # Java's quick compiler alone: the thorough one took nearly half of the processor's time on 150 children.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC",
    # Compiling a plan takes longer than running it once over a few thousand rows.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # Planning again after each stage is for tables whose sizes are not known beforehand.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    # Each small table joined takes a page of memory, 16 MB unless told: hundreds of them at once would fill the heap.
    "spark.buffer.pageSize": "1m",
}

SPARK_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Date: "date",
    pl.Datetime: "timestamp_ntz",
    pl.Int64: "bigint",
    pl.Float64: "double",
    pl.Boolean: "boolean",
}


@cache
def session() -> SparkSession:
    """One quiet local session, or the one that is already there."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder: Any = SparkSession.builder.master(f"local[{CORES}]").appName("goldenthread")  # PySpark's is not typed
    for name, value in (QUIET | SAME_ANSWERS | MANY_SMALL_PLANS).items():
        builder = builder.config(name, value)
    built: SparkSession = builder.getOrCreate()
    return built


def _scan(path: Path, table: Table) -> Lazy:
    if path.stat().st_size <= HANDED_OVER:
        return _adopt(pl.read_parquet(path, columns=list(table.schema)))
    # Told its columns, Spark does not start a job to find them out: `open_dataset` has checked that they are these.
    columns = ", ".join(f"`{name}` {SPARK_TYPES[type(dtype)]}" for name, dtype in table.schema.items())
    frame: Any = session().read.schema(columns).parquet(str(path))
    opened: Lazy = nw.from_native(frame)
    return opened


def _adopt(frame: pl.DataFrame) -> Lazy:
    made: Any = session().createDataFrame(frame.to_arrow())
    adopted: Lazy = nw.from_native(made.coalesce(1))  # known to be in one place, it needs no shuffling to be joined
    return adopted


def _collect(frames: list[Lazy]) -> list[pl.DataFrame]:
    with ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(_result, frames))


def _result(frame: Lazy) -> pl.DataFrame:
    return pl.DataFrame(frame.to_native().toArrow())


SPARK = Engine("spark", _scan, _adopt, _collect)
