"""Rounding half up, as the Department for Education rounds, with no float between the counts and the figure.

Python's own ``round`` and most database engines round half to even, or round a binary fraction that is already a
little off: 29 of 200 is 14.5 per cent, which they may show as 14. Published percentages go up (15). Everything here
therefore starts from whole-number counts and works in whole numbers until the last division by a power of ten,
which gives the nearest float to the exact decimal. The scalar and the column forms share one formula:

    floor((2 x numerator x multiplier x 10^places + denominator) / (2 x denominator)) / 10^places

A figure of nothing (a denominator of zero) and a figure with a missing part are missing, never nought.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import narwhals as nw

PER_CENT = 100
PER_10_000 = 10_000

# PySpark's floor division goes through a double. For whole numbers below 2^53 that is still exact: a quotient that
# is not whole lies at least 1/divisor from the next whole number, further than a double's rounding can carry it.
LARGEST_EXACT = 2**53


def half_up(value: Decimal | int, places: int = 0) -> Decimal:
    """The value at so many decimal places, halves away from zero. Takes no float, so that none can be off."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def scaled_ratio(numerator: int, denominator: int, *, multiplier: int = 1, places: int = 0) -> int | None:
    """``numerator / denominator x multiplier`` rounded half up, in units of the last decimal place.

    145 of 1,000 as a percentage to one place is 145 (tenths of a per cent). None when the denominator is zero.
    Raises ValueError for a negative count, which no count of children can be.
    """
    if numerator < 0 or denominator < 0:
        raise ValueError(
            f"A count cannot be negative: {numerator} of {denominator}. Check the rows behind this figure."
        )
    if denominator == 0:
        return None
    scale = multiplier * int(10**places)
    return (2 * numerator * scale + denominator) // (2 * denominator)


def ratio(numerator: int | None, denominator: int | None, *, multiplier: int = 1, places: int = 1) -> float | None:
    """``numerator / denominator x multiplier`` rounded half up; None when a part is missing or of nothing."""
    if numerator is None or denominator is None:
        return None
    scaled = scaled_ratio(numerator, denominator, multiplier=multiplier, places=places)
    return None if scaled is None else scaled / int(10**places)


def percentage(numerator: int | None, denominator: int | None, places: int = 1) -> float | None:
    """What per cent the numerator is of the denominator, half up: ``percentage(29, 200, 0)`` is 15.0."""
    return ratio(numerator, denominator, multiplier=PER_CENT, places=places)


def rate_per_10000(numerator: int | None, population: int | None, places: int = 1) -> float | None:
    """The rate per 10,000 of a population, half up. Children's rates use the population aged 0 to 17."""
    return ratio(numerator, population, multiplier=PER_10_000, places=places)


def ratio_column(numerator: nw.Expr, denominator: nw.Expr, *, multiplier: int = 1, places: int = 1) -> nw.Expr:
    """The column form of ``ratio``, the same on Polars, DuckDB and PySpark. Both columns hold whole numbers.

    Missing where either is missing, where the denominator is not above zero, or where the numerator is negative
    (a column cannot raise for one row). Exact while ``2 x numerator x multiplier x 10^places + denominator`` stays
    below ``LARGEST_EXACT``: for percentages to one place, counts to four million million.
    """
    scaled = scaled_ratio_column(numerator, denominator, multiplier=multiplier, places=places)
    # Divided by a column, not by a constant: Polars multiplies by the reciprocal of a constant, and 3 x 0.1 is not 0.3.
    tens = denominator.cast(nw.Int64()) * 0 + int(10**places)
    return scaled / tens


def scaled_ratio_column(numerator: nw.Expr, denominator: nw.Expr, *, multiplier: int = 1, places: int = 0) -> nw.Expr:
    """The column form of ``scaled_ratio``: whole numbers, in units of the last decimal place."""
    n = numerator.cast(nw.Int64())
    d = denominator.cast(nw.Int64())
    doubled = n * (2 * multiplier * int(10**places)) + d
    return nw.when((d > 0) & (n >= 0)).then(doubled // (d * 2)).cast(nw.Int64())


def percentage_column(numerator: nw.Expr, denominator: nw.Expr, places: int = 1) -> nw.Expr:
    """The column form of ``percentage``."""
    return ratio_column(numerator, denominator, multiplier=PER_CENT, places=places)


def rate_per_10000_column(numerator: nw.Expr, population: nw.Expr, places: int = 1) -> nw.Expr:
    """The column form of ``rate_per_10000``."""
    return ratio_column(numerator, population, multiplier=PER_10_000, places=places)
