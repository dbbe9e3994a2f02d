"""The core's accuracy report as plain values, for the page that shows it. Who has what to mend is read as it is now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from casework.accuracy.models import runs_folder
from goldenthread.quality.kept.compare import Standing
from goldenthread.quality.kept.report.model import AccuracyReport
from goldenthread.quality.kept.report.words import headline, table_name
from goldenthread.quality.kept.store import Run, open_run, runs_kept

WEEKS_SHOWN = 6
LOOKED_BACK = timedelta(weeks=26)
"""Runs older than this are kept and no longer compared with: each night would take longer than the one before."""


def runs_until(day: date) -> list[Run]:
    """The runs kept that the report of the day compares."""
    return [open_run(runs_folder(), kept) for kept in runs_kept(runs_folder()) if day - LOOKED_BACK <= kept <= day]


def content_of(report: AccuracyReport) -> dict[str, Any]:
    """What changed, weeks by team, how the record is written, rules that did not run."""
    weeks = sorted(report.weekly["week"].unique())[-WEEKS_SHOWN:]
    return {
        "authority": report.authority or "",
        "before": report.before.isoformat() if report.before else None,
        "headline": headline(report),
        "changes": [row for row in report.changes.to_dicts() if row["new"] or row["came_back"] or row["mended"]],
        "mended": report.count(Standing.MENDED),
        "moved": {row["checked_as"]: row for row in report.returns.to_dicts()},
        "weeks": [week.isoformat() for week in weeks],
        "teams": _teams(report.weekly, weeks),
        "recording": report.recording.to_dicts(),
        "tables": [{**row, "name": table_name(row["table"])} for row in report.recording_by_table.to_dicts()],
        "tables_of_teams": [
            {**row, "name": table_name(row["table"])} for row in report.recording_by_table_and_team.to_dicts()
        ],
        "recorded_since": report.recorded_since.isoformat(),
        "not_run": report.not_run.to_dicts(),
    }


def _teams(weekly: pl.DataFrame, weeks: list[date]) -> list[dict[str, Any]]:
    sums = weekly.filter(pl.col("week").is_in(weeks)).group_by("team", "week").agg(pl.col("findings").sum())
    held = {(team, week): found for team, week, found in sums.iter_rows()}
    rows = [{"team": team, "open": [held.get((team, week), 0) for week in weeks]} for team in sums["team"].unique()]
    return sorted(rows, key=lambda row: (-row["open"][-1], row["team"]))
