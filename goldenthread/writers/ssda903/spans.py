"""Spans of time in the year: cut off at its last day, and one span inside another."""

from __future__ import annotations

from datetime import date

import polars as pl

from goldenthread.writers.ssda903.cells import true
from goldenthread.writers.ssda903.year import CollectionYear

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of short-term breaks, which most of the return leaves out."""
LATEST = date(9999, 12, 31)


def cut_off(frame: pl.LazyFrame, last: date, *with_end: str) -> pl.LazyFrame:
    """`frame` as it stood on the last day: where `ended_on` is later it is blank, and so is each column `with_end`."""
    after = true(pl.col("ended_on") > last)
    return frame.with_columns(pl.when(~after).then(pl.col(name)).alias(name) for name in (*with_end, "ended_on"))


def during(frame: pl.LazyFrame, spans: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """The rows of `frame` that begin in one of the child's `spans`, or run on into one. `key` names a row.

    Both have the child's `number`, `started_on` and `ended_on`. What ended on the day a span began ran into none.
    """
    within = spans.select("number", _from="started_on", _to=pl.col("ended_on").fill_null(LATEST))
    starts = pl.col("started_on")
    runs_into = (starts >= pl.col("_from")) | (pl.col("ended_on").fill_null(LATEST) > pl.col("_from"))
    inside = frame.join(within, on="number").filter((starts <= pl.col("_to")) & runs_into)
    return frame.join(inside.select(key).unique(), on=key, how="semi")


def short_break() -> pl.Expr:
    """Whether an episode is known to be one of short-term breaks."""
    return true(pl.col("legal_status").is_in(list(SHORT_BREAKS)))


def looked_after_all_year(episodes: pl.LazyFrame, year: CollectionYear) -> pl.LazyFrame:
    """The children looked after without a break from 1 April until the last day, and still then: their `number`.

    Nobody is who had a short-term break in the year, began again (RNE S) after 1 April, or stopped (REC other than X1)
    in it: the DfE's own reading of twelve months (validation rules, "continuously looked after").
    """
    starts, ended = pl.col("started_on"), pl.col("ended_on")
    same_child = pl.col("number") == pl.col("number").shift(1)
    broken = (
        short_break()
        | true((pl.col("start_reason") == "S") & (starts > year.first))
        | true((pl.col("end_reason") != "X1") & (ended > year.first))
        | true(same_child & (starts > ended.shift(1).dt.offset_by("1d")))
    )
    whole = (starts.min() <= year.first) & ended.is_null().any() & ~pl.col("broken").any()
    ordered = episodes.sort("number", "started_on", "ended_on", nulls_last=True).with_columns(broken.alias("broken"))
    return ordered.group_by("number").agg(whole.alias("whole")).filter("whole").drop("whole")
