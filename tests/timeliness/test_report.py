"""The daily report: nothing dropped in silence, safe to open, whole documents."""

from __future__ import annotations

import argparse
import csv
import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.store import Dataset, Manifest, write_dataset
from goldenthread.timeliness.command import add_parser, run
from goldenthread.timeliness.report.as_csv import as_csv
from goldenthread.timeliness.report.as_html import as_html
from goldenthread.timeliness.report.as_json import as_json
from goldenthread.timeliness.report.daily import daily_report
from tests.timeliness.drawn import AS_AT, drawn

CHILDREN = [f"C{number}" for number in range(4)]


def authority() -> Dataset:
    plans = [{"cp_plan_id": f"P{c}", "child_id": c, "started_on": date(2024, 1, 2)} for c in CHILDREN]
    groups = [
        {"core_group_id": f"G{n}", "child_id": c, "cp_plan_id": f"P{c}", "held_on": date(2024, 5, 1 + 9 * n)}
        for n, c in enumerate(CHILDREN)
    ]
    allocations = [
        {"allocation_id": f"A{c}", "child_id": c, "worker_id": "W1", "started_on": date(2024, 1, 2)}
        for c in CHILDREN[:3]
    ]
    workers = [{"worker_id": "W1", "name": "=Wren <b>Tester</b>", "team": "Blue", "service": "Safeguarding"}]
    return drawn(cp_plans=plans, core_groups=groups, allocations=allocations, workers=workers)


def test_worst_come_first_and_gaps_are_named() -> None:
    report = daily_report(authority(), AS_AT)
    late = report.overdue.filter(pl.col("rule") == "core_group_subsequent")
    assert late["child_id"].to_list() == CHILDREN
    assert late["days_over"].to_list() == [30, 21, 12, 3]
    assert report.overdue["late_days"].is_sorted(descending=True)
    # Nobody is allocated to C3: its lines are counted under a heading that says so.
    assert report.totals("team")["team"].to_list() == ["Blue", "Not recorded"]


def test_an_adopter_whose_decision_is_late_is_no_child() -> None:
    decided = {"adopter_id": "A2", "stage_two_started_on": date(2022, 1, 4), "approved_on": date(2022, 3, 1)}
    adopters = [{"adopter_id": "A1", "stage_two_started_on": date(2024, 1, 2)}, decided]
    report = daily_report(drawn(adopters=adopters), AS_AT)
    assert report.overdue.filter(pl.col("rule") == "adopter_stage_two_4m")["child_id"].to_list() == ["A1"]
    assert report.children == 0


def test_soon_is_the_next_ten_working_days() -> None:
    report = daily_report(authority(), AS_AT)
    assert report.until == date(2024, 7, 12)
    assert all(AS_AT <= day <= report.until for day in report.soon["due_on"])


def test_line_says_why_it_is_due() -> None:
    line = daily_report(authority(), AS_AT).overdue.filter(pl.col("child_id") == "C0").row(0, named=True)
    assert (
        "A core group met (1 May 2024). Then 4 weeks, to the same day of the week: due by 29 May 2024." in line["why"]
    )


def test_json_is_one_document_with_every_line() -> None:
    report = daily_report(authority(), AS_AT)
    document = json.loads(as_json(report))
    assert len(document["overdue"]) == report.overdue.height == document["totals"]["overdue"]
    assert len(document["rules_followed"]) + len(document["rules_not_followed"]) == 200


def test_csv_neutralises_formulas() -> None:
    report = daily_report(authority(), AS_AT)
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert len(rows) == report.overdue.height + report.soon.height
    assert {row["worker"] for row in rows} <= {"'=Wren <b>Tester</b>", "Not recorded"}


def test_html_says_what_it_leaves_out_and_escapes_names() -> None:
    report = daily_report(authority(), AS_AT)
    page = as_html(report, shown=1)
    assert "leaves out" in page
    assert "&lt;b&gt;Tester&lt;/b&gt;" in page
    assert "<b>Tester" not in page
    assert 'lang="en-GB"' in page
    assert "<script" not in page


def test_command_writes_whole_files_or_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = authority()
    tables = {name: data.collect(frame)[0] for name, frame in data.frames.items()}
    write_dataset(tmp_path / "data", tables, Manifest(as_at=AS_AT))
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    assert run(parser.parse_args(["timeliness", "--dataset", str(tmp_path / "data")])) == 2
    capsys.readouterr()
    asked = ["timeliness", "--dataset", str(tmp_path / "data"), "--as-at", str(AS_AT), "--format"]
    assert run(parser.parse_args([*asked, "json"])) == 0
    assert json.loads(capsys.readouterr().out)["as_at"] == str(AS_AT)
    assert run(parser.parse_args([*asked, "html", "--out", str(tmp_path / "out" / "r.html")])) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["r.html"]
