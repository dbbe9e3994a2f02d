"""The calendar as small tables, handed to whichever engine a frame belongs to."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import narwhals as nw
import polars as pl

from goldenthread.dates.calendar import FIRST_DAY, LAST_DAY, bank_holidays

Frame: TypeAlias = nw.LazyFrame[Any]  # the native frame differs by engine, and nothing here looks inside it

FRIDAY = 5  # as Polars numbers the days of a week
FIRST_SPARK_WITH_ARROW = 4  # takes Arrow tables as they are; before it, rows
FIRST_YEAR, LAST_YEAR = 1900, 2200  # far enough for births long ago and for records kept a hundred years


@lru_cache(maxsize=1)
def working_day_calendar() -> pl.DataFrame:
    """Every day from 1 January 1990 to 31 December 2035.

    Columns: day (Date); working_day (Boolean); number (Int32), which working day it is, counted from the start of the
    calendar, a day off having the number of the working day before it; next_working_day (Date), itself if it is one;
    bank_holiday (String), the holiday's name or null.
    """
    days = pl.date_range(FIRST_DAY, LAST_DAY, eager=True).alias("day")
    names = pl.DataFrame(
        {"day": list(bank_holidays()), "bank_holiday": list(bank_holidays().values())},
        schema={"day": pl.Date, "bank_holiday": pl.String},
    )
    working = (pl.col("day").dt.weekday() <= FRIDAY) & pl.col("bank_holiday").is_null()
    return (
        days.to_frame()
        .join(names, on="day", how="left", maintain_order="left")
        .with_columns(working_day=working)
        .with_columns(
            number=pl.col("working_day").cum_sum().cast(pl.Int32),
            next_working_day=pl.when("working_day").then("day").fill_null(strategy="backward"),
        )
        .select("day", "working_day", "number", "next_working_day", "bank_holiday")
    )


@lru_cache(maxsize=1)
def numbered_working_days() -> pl.DataFrame:
    """The working days alone. Columns: number (Int32), working_day (Date)."""
    working = working_day_calendar().filter("working_day")
    return working.select("number", pl.col("day").alias("working_day"))


@lru_cache(maxsize=1)
def month_table() -> pl.DataFrame:
    """Every month of 1900 to 2200. Columns: month (Int32), year * 12 + month - 1; first_day (Date); days (Int32)."""
    months = [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]
    return pl.DataFrame(
        {
            "month": [year * 12 + month - 1 for year, month in months],
            "first_day": [date(year, month, 1) for year, month in months],
            "days": [monthrange(year, month)[1] for year, month in months],
        },
        schema={"month": pl.Int32, "first_day": pl.Date, "days": pl.Int32},
    )


def beside(frame: Frame, table: pl.DataFrame) -> Frame:
    """A small Polars table in the engine of `frame`, ready to be joined to it.

    Raises TypeError for an engine we do not carry tables to.
    """
    native = nw.to_native(frame)
    if isinstance(native, pl.LazyFrame):
        return nw.from_native(table.lazy())
    if hasattr(native, "sparkSession"):
        beside_it: Frame = nw.from_native(_in_spark(native.sparkSession, table))
        return beside_it
    raise TypeError(f"No calendar can be put beside a {type(native).__name__}: use Polars (lazy) or PySpark")


def _in_spark(session: Any, table: pl.DataFrame) -> Any:  # PySpark is optional and untyped
    if int(session.version.split(".")[0]) >= FIRST_SPARK_WITH_ARROW:
        return session.createDataFrame(table.to_arrow(compat_level=pl.CompatLevel.oldest()))
    kinds = {pl.Date: "date", pl.Int32: "int", pl.Boolean: "boolean", pl.String: "string"}
    schema = ", ".join(f"`{name}` {kinds[type(dtype)]}" for name, dtype in table.schema.items())
    return session.createDataFrame(table.rows(), schema)
