"""Date arithmetic of the rows, and spans of days, against plain Python."""

from datetime import date, timedelta

import narwhals as nw
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dates import anniversary, plus_months
from goldenthread.indicators.rows import day_number, plus_years
from goldenthread.indicators.timelines import at_least, latest, within

DAYS = st.dates(date(1901, 1, 1), date(2079, 12, 31))
FIRST = date(2019, 1, 1)
SPANS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.integers(1, 15)), max_size=12)


def column(days: list[date], made: nw.Expr) -> list[object]:
    frame = nw.from_native(pl.LazyFrame({"day": days}, schema={"day": pl.Date})).select(made.alias("made"))
    return list(frame.to_native().collect()["made"])


@given(st.lists(DAYS, min_size=1), st.integers(0, 20))
def test_years_added_are_those_of_the_calendar(days: list[date], years: int) -> None:
    assert column(days, plus_years(nw.col("day"), years, rolls=True)) == [anniversary(day, years) for day in days]
    assert column(days, plus_years(nw.col("day"), years, rolls=False)) == [plus_months(day, 12 * years) for day in days]


@given(st.lists(DAYS, min_size=1))
def test_day_number_is_the_ordinal(days: list[date]) -> None:
    assert column(days, day_number(nw.col("day"))) == [day.toordinal() for day in days]


def spans(rows: list[tuple[str, int, int]]) -> nw.LazyFrame[pl.LazyFrame]:
    made = [(child, FIRST + timedelta(start), FIRST + timedelta(start + length)) for child, start, length in rows]
    schema = {"child_id": pl.String, "begins": pl.Date, "ends": pl.Date}
    return nw.from_native(pl.LazyFrame(made, schema=schema, orient="row").with_row_index("order"))


def days_of(frame: nw.LazyFrame[pl.LazyFrame]) -> list[tuple[str, int]]:
    """Every child and day covered, once for each span that covers it."""
    rows = frame.to_native().select("child_id", "begins", "ends").collect().iter_rows()
    return sorted((child, n) for child, first, end in rows for n in range((first - FIRST).days, (end - FIRST).days))


@settings(deadline=None)
@given(SPANS, st.integers(1, 3))
def test_at_least_covers_the_days_on_which_so_many_ran_and_each_once(
    rows: list[tuple[str, int, int]], number: int
) -> None:
    running: dict[tuple[str, int], int] = {}
    for child, start, length in rows:
        for day in range(start, start + length):
            running[child, day] = running.get((child, day), 0) + 1
    assert days_of(at_least(number, spans(rows))) == sorted(day for day, count in running.items() if count >= number)


@settings(deadline=None)
@given(SPANS, SPANS)
def test_within_covers_the_days_of_both(things: list[tuple[str, int, int]], pieces: list[tuple[str, int, int]]) -> None:
    cut = within(at_least(1, spans(things)), at_least(1, spans(pieces)))
    both = set(days_of(spans(things))) & set(days_of(spans(pieces)))
    assert days_of(cut) == sorted(both)


@settings(deadline=None)
@given(SPANS)
def test_latest_never_covers_a_day_twice_and_ends_where_the_next_begins(rows: list[tuple[str, int, int]]) -> None:
    found = days_of(latest(spans(rows), "order"))
    assert len(found) == len(set(found))
    assert set(found) <= set(days_of(spans(rows)))
