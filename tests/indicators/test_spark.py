"""The same figures on PySpark and on Polars."""

import shutil
from datetime import date

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.indicators import INDICATORS, explain, figures, find
from goldenthread.indicators.model import Indicator
from indicators.authority import authority

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]
ENDS = [date(2018, 3, 31), date(2019, 2, 28), date(2019, 6, 30)]
A_FEW = ("MI Pack 1", "62", "STF100")
OF_CLOCKS = ("CPP_REVIEW",)
"""Grouped and as known on a day, this one takes Spark as long as all the others of a run."""


def one_of_each_kind() -> list[Indicator]:
    """The first indicator of every module, of those that count what happened and of those that count what lasts."""
    kinds = {(one.rows.__module__, one.flow is not None): one for one in reversed(INDICATORS.values())}
    return list(kinds.values())


def test_spark_gives_the_figures_that_polars_gives(everything: bool) -> None:
    wanted = list(INDICATORS.values()) if everything else one_of_each_kind()
    assert len(wanted) > 20
    here, there = figures(authority(3), wanted, ENDS), figures(authority(3, spark_engine()), wanted, ENDS)
    assert [row for row, other in zip(there.rows(), here.rows(), strict=True) if row != other] == []


def test_spark_groups_masks_and_explains_as_polars_does(everything: bool) -> None:
    few = [find(name) for name in (*A_FEW, *(OF_CLOCKS if everything else ()))]
    here, there = authority(3), authority(3, spark_engine())
    asked = {"by": "age_band", "known_on": date(2019, 5, 1)}
    assert figures(there, few, ENDS, **asked).equals(figures(here, few, ENDS, **asked))
    for indicator in map(find, (*A_FEW, *OF_CLOCKS)):
        assert explain(there, indicator, ENDS[0]).equals(explain(here, indicator, ENDS[0])), indicator.key
