"""The lists and the board are one record: where both count the same children, they are the same children."""

import polars as pl

from goldenthread.indicators import explain
from goldenthread.writers.annex_a import build
from writers.annex_a.authority import AS_AT, authority

ENDED = "Date Ceased to be Looked After"


def counted(indicator: str) -> set[str]:
    rows = explain(authority(8), indicator, AS_AT)
    return set(rows.filter(pl.col("in_numerator"))["child_id"])


def test_list_seven_has_the_children_on_a_plan_that_the_board_counts() -> None:
    table = build(authority(8), AS_AT).tables["List 7"]
    open_plans = table.filter(pl.col("Child Protection Plan End Date").is_null())
    assert set(open_plans["Child Unique ID"]) == counted("EFL2")


def test_list_eight_has_the_looked_after_children_that_the_board_counts_and_those_in_short_breaks() -> None:
    table = build(authority(8), AS_AT).tables["List 8"]
    grown = pl.col("Age of Child (Years)").cast(pl.Int64) >= 18
    breaks = pl.col("Child's Legal Status").str.starts_with("V3") | pl.col("Child's Legal Status").str.starts_with("V4")
    looked_after = table.filter(pl.col(ENDED).is_null() & ~grown & ~breaks.fill_null(False))
    assert set(looked_after["Child Unique ID"]) == counted("EFL1")
