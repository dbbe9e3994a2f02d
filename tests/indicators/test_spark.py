"""The same figures on PySpark and on Polars."""

import shutil
from datetime import date

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.indicators import INDICATORS, explain, figures, find
from indicators.authority import authority

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]
ENDS = [date(2018, 3, 31), date(2019, 2, 28), date(2019, 6, 30)]
A_FEW = ("MI Pack 1", "62", "CPP_REVIEW", "STF100")


def test_spark_gives_every_figure_that_polars_gives() -> None:
    wanted = list(INDICATORS.values())
    here, there = figures(authority(3), wanted, ENDS), figures(authority(3, spark_engine()), wanted, ENDS)
    assert [row for row, other in zip(there.rows(), here.rows(), strict=True) if row != other] == []


def test_spark_groups_masks_and_explains_as_polars_does() -> None:
    few = [find(name) for name in A_FEW]
    here, there = authority(3), authority(3, spark_engine())
    asked = {"by": "age_band", "known_on": date(2019, 5, 1)}
    assert figures(there, few, ENDS, **asked).equals(figures(here, few, ENDS, **asked))
    for indicator in few:
        assert explain(there, indicator, ENDS[0]).equals(explain(here, indicator, ENDS[0])), indicator.key
