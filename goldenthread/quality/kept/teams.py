"""The team that holds a child's case on a day."""

from __future__ import annotations

from datetime import date

import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.timeliness.holders import holders

NO_TEAM = "No team recorded"


def teams(dataset: Dataset, on: date) -> pl.DataFrame:
    """Columns child_id and team, one row a child whom a team holds on the day (see `timeliness.holders`)."""
    held = dataset.collect(holders(dataset, on))[0]
    return held.filter(pl.col("team").is_not_null()).select(pl.col("subject").alias("child_id"), "team")
