"""Neighbours and running totals: the sorted way and the windowed way give one answer."""

from datetime import date, timedelta

import narwhals as nw
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.indicators.ordering import _by_window, in_order

ROWS = st.lists(
    st.tuples(st.none() | st.sampled_from("ab"), st.none() | st.integers(-20_000, 30_000), st.integers(-3, 3)),
    max_size=12,
)


@settings(deadline=None)
@given(ROWS)
def test_sorting_and_windows_agree(rows: list[tuple[str | None, int | None, int]]) -> None:
    made = [(owner, day and date(1970, 1, 1) + timedelta(day), n, place) for place, (owner, day, n) in enumerate(rows)]
    schema = {"owner": pl.String, "day": pl.Date, "number": pl.Int64, "place": pl.Int64}
    frame = nw.from_native(pl.LazyFrame(made, schema=schema, orient="row"))
    asked = ({"was": "day"}, {"next": "day"}, {"sum": "number"}, {"latest": "day"})
    sorted_way = in_order(
        frame, ("owner",), ("place",), before=asked[0], after=asked[1], running_sum=asked[2], latest_so_far=asked[3]
    )
    windowed = _by_window(frame, ("owner",), ("place",), *asked)
    names = ["owner", "place", "was", "next", "sum", "latest"]
    assert (
        sorted_way.to_native()
        .select(names)
        .sort("place")
        .collect()
        .equals(windowed.to_native().select(names).sort("place").collect())
    )


@settings(deadline=None)
@given(ROWS)
def test_latest_so_far_is_the_greatest_known_day_of_the_owner(rows: list[tuple[str | None, int | None, int]]) -> None:
    days = [None if day is None else date(1970, 1, 1) + timedelta(day) for _, day, _ in rows]
    frame = pl.LazyFrame(
        {"owner": [owner for owner, _, _ in rows], "day": days, "place": range(len(rows))},
        schema={"owner": pl.String, "day": pl.Date, "place": pl.Int64},
    )
    found = in_order(nw.from_native(frame), ("owner",), ("place",), latest_so_far={"latest": "day"})
    latest = dict(found.to_native().select("place", "latest").collect().iter_rows())
    for place, (owner, _, _) in enumerate(rows):
        known = [d for d, (other, _, _) in zip(days[: place + 1], rows, strict=False) if other == owner and d]
        assert latest[place] == (max(known) if known else None)
