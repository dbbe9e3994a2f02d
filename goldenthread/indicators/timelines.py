"""Arithmetic on spans of days: overlap, "at least so many at once", "the latest until the next".

A span frame has `begins` (its first day) and `ends` (the first day after it). `things` are spans with a `child_id`, a
`table` and a `row_id`; `pieces` are spans of a child by which things are cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import beside, with_due, with_plus_months
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import earlier, later, plus_days, plus_years, true
from goldenthread.indicators.shared import shared
from goldenthread.statute.model import Limit

APRIL = 4
MONTHS_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1985, 2100  # no record of a child with a file open today is older

BEGINS, ENDS = nw.col("begins"), nw.col("ends")


def within(things: Lazy, pieces: Lazy, *, on: str | list[str] = "child_id") -> Lazy:
    """The parts of `things` that fall inside `pieces` of the same child, with the pieces' other columns.

    Pieces of one child that overlap one another give overlapping parts; take `at_least(1, pieces)` first.
    """
    cut = pieces.rename({"begins": "piece_begins", "ends": "piece_ends"})
    joined = things.join(cut, on=on, how="inner")
    begins, ends = nw.col("piece_begins"), nw.col("piece_ends")
    return (
        joined.with_columns(
            nw.when(begins > BEGINS).then(begins).otherwise(BEGINS).alias("begins"),
            nw.when(ends < ENDS).then(ends).otherwise(ENDS).alias("ends"),
        )
        .filter(BEGINS < ENDS)
        .drop("piece_begins", "piece_ends")
    )


def at_least(number: int, pieces: Lazy, by: Sequence[str] = ("child_id",)) -> Lazy:
    """Spans, none overlapping another, on whose every day at least `number` of the pieces of one `by` were running."""
    changes = nw.concat(
        [
            pieces.select(*by, BEGINS.alias("begins"), nw.lit(1).alias("change")),
            pieces.select(*by, ENDS.alias("begins"), nw.lit(-1).alias("change")),
        ],
        how="vertical",
    )
    # One row a day, so that the running total and the next day cannot take rows of one day in different orders.
    daily = changes.group_by(*by, "begins").agg(nw.col("change").sum())
    running = in_order(daily, by, ("begins",), running_sum={"running": "change"}, after={"ends": "begins"})
    return running.filter(true(nw.col("running") >= number) & ~ENDS.is_null()).select(*by, "begins", "ends")


def latest(pieces: Lazy, *tie: str, by: Sequence[str] = ("child_id",)) -> Lazy:
    """Each piece cut short where the next of the same `by` begins; of those that begin together, the last by `tie`."""
    made = in_order(pieces, by, ("begins", *tie), after={"following": "begins"})
    return made.with_columns(earlier(nw.col("following"), ENDS).alias("ends")).filter(BEGINS < ENDS).drop("following")


def with_limit(frame: Lazy, trigger: str, limit: Limit, out: str) -> Lazy:
    """The frame with `out`, the last day (or moment, for hours) that the limit of the statute book allows.

    Raises ValueError for a limit without a number.
    """
    if limit.number is None:
        raise ValueError(f"A limit of {limit} gives no day")
    return with_due(frame, trigger, limit.number, limit.unit, limit.counting, out)


def lasting_months(frame: Lazy, day: str, months: int) -> Lazy:
    """Events as pieces: from the day each happened until the same day so many months on.

    On any day inside, the event happened "in the last so many months"; on the corresponding day it no longer has.
    """
    dated = frame.with_columns(nw.col(day).alias("begins")).filter(~BEGINS.is_null())
    return _plus_months(dated, months, "ends")


def _plus_months(frame: Lazy, months: int, out: str) -> Lazy:
    if months % MONTHS_A_YEAR == 0:
        return frame.with_columns(plus_years(BEGINS, months // MONTHS_A_YEAR, rolls=False).alias(out))
    return with_plus_months(frame, "begins", months, out)


def from_month(things: Lazy, months: int, *, less_a_day: bool = False) -> Lazy:
    """Things that have lasted so many months. `less_a_day` counts both ends, as the SSDA903 return does for a year."""
    reached = _plus_months(things, months, "reached")
    day = plus_days(nw.col("reached"), -1) if less_a_day else nw.col("reached")
    return reached.with_columns(day.alias("begins")).filter(BEGINS < ENDS).drop("reached")


@shared
def birthdays(dataset: Dataset, age: int, out: str) -> Lazy:
    """Of those who are or were in care, `child_id` and the day (`out`) that age is reached; a 29 February birth reaches
    it on 1 March of a common year."""
    return _born_in_care(dataset).select("child_id", plus_years(nw.col("born_on"), age, rolls=True).alias(out))


@shared
def aged(dataset: Dataset, first: int, last: int, *, everyone: bool = False) -> Lazy:
    """Pieces during which a person is at least `first` and at most `last` years old. Unknown births give none.

    Of those who are or were in care; of all people if `everyone`.
    """
    born = nw.col("born_on")
    begins, ends = plus_years(born, first, rolls=True), plus_years(born, last + 1, rolls=True)
    people = _born(dataset) if everyone else _born_in_care(dataset)
    return people.select("child_id", begins.alias("begins"), ends.alias("ends"))


@shared
def _born(dataset: Dataset) -> Lazy:
    people = dataset.lazy("people").select(nw.col("person_id").alias("child_id"), "born_on")
    return people.filter(~nw.col("born_on").is_null())


@shared
def _born_in_care(dataset: Dataset) -> Lazy:
    """Those who are or were looked after or care leavers: few of the people held, and all that most indicators ask."""
    ever = [dataset.lazy(table).select("child_id") for table in ("care_periods", "care_leavers")]
    return _born(dataset).join(nw.concat(ever, how="vertical"), on="child_id", how="semi")


def until(things: Lazy, days: Lazy, day: str) -> Lazy:
    """Things cut short at a day of their child (`child_id` and `day`); as they were where there is none."""
    joined = things.join(days, on="child_id", how="left")
    return joined.with_columns(earlier(nw.col(day), ENDS).alias("ends")).filter(BEGINS < ENDS).drop(day)


def to_year_end(frame: Lazy, day: str) -> Lazy:
    """The frame with `begins`, the day, and `ends`, the 1 April that follows it.

    A figure of the year to date then counts each row from its day until the year is over.
    """
    started = nw.col(day).dt.year() - nw.when(nw.col(day).dt.month() < APRIL).then(nw.lit(1)).otherwise(nw.lit(0))
    years = beside(frame, _financial_years().select("year", "ends"))
    return (
        frame.with_columns(nw.col(day).alias("begins"), started.cast(nw.Int32).alias("year"))
        .join(years, on="year", how="inner")
        .drop("year")
    )


def by_year(pieces: Lazy, last: date) -> Lazy:
    """Each piece once for every financial year it touches, to the one after `last`: from its first day in that year to
    the year's end."""
    known = _financial_years().filter(pl.col("year") <= last.year + 1)
    years = beside(pieces, known.rename({"begins": "year_begins", "ends": "year_ends"}).drop("year"))
    touched = pieces.join(years, how="cross").filter((nw.col("year_ends") > BEGINS) & (nw.col("year_begins") < ENDS))
    return touched.with_columns(
        later(nw.col("year_begins"), BEGINS).alias("begins"), nw.col("year_ends").alias("ends")
    ).drop("year_begins", "year_ends")


@lru_cache(maxsize=1)
def _financial_years() -> pl.DataFrame:
    """Columns: year (Int32, the year it starts in), begins and ends (Date; 1 April, and the next)."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return pl.DataFrame(
        {"year": years, "begins": [date(y, APRIL, 1) for y in years], "ends": [date(y + 1, APRIL, 1) for y in years]},
        schema={"year": pl.Int32, "begins": pl.Date, "ends": pl.Date},
    )
