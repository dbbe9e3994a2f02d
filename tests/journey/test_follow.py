"""What came next, and what was the last before: two ways of finding out that must agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from goldenthread.journey.follow import by_window, following, preceding

SCHEMA = {"who": pl.String, "on": pl.Date, "row": pl.String}
DAY = date(2024, 1, 1)

rows = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", None]),
        st.integers(0, 6).map(lambda n: DAY + timedelta(n)),
        st.text("xyz", max_size=2),
    ),
    max_size=8,
)


def frame(drawn: list[tuple[str | None, date, str]]) -> pl.LazyFrame:
    return pl.LazyFrame(drawn, schema=SCHEMA, orient="row").with_row_index("number")


@pytest.mark.parametrize("direction", ["forward", "backward"])
@settings(max_examples=60, deadline=None)
@given(left=rows, right=rows)
def test_join_and_window_agree(
    direction: Literal["forward", "backward"],
    left: list[tuple[str | None, date, str]],
    right: list[tuple[str | None, date, str]],
) -> None:
    ours = nw.from_native(frame(left).drop("row"))
    theirs = nw.from_native(frame(sorted(set(right), key=str)).drop("number").rename({"on": "then"}))
    ask = following if direction == "forward" else preceding
    joined = ask(ours, theirs, by=["who"], left_on="on", right_on="then", tie=["row"])
    windowed = by_window(
        ours,
        theirs.filter(~nw.col("who").is_null()),
        by=["who"],
        left_on="on",
        right_on="then",
        tie=["row"],
        direction=direction,
    )
    columns = ["number", "who", "on", "then", "row"]
    results = [
        pl.DataFrame(nw.to_native(one.select(columns).collect("polars"))).sort("number") for one in (joined, windowed)
    ]
    assert_frame_equal(*results)


def test_the_same_day_counts_as_following() -> None:
    one = nw.from_native(frame([("a", DAY, "")]).drop("row"))
    other = nw.from_native(frame([("a", DAY, "p")]).drop("number").rename({"on": "then"}))
    found = following(one, other, by=["who"], left_on="on", right_on="then", tie=["row"]).collect("polars")
    assert found["row"].to_list() == ["p"]
