"""What the accuracy report shows, worked out once for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.dates import plus_months
from goldenthread.quality.kept.compare import Standing, compared
from goldenthread.quality.kept.figures import by_rule_team_week, how_far, most_findings
from goldenthread.quality.kept.queries import marked
from goldenthread.quality.kept.recording import FILLED, completeness, delays, summed, with_percent
from goldenthread.quality.kept.store import IDENTITY, Run

MONTHS_OF_RECORDING = 12
"""How far back the days to being recorded are looked at: far enough for every yearly piece of work to be among them."""


@dataclass(frozen=True, slots=True)
class AccuracyReport:
    """The latest run beside the ones before it. `before` is the day of the last run, None for the first.

    `findings`: what `compared` and `marked` say of each finding of this run, those mended in it among them. `weekly`,
    `children` and `returns` are those of `figures`; the rest of `recording`, as a whole and by team or table.
    `recorded_since` is the first day whose recordings count towards timeliness.
    """

    as_at: date
    authority: str | None
    before: date | None
    findings: pl.DataFrame
    returns: pl.DataFrame
    weekly: pl.DataFrame
    children: pl.DataFrame
    not_run: pl.DataFrame
    completeness: pl.DataFrame
    delays: pl.DataFrame
    recorded_since: date

    def count(self, standing: Standing) -> int:
        """Findings of this standing in this run."""
        return self.findings.filter(pl.col("standing") == standing.value).height

    @property
    def changes(self) -> pl.DataFrame:
        """By rule: checked_as, rule, severity, says, and how many are new, came_back, mended, still_there, not_checked.

        The rule with most new ones and ones that came back is first.
        """
        counts = [
            (pl.col("standing") == one.value).sum().cast(pl.Int64).alias(one.value.replace(" ", "_"))
            for one in (
                Standing.NEW,
                Standing.CAME_BACK,
                Standing.MENDED,
                Standing.STILL_THERE,
                Standing.NOT_CHECKED,
            )
        ]
        by_rule = self.findings.group_by("checked_as", "rule", "severity", "says").agg(counts)
        order = [-(pl.col("new") + pl.col("came_back")), -pl.col("mended"), -pl.col("still_there")]
        return by_rule.sort(*order, "checked_as", "rule")

    @property
    def recording(self) -> pl.DataFrame:
        """By team: team, rows, cells, filled, percent, facts, median_days, ninetieth_days."""
        return self._recording("team")

    @property
    def recording_by_table(self) -> pl.DataFrame:
        """By table: table, and the columns of `recording`."""
        return self._recording("table")

    @property
    def recording_by_table_and_team(self) -> pl.DataFrame:
        """By table and team: table, team, and the columns of `recording`."""
        return self._recording("table", "team")

    def _recording(self, *by: str) -> pl.DataFrame:
        counted = self.completeness.group_by(by).agg(pl.col(list(FILLED)[2:]).sum())
        both = with_percent(counted).join(summed(self.delays, *by), on=by, how="full", coalesce=True)
        return both.sort(by)


def accuracy_report(runs: Sequence[Run], answers: pl.DataFrame, dataset: Dataset) -> AccuracyReport:
    """The report of the latest of these runs, on the dataset it checked. ValueError when there is no run."""
    if not runs:
        raise ValueError("There is no run to report on. Keep one first.")
    ordered = sorted(runs, key=lambda run: run.as_at)
    latest = ordered[-1]
    since = plus_months(latest.as_at, -MONTHS_OF_RECORDING)
    told = marked(latest, answers).select(*IDENTITY, "answered", "reason", "by", "on")
    now = compared(ordered).filter(pl.col("as_at") == latest.as_at)
    return AccuracyReport(
        as_at=latest.as_at,
        authority=dataset.manifest.authority_name,
        before=ordered[-2].as_at if len(ordered) > 1 else None,
        findings=now.join(told, on=list(IDENTITY), how="left", nulls_equal=True, maintain_order="left"),
        returns=how_far(ordered, answers),
        weekly=by_rule_team_week(ordered, answers),
        children=most_findings(latest, answers),
        not_run=latest.rules.filter(pl.col("status") != "ran"),
        completeness=completeness(dataset, latest.as_at),
        delays=delays(dataset, latest.as_at, since),
        recorded_since=since,
    )
