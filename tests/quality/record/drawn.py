"""A record drawn by a rule's own examples."""

from __future__ import annotations

from datetime import date

import polars as pl

from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.dataset.tables import TABLES
from goldenthread.quality import Rule
from goldenthread.quality.examples import Example, read_examples

AS_AT = date(2026, 3, 31)


def example_of(rule: Rule) -> Example:
    """The example the rule declares; the rows' child is in `child_id`."""
    return read_examples(rule.examples, "child_id")


def dataset_of_example(example: Example) -> Dataset:
    """The canonical dataset that the example draws."""
    return dataset_of({name: _typed(name, frame) for name, frame in example.tables.items()}, Manifest(AS_AT))


def _typed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    schema = TABLES[name].schema
    renamed = (
        frame
        if "child_id" in schema
        else frame.rename({"child_id": "person_id" if "person_id" in schema else TABLES[name].key[0]})
    )
    return renamed.select(_cast(column, schema[column]) for column in renamed.columns)


def _cast(name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Boolean:
        return pl.col(name) == "true"
    if dtype == pl.Date:
        return pl.col(name).str.to_date("%Y-%m-%d")
    return pl.col(name).cast(dtype)
