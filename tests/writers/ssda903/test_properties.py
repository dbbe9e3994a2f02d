"""What holds of every return, whatever the record: on rows drawn by chance, and on one child alone."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.store import Dataset, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.dataset.tables import TABLES
from goldenthread.writers.ssda903 import build
from indicators.authority import authority

SEEDS = st.integers(0, 10_000)
DAYS = st.dates(date(2016, 4, 1), date(2019, 6, 30))
ONCE_A_CHILD = ("Header", "UASC", "OC2", "OC3", "AD1", "PrevPerm")


@settings(max_examples=15)
@given(seed=SEEDS, as_at=DAYS)
def test_each_row_leads_back_to_the_record(seed: int, as_at: date) -> None:
    dataset = authority(seed)
    built = build(dataset, as_at)
    for name, frame in built.tables.items():
        origin = built.origins[name]
        assert origin["child_id"].equals(frame["CHILD"], check_names=False)
        for table, record_id in set(origin.select("record", "record_id").drop_nulls().rows()):
            first, _, _ = record_id.partition("|")
            held = dataset.collect(dataset.lazy(table))[0]
            assert first in held[TABLES[table].key[0]]


@settings(max_examples=15)
@given(seed=SEEDS, as_at=DAYS)
def test_header_has_every_child_once_and_the_yearly_tables_no_child_twice(seed: int, as_at: date) -> None:
    built = build(authority(seed), as_at)
    named = {child for frame in built.tables.values() for child in frame["CHILD"]}
    assert built.tables["Header"]["CHILD"].to_list() == sorted(named)
    assert not any(built.tables[name]["CHILD"].is_duplicated().any() for name in ONCE_A_CHILD)
    assert all(frame["CHILD"].is_sorted() for frame in built.tables.values())


@settings(max_examples=10)
@given(seed=SEEDS, as_at=DAYS)
def test_the_order_of_the_records_rows_changes_nothing(seed: int, as_at: date) -> None:
    dataset = authority(seed)
    frames = {name: dataset.collect(dataset.lazy(name))[0] for name in dataset.frames}
    mixed = {name: frame.sample(fraction=1, shuffle=True, seed=seed + 1) for name, frame in frames.items()}
    built, again = build(dataset, as_at), build(dataset_of(mixed, dataset.manifest), as_at)
    assert all(built.tables[name].equals(again.tables[name]) for name in built.tables)
    assert all(built.origins[name].equals(again.origins[name]) for name in built.tables)


@pytest.fixture(scope="module")
def city() -> Dataset:
    tables, manifest, _ = synthesise(4_000, 21, date(2024, 6, 30), 0.02)
    return dataset_of(tables, manifest)


def alone(dataset: Dataset, child: str) -> Dataset:
    """The rows about one child, and the workers."""
    frames = {name: dataset.collect(dataset.lazy(name))[0] for name in dataset.frames}
    own = {
        name: frame.filter(pl.col("child_id" if "child_id" in frame.columns else "person_id") == child)
        for name, frame in frames.items()
        if {"child_id", "person_id"} & set(frame.columns)
    }
    return dataset_of({**own, "workers": frames["workers"]}, dataset.manifest)


def test_a_child_alone_has_the_rows_it_has_among_all(city: Dataset) -> None:
    built = build(city, date(2024, 3, 31))
    for child in built.tables["Header"]["CHILD"].gather_every(7):
        own = build(alone(city, child), date(2024, 3, 31))
        for name, frame in built.tables.items():
            assert own.tables[name].equals(frame.filter(pl.col("CHILD") == child)), name
