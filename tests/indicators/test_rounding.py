"""Half up: the scalar against exact decimals, the column against the scalar."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.indicators.rounding import (
    half_up,
    percentage,
    percentage_column,
    rate_per_10000,
    ratio,
    ratio_column,
    scaled_ratio,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

counts = st.integers(min_value=0, max_value=20_000_000)
divisors = st.integers(min_value=1, max_value=20_000_000)
places_of = st.integers(min_value=0, max_value=2)
multipliers = st.sampled_from([1, 100, 10_000])


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "expected"),
    [
        (29, 200, 0, 15.0),  # 14.5: half to even gives 14
        (1, 8, 1, 12.5),
        (1, 16, 1, 6.3),  # 6.25: half to even gives 6.2
        (145, 1000, 0, 15.0),
        (0, 7, 1, 0.0),
        (7, 7, 1, 100.0),
        (2, 3, 1, 66.7),
        (100, 225, 1, 44.4),
    ],
)
def test_percentages_round_half_up(numerator: int, denominator: int, places: int, expected: float) -> None:
    assert percentage(numerator, denominator, places) == expected


def test_a_percentage_of_nothing_is_missing() -> None:
    assert percentage(0, 0) is None


def test_a_missing_count_gives_a_missing_figure() -> None:
    assert percentage(None, 10) is None
    assert rate_per_10000(3, None) is None


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        percentage(-1, 10)


def test_a_rate_is_per_ten_thousand() -> None:
    assert rate_per_10000(126, 34_758) == 36.3
    assert rate_per_10000(240, 34_758, 0) == 69.0


def test_half_up_of_a_decimal_goes_away_from_zero() -> None:
    assert half_up(Decimal("14.5")) == Decimal("15")
    assert half_up(Decimal("-0.25"), 1) == Decimal("-0.3")


def exact(numerator: int, denominator: int, multiplier: int, places: int) -> float:
    with localcontext() as context:
        context.prec = 60
        value = Decimal(numerator) * multiplier / Decimal(denominator)
        return float(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


@given(counts, divisors, multipliers, places_of)
def test_the_scalar_equals_an_exact_decimal_rounded_half_up(
    numerator: int, denominator: int, multiplier: int, places: int
) -> None:
    found = ratio(numerator, denominator, multiplier=multiplier, places=places)
    assert found == exact(numerator, denominator, multiplier, places)


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=10_000), places_of)
def test_an_exact_half_always_goes_up(whole: int, denominator: int, places: int) -> None:
    # (2w + 1) / 2 in units of the last place, made from any denominator
    numerator = (2 * whole + 1) * denominator
    assert scaled_ratio(numerator, 2 * denominator * 10**places, places=places) == whole + 1


pairs = st.lists(
    st.tuples(st.none() | counts, st.none() | st.integers(min_value=0, max_value=20_000_000)),
    min_size=1,
    max_size=30,
)


@given(pairs, multipliers, places_of)
def test_the_column_equals_the_scalar(rows: list[tuple[int | None, int | None]], multiplier: int, places: int) -> None:
    frame = pl.LazyFrame(rows, schema={"n": pl.Int64, "d": pl.Int64}, orient="row")
    figure = ratio_column(nw.col("n"), nw.col("d"), multiplier=multiplier, places=places)
    found = nw.from_native(frame).select(figure.alias("figure")).to_native().collect()
    assert found["figure"].to_list() == [ratio(n, d, multiplier=multiplier, places=places) for n, d in rows]


@pytest.fixture
def spark() -> SparkSession:
    pytest.importorskip("pyspark.sql")
    from goldenthread.dataset.spark import session

    return session()


@pytest.mark.spark
def test_the_column_is_the_same_on_spark(spark: SparkSession) -> None:
    rows = [(n, d) for d in (0, 1, 3, 7, 8, 16, 200, 34_758, 12_183_016) for n in (0, 1, 5, 29, 145, d, d + 1)]
    frame = spark.createDataFrame(rows, "n bigint, d bigint")
    figure = percentage_column(nw.col("n"), nw.col("d"), 1).alias("figure")
    found = nw.from_native(frame).with_columns(figure).to_native().collect()
    assert {(row.n, row.d): row.figure for row in found} == {(n, d): percentage(n, d, 1) for n, d in rows}
