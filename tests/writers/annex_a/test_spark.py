"""The same lists on PySpark and on Polars."""

import shutil

import pytest

from goldenthread.dataset.engines import spark_engine
from goldenthread.writers.annex_a import build
from writers.annex_a.drawn import AS_AT, record

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]

DRAWN = {
    "referrals": """
        referral_id child_id received_on primary_need closed_on  closure_reason no_further_action
        R1          C1       2024-02-01  N1           2024-07-02 RC7            no
        R2          C2       2024-02-01  N5           2024-03-02 RC8            no
    """,
    "cp_plans": "cp_plan_id child_id started_on previous_plans\nP1 C1 2024-03-01 2",
    "visits": """
        child_id kind             visited_on cp_plan_id seen
        C1       child_protection 2024-05-01 P1         yes
        C1       child_protection 2024-07-01 P1         yes
    """,
}


def test_spark_builds_what_polars_builds() -> None:
    here, there = build(record(**DRAWN), AS_AT), build(record(engine=spark_engine(), **DRAWN), AS_AT)
    assert [name for name in here.tables if not here.tables[name].equals(there.tables[name], null_equal=True)] == []
    assert [name for name in here.origins if not here.origins[name].equals(there.origins[name])] == []
    assert here.notes == there.notes
