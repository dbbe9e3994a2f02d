"""Which indicators a dataset can answer, and what it lacks for the others: an absent table is not a nought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.model import Indicator


def why_not(dataset: Dataset, indicators: Iterable[Indicator]) -> dict[str, str]:
    """By key, for each indicator the dataset cannot answer, a sentence that names what is empty."""
    wanted = tuple(indicators)
    plans = filled_plans(dataset, wanted)
    found = filled(dict(zip(plans, dataset.collect(*plans.values()), strict=True)))
    return {each.key: why for each in wanted if (why := lacking(dataset, each, found))}


def filled_plans(dataset: Dataset, indicators: Iterable[Indicator]) -> dict[str, Lazy]:
    """By table, a plan that counts the filled cells of every column some indicator needs."""
    columns: dict[str, set[str]] = {}
    for one in {one for each in indicators for need in each.needs for one in need.split("|")}:
        table, _, column = one.partition(".")
        if column and dataset.rows(table):
            columns.setdefault(table, set()).add(column)
    return {
        table: dataset.lazy(table).select(*(nw.col(name).count().alias(name) for name in sorted(names)))
        for table, names in sorted(columns.items())
    }


def filled(counts: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    """The needed `table.column`s that hold anything."""
    return frozenset(
        f"{table}.{column}" for table, frame in counts.items() for column in frame.columns if frame[column].item() > 0
    )


def lacking(dataset: Dataset, indicator: Indicator, found: frozenset[str]) -> str:
    """What the dataset lacks for this indicator, as a sentence; empty when it lacks nothing."""

    def held(one: str) -> bool:
        return one in found if "." in one else dataset.rows(one) > 0

    empty = [need for need in indicator.needs if not any(held(one) for one in need.split("|"))]
    words = [" or ".join(_words(one) for one in need.split("|")) for need in empty]
    return f"The dataset holds nothing in: {'; '.join(words)}." if words else ""


def _words(need: str) -> str:
    table, _, column = need.partition(".")
    plain = table.replace("_", " ")
    return f"{plain} ({column.replace('_', ' ')})" if column else plain
