"""The same census on PySpark and on Polars."""

import shutil

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.writers.cin_census import build
from writers.cin_census.authority import AS_AT, authority

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]


def test_spark_builds_what_polars_builds() -> None:
    here, there = build(authority(2), AS_AT), build(authority(2, engine=spark_engine()), AS_AT)
    assert [name for name in here.tables if not here.tables[name].equals(there.tables[name])] == []
    assert [name for name in here.origins if not here.origins[name].equals(there.origins[name])] == []
    assert here.notes == there.notes
