"""The same record on Spark gives the same payloads."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.writers.dfe_api import build
from tests.writers.dfe_api.whole import whole_record

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]


def test_payloads_are_the_same_on_spark() -> None:
    as_at = date(2026, 6, 30)
    assert build(whole_record(spark_engine()), as_at).frame.equals(build(whole_record(), as_at).frame)
