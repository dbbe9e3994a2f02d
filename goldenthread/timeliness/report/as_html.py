"""The report as one HTML page that needs no script, prints well and reads on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from goldenthread.dates import add_working_days
from goldenthread.statute.model import Seen
from goldenthread.timeliness.report.daily import UNKNOWN, DailyReport

WORST_SHOWN = 25
"""Lines shown for each team. The page says how many more there are, and where."""

RULES_FIRST = 6
"""Rules shown at once; the rest open on request."""

LONG_OVER = 365
"""Days over from which the page asks whether the work was done and not recorded."""

UNREAD = (Seen.partial.value, Seen.not_seen.value)


@dataclass(frozen=True)
class TeamPart:
    """One team's part of the page. `overdue` and `soon` are the lines shown, out of so many."""

    service: str
    team: str
    anchor: str
    worst: dict[str, Any] | None
    children: int
    urgent: int
    overdue: list[dict[str, Any]]
    overdue_all: int
    soon: list[dict[str, Any]]
    soon_all: int
    workers: list[dict[str, Any]]


def as_html(report: DailyReport, *, shown: int = WORST_SHOWN) -> str:
    """The page. `shown`: how many lines of each kind each team gets; what is cut is counted and said."""
    tomorrow = add_working_days(report.as_at, 1)
    rows = report.totals("service", "team").to_dicts()
    disputed = report.disputed
    teams = [_team(report, row, number, shown, tomorrow) for number, row in enumerate(rows)]
    return (
        _environment()
        .get_template("daily.html.j2")
        .render(
            report=report,
            teams=teams,
            tomorrow=tomorrow,
            by_service=report.totals("service").to_dicts(),
            by_rule=_rules(report),
            rules_first=RULES_FIRST,
            children=report.children,
            local=report.overdue.filter(pl.col("layer") == "local").height,
            urgent=sum(team.urgent for team in teams),
            long_over=report.overdue.filter(pl.col("days_over") >= LONG_OVER).height,
            shown=shown,
            disputed=disputed.head(shown).to_dicts(),
            disputed_all=disputed.height,
            cut=sum(team.overdue_all - len(team.overdue) + team.soon_all - len(team.soon) for team in teams),
            missing=[one for one in report.not_followed if one.missing],
            inert=[one for one in report.not_followed if not one.missing],
            unread=UNREAD,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("goldenthread.timeliness.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["held"] = lambda name, noun: f"No {noun} recorded" if name == UNKNOWN else name
    environment.filters["event"] = event
    return environment


def day(value: date | None) -> str:
    """A day as people write it: 5 July 2019."""
    return f"{value.day} {value:%B %Y}" if value else ""


def event(kind: str) -> str:
    """An event or a condition in words: `child_death.notified` is `child death: notified`."""
    return kind.replace("_", " ").replace(".", ": ")


def _rules(report: DailyReport) -> list[dict[str, Any]]:
    """The totals by rule, most overdue first, each with whether the number is a local one and how it was read."""
    lines = pl.concat([report.overdue, report.soon])
    marks = lines.group_by("title").agg(
        local=(pl.col("layer") == "local").all(), unread=pl.col("seen").is_in(UNREAD).any()
    )
    return report.totals("title").join(marks, on="title", how="left", maintain_order="left").to_dicts()


def _team(report: DailyReport, row: dict[str, Any], number: int, shown: int, tomorrow: date) -> TeamPart:
    service, team = row["service"], row["team"]
    ours = (pl.col("service") == service) & (pl.col("team") == team)
    overdue, soon = report.overdue.filter(ours), report.soon.filter(ours)
    return TeamPart(
        service=service,
        team=team,
        anchor=f"team-{number}-{re.sub('[^a-z0-9]+', '-', team.lower()).strip('-')}",
        worst=overdue.row(0, named=True) if overdue.height else None,
        children=row["children"],
        urgent=soon.filter(pl.col("due_on") <= tomorrow).height,
        overdue=overdue.head(shown).to_dicts(),
        overdue_all=overdue.height,
        soon=soon.head(shown).to_dicts(),
        soon_all=soon.height,
        workers=_workers(overdue, soon),
    )


def _workers(overdue: pl.DataFrame, soon: pl.DataFrame) -> list[dict[str, Any]]:
    late = overdue.group_by("worker").agg(overdue=pl.len(), worst_days=pl.col("days_over").max())
    ahead = soon.group_by("worker").agg(soon=pl.len())
    workers = late.join(ahead, on="worker", how="full", coalesce=True).fill_null(0)
    return workers.sort("overdue", "worst_days", "worker", descending=[True, True, False]).to_dicts()
