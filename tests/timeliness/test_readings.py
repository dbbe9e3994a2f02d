"""A rule that can be read two ways: what is in time by one reading and late by the other is marked, and can be seen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from goldenthread.dataset.store import Dataset
from goldenthread.dates import due
from goldenthread.timeliness.report.as_csv import as_csv
from goldenthread.timeliness.report.as_html import as_html
from goldenthread.timeliness.report.as_json import as_json
from goldenthread.timeliness.report.as_text import print_report
from goldenthread.timeliness.report.daily import daily_report
from tests.timeliness.drawn import AS_AT, drawn, outcome

RULE = "cp_plan_visit"
BEGAN = date(2024, 1, 2)  # a Tuesday: 20 days are up on 22 January, 20 working days on 30 January


def visited(*on: date, child: str = "C1", plan_ended: date | None = None) -> dict[str, list[Mapping[str, Any]]]:
    plan = {"cp_plan_id": f"P{child}", "child_id": child, "started_on": BEGAN, "ended_on": plan_ended}
    seen = [
        {"visit_id": f"V{child}{n}", "child_id": child, "kind": "child_protection", "visited_on": day}
        for n, day in enumerate(on)
    ]
    return {"cp_plans": [plan], "visits": seen} if seen else {"cp_plans": [plan]}


def first(data: Dataset, as_at: date) -> tuple[str, bool]:
    row = outcome(data, RULE, as_at)[0]
    assert (row["due_on"], row["other_due_on"]) == (date(2024, 1, 30), date(2024, 1, 22))
    return row["status"], row["disputed"]


@pytest.mark.parametrize(
    ("on", "status", "disputed"),
    [
        (date(2024, 1, 22), "met", False),
        (date(2024, 1, 23), "met", True),
        (date(2024, 1, 30), "met", True),
        (date(2024, 1, 31), "late", False),
    ],
)
def test_visit_that_passes_one_reading_and_fails_the_other_is_disputed(on: date, status: str, disputed: bool) -> None:
    assert first(drawn(**visited(on)), AS_AT) == (status, disputed)


@pytest.mark.parametrize(
    ("as_at", "status", "disputed"),
    [
        (date(2024, 1, 22), "due", False),
        (date(2024, 1, 23), "due", True),
        (date(2024, 1, 30), "due", True),
        (date(2024, 1, 31), "overdue", False),
    ],
)
def test_visit_not_made_is_disputed_between_the_two_last_days(as_at: date, status: str, disputed: bool) -> None:
    assert first(drawn(**visited()), as_at) == (status, disputed)


def test_plan_that_ended_between_the_two_last_days_unvisited_is_disputed() -> None:
    assert first(drawn(**visited(plan_ended=date(2024, 1, 25))), AS_AT) == ("ended", True)
    assert first(drawn(**visited(plan_ended=date(2024, 1, 22))), AS_AT) == ("ended", False)


def test_each_later_visit_is_judged_by_both_readings_from_the_one_before() -> None:
    rows = outcome(drawn(**visited(date(2024, 1, 10), date(2024, 2, 2))), RULE, date(2024, 2, 5))
    assert [(row["trigger_on"], row["other_due_on"], row["disputed"]) for row in rows] == [
        (date(2024, 1, 2), date(2024, 1, 22), False),
        (date(2024, 1, 10), date(2024, 1, 30), True),
        (date(2024, 2, 2), date(2024, 2, 22), False),
    ]


def test_rule_that_reads_one_way_has_no_other_day_and_no_dispute() -> None:
    rows = outcome(drawn(**visited()), "cp_review_first_3m")
    assert [(row["other_due_on"], row["disputed"]) for row in rows] == [(None, False)]


gaps = st.lists(st.integers(1, 40), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None)
@given(gaps, st.integers(0, 60))
def test_disputed_is_one_reading_passed_and_the_other_failed(between: list[int], waited: int) -> None:
    on = [BEGAN + timedelta(days=sum(between[: n + 1])) for n in range(len(between))]
    as_at = on[-1] + timedelta(days=waited)
    for row in outcome(drawn(**visited(*on)), RULE, as_at):
        done = row["satisfied_on"] or as_at
        by_working_days, by_calendar_days = (
            due(row["trigger_on"], 20, unit, counting)
            for unit, counting in (("working_days", "wd_day0"), ("calendar_days", "calendar_day0"))
        )
        assert (row["due_on"], row["other_due_on"]) == (by_working_days, by_calendar_days)
        assert row["disputed"] == ((done <= row["due_on"]) != (done <= row["other_due_on"]))


def authority() -> Dataset:
    """On 28 June: C1 was seen after 22 days, C2 waits in its 24th, C3 was seen after 22 days in spring."""
    lives: Sequence[dict[str, list[Mapping[str, Any]]]] = (
        visited(date(2024, 6, 3), date(2024, 6, 25), child="C1"),
        visited(date(2024, 6, 4), child="C2"),
        visited(date(2024, 4, 2), date(2024, 4, 24), date(2024, 6, 20), child="C3"),
    )
    return drawn(**{table: [row for life in lives for row in life[table]] for table in ("cp_plans", "visits")})


TWO_WAYS = (
    "The source can be read two ways. By the other, 20 calendar days, the next day counting as day 1, the last day is "
    "24 June 2024, so this is in time by the reading followed here and late by the other."
)


def test_report_holds_what_is_open_and_what_was_lately_done() -> None:
    report = daily_report(authority(), AS_AT)
    assert report.disputed.select("child_id", "status").rows() == [("C2", "due"), ("C1", "met")]
    assert report.lately_disputed["child_id"].to_list() == ["C1"]
    assert report.overdue.height == report.overdue.filter(status="overdue").height
    (line,) = report.soon.filter("disputed").to_dicts()
    assert line["readings"] == TWO_WAYS
    assert line["why"].endswith(TWO_WAYS)


def test_readings_that_agree_are_said_to_agree() -> None:
    (line,) = daily_report(authority(), date(2024, 6, 21)).soon.filter(child_id="C2", rule=RULE).to_dicts()
    assert line["readings"].endswith("the last day is 24 June 2024, so both come to the same.")
    assert not line["disputed"]


def test_csv_and_json_carry_the_mark_and_the_sentence() -> None:
    report = daily_report(authority(), AS_AT)
    rows = [row for row in csv.DictReader(io.StringIO(as_csv(report))) if row["disputed"] == "true"]
    assert [(row["child_id"], row["satisfied_on"]) for row in rows] == [("C2", ""), ("C1", "2024-06-25")]
    assert rows[0]["readings"] == TWO_WAYS
    document = json.loads(as_json(report))
    assert document["totals"]["in_time_by_one_reading_only"] == 2
    assert [line["child_id"] for line in document["soon"] if line["disputed"]] == ["C2"]
    assert [(line["child_id"], line["satisfied_on"]) for line in document["lately_disputed"]] == [("C1", "2024-06-25")]


def test_page_and_terminal_say_so() -> None:
    report = daily_report(authority(), AS_AT)
    page = as_html(report)
    part = page[page.index('<h2 id="readings">') :]
    assert part.index("C2") < part.index("C1")
    assert "24 June 2024" in part
    assert '<span class="tag">Two readings</span>' in page
    console = Console(record=True, width=160, file=io.StringIO())
    print_report(report, console)
    assert "2 are in time by one reading of their rule and late by the other, 1 of them lately done" in (
        console.export_text()
    )


def test_page_without_disputes_has_no_part_for_them() -> None:
    page = as_html(daily_report(drawn(**visited(date(2024, 6, 20))), AS_AT))
    assert 'id="readings"' not in page
    assert "Two readings" not in page


def test_page_says_how_many_disputes_it_leaves_out() -> None:
    assert "The first 1 of 2; the spreadsheet has every one." in as_html(daily_report(authority(), AS_AT), shown=1)
