"""The accuracy report as one HTML page that needs no script, prints well and reads on a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from goldenthread.quality.kept.compare import Standing
from goldenthread.quality.kept.figures import MOST, week_of
from goldenthread.quality.kept.report.model import AccuracyReport
from goldenthread.quality.kept.report.words import change_words, how_it_stands, return_name, table_name

WEEKS_SHOWN = 6
"""The latest weeks with a run; the spreadsheet has every one."""
RULES_FIRST = 10
"""Rules shown at once; the rest open on request."""


def as_html(report: AccuracyReport) -> str:
    """The page: what changed first, then the returns, teams and weeks, children, and how the record is written."""
    page = _environment().get_template("accuracy.html.j2")
    weeks = sorted(report.weekly["week"].unique().to_list())[-WEEKS_SHOWN:]
    week = week_of(report.as_at)
    if week not in weeks:  # a week in which nothing was open
        weeks = [*weeks, week][-WEEKS_SHOWN:]
    answered = report.findings.filter(pl.col("standing") != Standing.MENDED.value)["answered"]
    return page.render(
        report=report,
        counts={standing.name.lower(): report.count(standing) for standing in Standing},
        explained=(answered == "explained").sum(),
        lapsed=(answered == "lapsed").sum(),
        changes=report.changes.to_dicts(),
        rules_first=RULES_FIRST,
        returns=report.returns.to_dicts(),
        weeks=weeks,
        teams=_teams(report.weekly, weeks),
        rules_by_team=_rules_by_team(report, week),
        children=report.children.to_dicts(),
        most=MOST,
        recording=report.recording.to_dicts(),
        tables=report.recording_by_table.to_dicts(),
        not_run=report.not_run.to_dicts(),
    )


def _teams(weekly: pl.DataFrame, weeks: list[date]) -> list[dict[str, Any]]:
    """Each team with what was open in each week shown, the team with most in the last week first."""
    sums = weekly.filter(pl.col("week").is_in(weeks)).group_by("team", "week").agg(pl.col("findings").sum())
    held = {(team, week): findings for team, week, findings in sums.iter_rows()}
    rows = [
        {"team": team, "open": [held.get((team, week), 0) for week in weeks]} for team in sums["team"].unique().sort()
    ]
    return sorted(rows, key=lambda row: (-row["open"][-1], row["team"]))


def _rules_by_team(report: AccuracyReport, week: date) -> list[dict[str, Any]]:
    """Each team's rules with something open in the week of the run, most findings first: team, findings, rules."""
    now = report.weekly.filter(pl.col("week") == week)
    parts = [
        {"team": team, "findings": frame["findings"].sum(), "rules": frame.to_dicts()}
        for (team,), frame in now.group_by("team", maintain_order=True)
    ]
    return sorted(parts, key=lambda part: (-part["findings"], part["team"]))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("goldenthread.quality.kept.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = lambda value: f"{value.day} {value:%B %Y}"
    environment.filters["short_day"] = lambda value: f"{value.day} {value:%b %Y}"
    environment.filters["number"] = lambda value: "Not known" if value is None else f"{value:,}"
    environment.filters["days"] = lambda value: "Not known" if value is None else f"{value:g}"
    environment.filters["percent"] = lambda value: "Not known" if value is None else f"{value:.1f}%"
    environment.filters["return_name"] = return_name
    environment.filters["table_name"] = table_name
    environment.filters["stands"] = how_it_stands
    environment.filters["change"] = change_words
    return environment
