"""The same code on Spark gives the same obligations."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from goldenthread.dataset.engines import POLARS, Engine, spark_engine
from goldenthread.dataset.store import dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.journey.sources import PROVIDED
from goldenthread.timeliness.engine import SCHEMA, obligations
from tests.timeliness.drawn import AS_AT, drawn

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]

RULES = ("contact_decision_24h_york", "cp_plan_visit", "lac_visit_first_year_6wk")


def life(engine: Engine) -> pl.DataFrame:
    dataset = drawn(
        engine,
        people=[{"person_id": "C1", "born_on": date(2014, 2, 28)}],
        contacts=[
            {
                "contact_id": "K1",
                "received_on": date(2024, 1, 5),
                "received_at": datetime(2024, 1, 5, 17),
                "decided_on": date(2024, 1, 6),
                "decided_at": datetime(2024, 1, 6, 18),
            }
        ],
        cp_plans=[{"cp_plan_id": "P1", "started_on": date(2024, 1, 2), "ended_on": date(2024, 6, 1)}],
        care_periods=[{"care_period_id": "C", "started_on": date(2023, 1, 10)}],
        placements=[
            {"placement_id": "L1", "started_on": date(2023, 1, 10), "ended_on": date(2024, 2, 5)},
            {"placement_id": "L2", "started_on": date(2024, 2, 5)},
        ],
        looked_after_reviews=[
            {"review_id": f"R{n}", "care_period_id": "C", "held_on": day}
            for n, day in enumerate([date(2023, 2, 1), date(2023, 4, 20), date(2023, 10, 1)])
        ],
        visits=[
            *(
                {"visit_id": f"V{n}", "kind": "child_protection", "visited_on": day}
                for n, day in enumerate([date(2024, 1, 2), date(2024, 1, 20), date(2024, 3, 20), date(2024, 3, 20)])
            ),
            *(
                {"visit_id": f"W{n}", "kind": "looked_after", "care_period_id": "C", "visited_on": day}
                for n, day in enumerate([date(2023, 1, 12), date(2023, 3, 1), date(2024, 2, 5)])
            ),
        ],
    )
    (found,) = dataset.collect(obligations(dataset, AS_AT, date(2024, 6, 20), rules=RULES, held=PROVIDED))
    return found.cast(pl.Schema(SCHEMA)).sort("clock", "trigger_on", "trigger_row_id", "again")


def test_spark_and_polars_agree() -> None:
    ours = life(POLARS)
    assert ours["status"].n_unique() > 3
    assert_frame_equal(life(spark_engine()), ours)


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
