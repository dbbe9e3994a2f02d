"""The Spark engine: the same Narwhals expressions in a local Spark session. Needs `goldenthread[spark]` and Java."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from pyspark.sql import SparkSession

from goldenthread.dataset.engines import Engine, Lazy
from goldenthread.dataset.schema import Table


@cache
def session() -> SparkSession:
    """One quiet local session, with clock times that carry no zone so that none is ever shifted."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    built: SparkSession = (
        SparkSession.builder.master("local[2]")
        .appName("goldenthread")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    return built


def _scan(path: Path, table: Table) -> Lazy:
    frame: Any = session().read.parquet(str(path)).select(*table.schema)
    opened: Lazy = nw.from_native(frame)
    return opened


def _adopt(frame: pl.DataFrame) -> Lazy:
    made: Any = session().createDataFrame(frame.to_arrow())
    adopted: Lazy = nw.from_native(made)
    return adopted


def _collect(frames: list[Lazy]) -> list[pl.DataFrame]:
    return [pl.DataFrame(frame.to_native().toArrow()) for frame in frames]


SPARK = Engine("spark", _scan, _adopt, _collect)
