"""The accuracy report as one JSON document."""

from __future__ import annotations

import json

from goldenthread.quality.kept.compare import Standing
from goldenthread.quality.kept.report.model import AccuracyReport


def as_json(report: AccuracyReport) -> str:
    """Keys: as_at, authority, last_run, recorded_since, standings (how many of each), returns, by_rule, by_week (by
    rule and team), children, recording, recording_by_table, recording_by_table_and_team, rules_not_run and findings
    (each with its standing, and the reason given where it is explained). Days are ISO; a null is not known.
    """
    frames = {
        "returns": report.returns,
        "by_rule": report.changes,
        "by_week": report.weekly,
        "children": report.children,
        "recording": report.recording,
        "recording_by_table": report.recording_by_table,
        "recording_by_table_and_team": report.recording_by_table_and_team,
        "rules_not_run": report.not_run,
        "findings": report.findings.drop("as_at"),
    }
    document = {
        "as_at": report.as_at,
        "authority": report.authority,
        "last_run": report.before,
        "recorded_since": report.recorded_since,
        "standings": {standing.value: report.count(standing) for standing in Standing},
        **{name: frame.to_dicts() for name, frame in frames.items()},
    }
    return json.dumps(document, default=str, ensure_ascii=False)
