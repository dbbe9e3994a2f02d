"""Each published figure beside the same figure worked out from the published counts."""

from __future__ import annotations

import functools
import operator
from pathlib import Path

import narwhals as nw
import polars as pl

from goldenthread.indicators.published.measure import LOCAL_AUTHORITY, POPULATION, Measure, Where, Within
from goldenthread.indicators.published.reading import (
    KEY,
    PublishedFileError,
    hundredths,
    population_before,
    require,
)
from goldenthread.indicators.rounding import scaled_ratio_column

MATCHED = "matched"
WITHIN_ROUNDING = "within rounding"
KNOWN = "known exception"
INCOMPLETE = "area incomplete"
DIFFERENT = "different"
NOT_COMPARABLE = "not comparable"


def recompute(measure: Measure, path: Path, published: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """The measure worked out for every area and year of its file.

    ``published`` is the file as ``read_published`` gives it. Returns [row, time_period, level, area, name, numerator,
    denominator (hundredths), printed (text as published, missing when published elsewhere), incomplete, recomputed,
    low, high], the last three whole numbers in units of the last decimal place; low and high are how far the figure
    could move within the rounding of its counts. ``incomplete`` is true of an area with an authority whose count is
    missing: the publisher leaves that authority out of the rate but not out of the area's other count.
    """
    part = _counts(measure, path, published, measure.where, measure.numerator)
    printed = pl.col(measure.published) if measure.published else pl.lit(None, dtype=pl.String)
    part = part.select(
        "row", *KEY, "name", "region_code", _total(measure.numerator).alias("numerator"), printed.alias("printed")
    )
    whole = _denominator(measure, path, published, folder)
    both = part.join(whole, on=list(KEY), how="left", validate="1:1").sort("row")
    both = both.with_columns(pl.col("denominator") * _times(measure)).pipe(_with_incomplete)
    return _figures(both, measure).drop("region_code")


def _with_incomplete(frame: pl.DataFrame) -> pl.DataFrame:
    missing = pl.col("numerator").is_null() | pl.col("denominator").is_null()
    gaps = frame.filter((pl.col("level") == LOCAL_AUTHORITY) & missing)
    region = pl.col("region_code")
    # Authorities are listed under Inner and Outer London, which London as a whole takes in.
    london = gaps.filter(region.str.starts_with("E13")).with_columns(pl.lit("E12000007").alias("region_code"))
    england = gaps.with_columns(pl.lit("E92000001").alias("region_code"))
    areas = pl.concat([gaps, london, england]).select("time_period", pl.col("region_code").alias("area")).unique()
    areas = areas.with_columns(pl.lit(True).alias("incomplete"))
    return frame.join(areas, on=["time_period", "area"], how="left").with_columns(pl.col("incomplete").fill_null(False))


def _times(measure: Measure) -> pl.Expr:
    return pl.col("time_period").replace_strict(
        dict(measure.denominator_times_in), default=measure.denominator_times, return_dtype=pl.Int64
    )


def _denominator(measure: Measure, path: Path, published: pl.DataFrame, folder: Path) -> pl.DataFrame:
    if measure.denominator == POPULATION:
        population = population_before(folder)
        if population is None:
            raise PublishedFileError(f"{folder}: no mid-year population file, so {measure.id} cannot be worked out.")
        return population
    columns = tuple(measure.denominator)
    counts = _counts(measure, path, published, measure.total_where, columns)
    return counts.select(*KEY, _total(columns).alias("denominator"))


def _counts(
    measure: Measure, path: Path, published: pl.DataFrame, where: Where, columns: tuple[str, ...]
) -> pl.DataFrame:
    """The rows of the file that the filter picks, their counts in hundredths."""
    filters = tuple(column for column, _ in where)
    require(path, published, (*filters, *((measure.published,) if measure.published else ())))
    picked = published.filter(pl.lit(True), *(pl.col(column) == value for column, value in where))
    if picked.is_empty():
        wanted = ", ".join(f"{column} = '{value}'" for column, value in where)
        raise PublishedFileError(f"{path.name}: no row with {wanted or 'anything'}, wanted by {measure.id}.")
    return hundredths(path, picked, columns)


def _total(columns: tuple[str, ...]) -> pl.Expr:
    """The sum of columns, missing when any is missing: a suppressed part is not nought."""
    return functools.reduce(operator.add, (pl.col(column) for column in columns))


def _figures(frame: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    numerator_off = _off(measure.within) * len(measure.numerator)
    denominator_off = _denominator_off(measure)
    both = frame.with_columns(numerator_off.alias("n_off"), denominator_off.alias("d_off"))
    both = both.with_columns(
        low_n=pl.max_horizontal(pl.col("numerator") - pl.col("n_off"), 0),
        low_d=pl.col("denominator") + pl.col("d_off"),
        high_n=pl.col("numerator") + pl.col("n_off"),
        high_d=pl.max_horizontal(pl.col("denominator") - pl.col("d_off"), 1),
    )
    return (
        nw.from_native(both)
        .with_columns(
            _scaled(measure, "numerator", "denominator").alias("recomputed"),
            _scaled(measure, "low_n", "low_d").alias("low"),
            _scaled(measure, "high_n", "high_d").alias("high"),
        )
        .to_native()
        .drop("n_off", "d_off", "low_n", "low_d", "high_n", "high_d")
    )


def _scaled(measure: Measure, numerator: str, denominator: str) -> nw.Expr:
    return scaled_ratio_column(
        nw.col(numerator), nw.col(denominator), multiplier=measure.multiplier, places=measure.places
    )


def _off(within: Within) -> pl.Expr:
    return (
        pl.when(pl.col("level") == LOCAL_AUTHORITY)
        .then(pl.lit(within.authority, dtype=pl.Int64))
        .otherwise(pl.lit(within.larger, dtype=pl.Int64))
    )


def _denominator_off(measure: Measure) -> pl.Expr:
    """How far the denominator moves against the numerator. One count in both moves both, so it is counted once."""
    if measure.denominator == POPULATION:
        return pl.lit(0, dtype=pl.Int64)
    off = _off(measure.denominator_within or measure.within) * measure.denominator_times
    shared = len(set(measure.numerator) & set(measure.denominator)) if not measure.out_of else 0
    return off * (len(measure.denominator) - 2 * shared)
