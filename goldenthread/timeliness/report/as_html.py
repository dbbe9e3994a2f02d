"""The report as one HTML page that needs no script, prints well and reads on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from goldenthread.timeliness.report.daily import DailyReport

WORST_SHOWN = 25
"""Lines shown for each team. The page says how many more there are, and where."""


@dataclass(frozen=True)
class TeamPart:
    """One team's part of the page. `overdue` and `soon` are the lines shown, out of so many."""

    service: str
    team: str
    anchor: str
    overdue: list[dict[str, Any]]
    overdue_all: int
    soon: list[dict[str, Any]]
    soon_all: int
    workers: list[dict[str, Any]]


def as_html(report: DailyReport, *, shown: int = WORST_SHOWN) -> str:
    """The page. `shown`: how many lines of each kind each team gets; what is cut is counted and said."""
    teams = [_team(report, row, number, shown) for number, row in enumerate(_teams(report))]
    parts = {(team.service, team.team): team.anchor for team in teams}
    rules = report.totals("title").to_dicts()
    environment = Environment(
        loader=PackageLoader("goldenthread.timeliness.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment.get_template("daily.html.j2").render(
        report=report,
        teams=teams,
        parts=parts,
        by_team=report.totals("service", "team").to_dicts(),
        by_service=report.totals("service").to_dicts(),
        by_rule=rules,
        children=report.overdue["child_id"].n_unique(),
        shown=shown,
        cut=sum(team.overdue_all - len(team.overdue) + team.soon_all - len(team.soon) for team in teams),
        missing=[one for one in report.not_followed if one.missing],
        inert=[one for one in report.not_followed if not one.missing],
    )


def day(value: date | None) -> str:
    """A day as people write it: 5 July 2019."""
    return f"{value.day} {value:%B %Y}" if value else ""


def _teams(report: DailyReport) -> list[dict[str, Any]]:
    return report.totals("service", "team").to_dicts()


def _team(report: DailyReport, row: dict[str, Any], number: int, shown: int) -> TeamPart:
    service, team = row["service"], row["team"]
    ours = (pl.col("service") == service) & (pl.col("team") == team)
    overdue, soon = report.overdue.filter(ours), report.soon.filter(ours)
    late = overdue.group_by("worker").agg(overdue=pl.len(), worst_days=pl.col("days_over").max())
    ahead = soon.group_by("worker").agg(soon=pl.len())
    workers = late.join(ahead, on="worker", how="full", coalesce=True).fill_null(0)
    return TeamPart(
        service,
        team,
        f"team-{number}-{re.sub('[^a-z0-9]+', '-', team.lower()).strip('-')}",
        overdue.head(shown).to_dicts(),
        overdue.height,
        soon.head(shown).to_dicts(),
        soon.height,
        workers.sort("overdue", "worker", descending=[True, False]).to_dicts(),
    )
