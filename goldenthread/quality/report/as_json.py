"""A check as one JSON document."""

from __future__ import annotations

import json

import polars as pl

from goldenthread.quality.report.model import CheckReport

FINDING = ("rule", "severity", "table", "row", "child", "file", "line", "values")


def as_json(report: CheckReport) -> str:
    """Keys: return, collection_year, from, to, source, clean, totals, rules, findings, structure, not_read, notices.

    `rules`: every rule with its status, the reason for it, what it says, and how many it found in how many children.
    `findings`: the columns of `FINDING`; `row` is the position in the table from 0, `line` that in the file from 1.
    """
    year = report.result.year
    head = {
        "return": report.result.kind,
        "collection_year": year.number,
        "from": year.start.isoformat(),
        "to": year.end.isoformat(),
        "source": report.source,
        "clean": report.clean,
        "totals": dict(report.totals),
    }
    lists = {
        "rules": report.by_rule,
        "findings": report.findings.select(*FINDING),
        "structure": report.structure,
        "not_read": report.unread,
        "notices": report.notices,
    }
    # Findings may be a million: Polars writes them many times faster than Python could.
    written = ",".join(f'"{name}":{_array(frame)}' for name, frame in lists.items())
    return f"{json.dumps(head, ensure_ascii=False)[:-1]},{written}}}"


def _array(frame: pl.DataFrame) -> str:
    return frame.write_json()
