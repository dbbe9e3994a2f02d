"""The rows behind a figure: each thing counted or left out, where it came from, and why."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.catalogue import find
from goldenthread.indicators.clocks import as_asked
from goldenthread.indicators.compute import first_day
from goldenthread.indicators.model import Basis, Indicator
from goldenthread.indicators.rows import written_out

EXPLAIN_SCHEMA: dict[str, pl.DataType] = {
    "child_id": pl.String(),
    "table": pl.String(),
    "row_id": pl.String(),
    "on": pl.Date(),
    "in_denominator": pl.Boolean(),
    "in_numerator": pl.Boolean(),
    "amount": pl.Float64(),
    "weight": pl.Float64(),
    "reason": pl.String(),
}
_THING = ["child_id", "table", "row_id"]


def explain(
    dataset: Dataset, indicator: Indicator | str, on: date, known_on: date | None = None, *, basis: Basis | None = None
) -> pl.DataFrame:
    """One row a thing behind the figure for the period that ends on `on`, in the order of day, child and row.

    `on` is the day it counts (for spans, the day asked); `reason` a sentence. The figure's numerator is the sum of
    `amount` over the rows in the numerator; its denominator that of `weight` over those in the denominator (a rate's
    denominator is the population). Rows in neither were considered and left out. Raises UnknownIndicator for a name
    there is not.
    """
    chosen = find(indicator) if isinstance(indicator, str) else indicator
    seen = as_asked(dataset, [chosen], known_on)
    rows = written_out(chosen.rows(seen))
    period = basis if basis and chosen.flow else chosen.basis
    if chosen.flow is not None:
        start = first_day(period, on)
        inside = rows.filter((nw.col("on") >= nw.lit(start)) & (nw.col("on") <= nw.lit(on)))
        (found,) = seen.collect(inside)
    else:
        (found,) = seen.collect(rows.filter((nw.col("begins") <= nw.lit(on)) & (nw.col("ends") > nw.lit(on))))
        found = _one_row_a_thing(found, on)
    return _finished(found, chosen)


def _one_row_a_thing(spans: pl.DataFrame, on: date) -> pl.DataFrame:
    """The rows of one thing brought together. The numerator's reason stands, then the denominator's."""
    grown = spans.with_columns(pl.col("amount") + pl.col("per_day") * on.toordinal(), on=pl.lit(on))
    counted, weighed = pl.col("in_numerator"), pl.col("in_denominator")
    return grown.group_by(_THING, maintain_order=True).agg(
        pl.col("on").first(),
        weighed.any(),
        counted.any(),
        pl.col("amount").filter(counted).sum(),
        pl.col("weight").filter(weighed).sum(),
        pl.coalesce(_reason(counted), _reason(weighed), pl.col("reason").first()).alias("reason"),
    )


def _reason(of: pl.Expr) -> pl.Expr:
    return pl.col("reason").filter(of).first()


def _finished(found: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    sentences = dict(indicator.reasons)
    codes = found["reason"].unique().to_list()
    if undeclared := sorted(code for code in codes if code not in sentences):
        raise KeyError(f"Indicator {indicator.key} gives reasons it has no sentence for: {', '.join(undeclared)}")
    sums = (
        pl.when("in_numerator").then("amount").otherwise(0.0).alias("amount"),
        pl.when("in_denominator").then("weight").otherwise(0.0).alias("weight"),
    )
    return (
        found.with_columns(*sums, pl.col("reason").replace_strict(sentences, return_dtype=pl.String()))
        .select(pl.col(name).cast(dtype) for name, dtype in EXPLAIN_SCHEMA.items())
        .sort("on", *(name for name in EXPLAIN_SCHEMA if name != "on"), nulls_last=True)
    )
