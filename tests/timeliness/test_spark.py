"""The same code on Spark gives the same obligations."""

from __future__ import annotations

import shutil
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from goldenthread.dataset.engines import POLARS, Engine, spark_engine
from goldenthread.dataset.store import dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import SCHEMA, obligations
from goldenthread.timeliness.plan import plan

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]


def one_of_each_kind(started: frozenset[str]) -> frozenset[str]:
    """Of the rules that started a clock, the first of every way of counting and of every way of meeting its events."""
    found: dict[object, str] = {}
    for batch, members in plan(load_book()).batches.items():
        for one in (each for each in members if each.clock.rule.id in started):
            limit, again = one.clock.limit, one.clock.repeat is not None
            ways = (batch.about, batch.scope is None, batch.chained_to is not None, batch.other_reading is not None)
            for way in ((limit.unit, limit.counting, again), ways, bool(one.conditions)):
                found.setdefault(way, one.clock.rule.id)
    return frozenset(found.values())


def clocks(engine: Engine, rules: frozenset[str] | None) -> pl.DataFrame:
    as_at = date(2019, 6, 30)
    tables, manifest, _ = synthesise(100, 3, as_at, 0.01)
    dataset = dataset_of(tables, manifest, engine)
    (found,) = dataset.collect(obligations(dataset, as_at, rules=rules))
    found = found.cast(pl.Schema(SCHEMA))
    return found.sort(found.columns)


def test_spark_and_polars_agree_on_the_rules_of_a_small_authority(everything: bool) -> None:
    ours = clocks(POLARS, None)
    assert ours["rule"].n_unique() > 30
    rules = None if everything else one_of_each_kind(frozenset(ours["rule"]))
    if rules is not None:
        assert len(rules) > 10
        ours = clocks(POLARS, rules)
    assert_frame_equal(clocks(spark_engine(), rules), ours)
