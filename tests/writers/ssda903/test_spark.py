"""The same return from PySpark and from Polars."""

import shutil
from datetime import date

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.dataset.store import dataset_of
from goldenthread.writers.ssda903 import build
from goldenthread.writers.ssda903.slices import OF_CARE_LEAVERS, OF_CHILDREN, PERIODS, WORKERS
from indicators.authority import authority

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]
READ = {wanted.table for wanted in (*PERIODS, *OF_CHILDREN, *OF_CARE_LEAVERS, WORKERS)} | {
    "care_leavers",
    "relationships",
}


def test_spark_gives_the_same_return() -> None:
    whole = authority(5)
    frames = {name: whole.collect(whole.lazy(name))[0] for name in READ}
    built = build(dataset_of(frames, whole.manifest), date(2018, 12, 31))
    again = build(dataset_of(frames, whole.manifest, spark_engine()), date(2018, 12, 31))
    assert all(built.tables[name].equals(again.tables[name]) for name in built.tables)
    assert built.notes == again.notes
