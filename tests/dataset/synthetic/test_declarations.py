"""Without planted faults, every table keeps every rule that its declaration makes."""

from __future__ import annotations

from datetime import date, datetime, time
from importlib.resources import files

import polars as pl
import pytest

from goldenthread.dataset.schema import Kind
from goldenthread.dataset.synthetic.tabulate import LONG_BEFORE, PLANNED
from goldenthread.dataset.tables import TABLES

from .conftest import AS_AT, Authority

NAMES = sorted(TABLES)
FAR = date(2200, 1, 1)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_rows_with_unique_keys_and_all_that_is_required(authority: Authority, name: str) -> None:
    frame, table = authority[name], TABLES[name]
    assert frame.height > 0
    assert frame.schema == pl.Schema(table.schema)
    assert not frame.select(table.key).is_duplicated().any()
    assert all(frame[column.name].null_count() == 0 for column in table.columns if column.required)


@pytest.mark.parametrize("name", [name for name in NAMES if TABLES[name].order])
def test_no_day_is_later_than_the_one_it_must_precede(authority: Authority, name: str) -> None:
    for first, second in TABLES[name].order:
        wrong = authority[name].filter(pl.col(first) > pl.col(second))
        assert wrong.height == 0, (first, second)


def _overlaps(frame: pl.DataFrame, owner: str, start: str, end: str) -> pl.DataFrame:
    ordered = frame.sort(owner, start).with_columns(
        before=pl.col(end).fill_null(FAR).shift(1).over(owner),
    )
    return ordered.filter(pl.col("before") > pl.col(start))


@pytest.mark.parametrize("name", [n for n in NAMES if (e := TABLES[n].episode) and not e.overlap_allowed])
def test_episodes_that_cannot_overlap_do_not(authority: Authority, name: str) -> None:
    episode = TABLES[name].episode
    assert episode is not None
    assert _overlaps(authority[name], episode.owner, episode.start, episode.end).height == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_row(authority: Authority, name: str) -> None:
    for column in TABLES[name].columns:
        if not column.links_to:
            continue
        table, key = column.links_to.split(".")
        held = authority[name].select(pl.col(column.name).alias(key)).drop_nulls()
        assert held.join(authority[table], on=key, how="anti").height == 0, column.name


@pytest.mark.parametrize("name", NAMES)
def test_every_code_is_one_of_its_code_set(authority: Authority, name: str) -> None:
    for column in TABLES[name].columns:
        if not column.codes:
            continue
        text = (files("goldenthread.codesets") / "data" / f"{column.codes}.csv").read_text(encoding="utf-8")
        codes = {line.split(",")[0] for line in text.splitlines()[1:]}
        assert set(authority[name][column.name].drop_nulls()) <= codes, column.name


@pytest.mark.parametrize("name", NAMES)
def test_nothing_happens_or_is_recorded_after_the_as_at_day(authority: Authority, name: str) -> None:
    last = datetime.combine(AS_AT, time.max)
    for column in TABLES[name].columns:
        if column.name in PLANNED | LONG_BEFORE or column.kind not in (Kind.DAY, Kind.MOMENT):
            continue
        latest = authority[name][column.name].cast(pl.Datetime("us")).max()
        assert latest is None or (isinstance(latest, datetime) and latest <= last), column.name


@pytest.mark.parametrize("name", [n for n in NAMES if "recorded_at" in TABLES[n].schema])
def test_facts_are_recorded_once_they_have_happened(authority: Authority, name: str) -> None:
    frame, table = authority[name], TABLES[name]
    assert frame["recorded_at"].null_count() == 0
    assert frame["recorded_by"].null_count() == 0
    for column in table.columns:
        later = column.known not in (None, "recorded_at")
        if later and column.kind is Kind.DAY and column.name not in PLANNED:
            told = frame.filter(pl.col(column.name).is_not_null())
            early = told.filter(pl.col(str(column.known)) < pl.col(column.name).cast(pl.Datetime("us")))
            assert early.height == 0, column.name
            assert told[str(column.known)].null_count() == 0, column.name
