"""The same return from PySpark and from Polars."""

import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from goldenthread.dataset.engines import Engine, spark_engine
from goldenthread.dataset.store import dataset_of
from goldenthread.writers.ssda903 import build
from goldenthread.writers.ssda903.slices import OF_CARE_LEAVERS, OF_CHILDREN, PERIODS, WORKERS
from indicators.authority import authority

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]
FOR_FEW_ROWS = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}
"""Twenty small plans: compiling each would take far longer than running it."""
READ = {wanted.table for wanted in (*PERIODS, *OF_CHILDREN, *OF_CARE_LEAVERS, WORKERS)} | {
    "care_leavers",
    "relationships",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    engine = spark_engine()
    from goldenthread.dataset.spark import session

    before = {name: session().conf.get(name, None) for name in FOR_FEW_ROWS}
    for name, value in FOR_FEW_ROWS.items():
        session().conf.set(name, value)
    yield engine
    for name, was in before.items():
        if was is None:
            session().conf.unset(name)
        else:
            session().conf.set(name, was)


def test_spark_gives_the_same_return(spark: Engine) -> None:
    whole = authority(5)
    frames = {name: whole.collect(whole.lazy(name))[0] for name in READ}
    built = build(dataset_of(frames, whole.manifest), date(2018, 12, 31))
    again = build(dataset_of(frames, whole.manifest, spark), date(2018, 12, 31))
    assert all(built.tables[name].equals(again.tables[name]) for name in built.tables)
    assert built.notes == again.notes
