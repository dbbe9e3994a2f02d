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
from goldenthread.timeliness.engine import SCHEMA, obligations

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]


def whole_book(engine: Engine) -> pl.DataFrame:
    as_at = date(2019, 6, 30)
    tables, manifest, _ = synthesise(100, 3, as_at, 0.01)
    dataset = dataset_of(tables, manifest, engine)
    (found,) = dataset.collect(obligations(dataset, as_at))
    found = found.cast(pl.Schema(SCHEMA))
    return found.sort(found.columns)


def test_spark_and_polars_agree_on_every_rule_of_a_small_authority() -> None:
    engine = spark_engine()
    ours = whole_book(POLARS)
    assert ours["rule"].n_unique() > 30
    assert_frame_equal(whole_book(engine), ours)
