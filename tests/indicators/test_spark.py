"""The same figures on PySpark and on Polars."""

import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from goldenthread.dataset.engines import Engine, spark_engine
from goldenthread.indicators import INDICATORS, explain, figures, find
from indicators.authority import authority

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]
ENDS = [date(2018, 3, 31), date(2019, 2, 28), date(2019, 6, 30)]
A_FEW = ("MI Pack 1", "62", "CPP_REVIEW", "STF100")
FOR_FEW_ROWS = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}
"""Two hundred small plans: compiling each would take far longer than running it."""


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


def test_spark_gives_every_figure_that_polars_gives(spark: Engine) -> None:
    wanted = list(INDICATORS.values())
    here, there = figures(authority(3), wanted, ENDS), figures(authority(3, spark), wanted, ENDS)
    assert [row for row, other in zip(there.rows(), here.rows(), strict=True) if row != other] == []


def test_spark_groups_masks_and_explains_as_polars_does(spark: Engine) -> None:
    few = [find(name) for name in A_FEW]
    here, there = authority(3), authority(3, spark)
    asked = {"by": "age_band", "known_on": date(2019, 5, 1)}
    assert figures(there, few, ENDS, **asked).equals(figures(here, few, ENDS, **asked))
    for indicator in few:
        assert explain(there, indicator, ENDS[0]).equals(explain(here, indicator, ENDS[0])), indicator.key
