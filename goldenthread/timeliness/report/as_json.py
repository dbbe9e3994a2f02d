"""The report as one JSON document."""

from __future__ import annotations

import json
from typing import Any

from goldenthread.timeliness.plan import NotFollowed
from goldenthread.timeliness.report.as_csv import COLUMNS
from goldenthread.timeliness.report.daily import DailyReport


def as_json(report: DailyReport) -> str:
    """Totals, then every line. Keys: authority, as_at, known_on, soon_until, totals, by_service, by_team, by_worker,
    by_rule, overdue, soon, lately_disputed (done or ended in time by one reading of the rule only), rules_followed,
    rules_not_followed (each with its reason and what is missing).
    """
    document: dict[str, Any] = {
        "authority": report.authority,
        "as_at": report.as_at,
        "known_on": report.known_on,
        "soon_until": report.until,
        "totals": {
            "overdue": report.overdue.height,
            "children_with_something_overdue": report.children,
            "soon": report.soon.height,
            "in_time_by_one_reading_only": report.disputed.height,
        },
        "by_service": report.totals("service").to_dicts(),
        "by_team": report.totals("service", "team").to_dicts(),
        "by_worker": report.totals("team", "worker").to_dicts(),
        "by_rule": report.totals("rule", "clock", "title").to_dicts(),
        "overdue": report.overdue.select(COLUMNS).to_dicts(),
        "soon": report.soon.select(COLUMNS).to_dicts(),
        "lately_disputed": report.lately_disputed.select(COLUMNS).to_dicts(),
        "rules_followed": sorted({one.clock.rule.id for one in report.followed.followed}),
        "rules_not_followed": [_not_followed(one) for one in report.not_followed],
    }
    return json.dumps(document, default=str, ensure_ascii=False)


def _not_followed(one: NotFollowed) -> dict[str, Any]:
    return {"rule": one.rule.id, "title": one.rule.title, "reason": one.reason, "missing": list(one.missing)}
