"""The same figures on PySpark and on Polars."""

import shutil
from datetime import date

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.indicators import INDICATORS, explain, figures, find
from indicators.authority import authority

NO_JAVA = shutil.which("java") is None
ENDS = [date(2018, 3, 31), date(2019, 2, 28), date(2019, 6, 30)]
A_FEW = ("MI Pack 1", "62", "CPP_REVIEW", "CF4", "RAASC003/York", "CL_EET/19-21", "STF100", "CP_DURATION")


@pytest.mark.spark
@pytest.mark.skipif(NO_JAVA, reason="Spark needs Java, and there is none on this machine")
def test_spark_gives_the_figures_that_polars_gives() -> None:
    polars, spark = authority(3), authority(3, spark_engine())
    wanted = list(INDICATORS.values())
    assert figures(spark, wanted, ENDS).equals(figures(polars, wanted, ENDS))


@pytest.mark.spark
@pytest.mark.skipif(NO_JAVA, reason="Spark needs Java, and there is none on this machine")
def test_spark_groups_masks_and_explains_as_polars_does() -> None:
    polars, spark = authority(3), authority(3, spark_engine())
    few = [find(name) for name in A_FEW]
    known = date(2019, 5, 1)
    expected = figures(polars, few, ENDS, by="age_band", known_on=known)
    assert figures(spark, few, ENDS, by="age_band", known_on=known).equals(expected)
    for indicator in few[:3]:
        assert explain(spark, indicator, ENDS[0]).equals(explain(polars, indicator, ENDS[0])), indicator.key
