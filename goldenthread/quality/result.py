"""What a check gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from goldenthread.quality.rule import Rule, Year

FINDINGS = {"rule": pl.String, "table": pl.String, "row": pl.Int64, "child": pl.String}
STATUSES = {"rule": pl.String, "status": pl.String, "reason": pl.String}


@dataclass(frozen=True, slots=True)
class Result:
    """One check of one return.

    `findings`: rule, table, row (position from 0 in the table given), child, in the order of the rules; table, row
    and child are null for a finding about the return as a whole. `rules`: rule, status ("ran", "skipped" or
    "failed") and the reason for the last two. `declared` are the rules of that year by code.
    """

    kind: str
    year: Year
    findings: pl.DataFrame
    rules: pl.DataFrame
    declared: Mapping[str, Rule]

    @property
    def failed(self) -> pl.DataFrame:
        """The rules that broke, each with its error: `rules` where status is "failed"."""
        return self.rules.filter(pl.col("status") == "failed")
