"""The engines on which the census's rules are run."""

from __future__ import annotations

import pytest

from goldenthread.quality.engines import POLARS, RuleEngine, duckdb_engine


@pytest.fixture(params=["polars", "duckdb"])
def engine(request: pytest.FixtureRequest) -> RuleEngine:
    """Each of the engines in turn."""
    return POLARS if request.param == "polars" else duckdb_engine()
