"""Figures of the runs kept: what is open by rule, team and week, who has most, how far each return is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl

from goldenthread.quality.kept.figures import by_rule_team_week, how_far, most_findings
from goldenthread.quality.kept.queries import Identity, answer, answers
from goldenthread.quality.kept.store import Run, keep
from tests.quality.kept.drawn import day, result, run

NO_ANSWERS = Path("no answers here")


def none_given() -> pl.DataFrame:
    return answers(NO_ANSWERS)


def record_row(runs: list[Run], given: pl.DataFrame) -> dict[str, object]:
    return how_far(runs, given).row(by_predicate=pl.col("checked_as") == "record", named=True)


def test_the_last_run_of_a_week_stands_for_the_week() -> None:
    runs = [run(day(0), "E1 C1"), run(day(0) + timedelta(days=2), "E1 C1", "E1 C2", "E1 C2 V2"), run(day(1), "E1 C1")]
    weekly = by_rule_team_week(runs, none_given())
    columns = weekly.select("week", "as_at", "rule", "team", "findings", "children")
    assert list(columns.iter_rows()) == [
        (day(1), day(1), "E1", "No team recorded", 1, 1),
        (day(0), day(0) + timedelta(days=2), "E1", "No team recorded", 3, 2),
    ]


def test_children_with_most_come_first_and_errors_before_queries() -> None:
    held = run(day(0), "E1 C1", "Q1 C1", "E1 C2", "E2 C2", "E1 C3", "E1 C4")
    shown = most_findings(held, none_given(), 3).select("child_id", "findings", "errors", "queries", "rules")
    assert list(shown.iter_rows()) == [
        ("C2", 2, 2, 0, ["E1", "E2"]),
        ("C1", 2, 1, 1, ["E1", "Q1"]),
        ("C3", 1, 1, 0, ["E1"]),
    ]


def test_a_return_is_as_far_as_its_errors_and_unexplained_queries(tmp_path: Path) -> None:
    keep(result(day(0), "E1 C1", "Q1 C1", "Q1 C2"), tmp_path)
    answer(tmp_path, Identity("record", "Q1", "C1", "visits", "V1"), "Seen with a sibling.", "W1", day(1))
    runs = [run(day(0), "E1 C1", "Q1 C1", "Q1 C2"), run(day(1), "E1 C1", "E2 C1", "Q1 C1", "Q1 C2")]
    told = record_row(runs, answers(tmp_path))
    assert (told["errors"], told["queries"], told["explained"], told["children"]) == (2, 1, 1, 2)
    assert (told["errors_change"], told["queries_change"]) == (1, -1)
    assert most_findings(runs[1], answers(tmp_path))["findings"].to_list() == [2, 1]


def test_rules_that_did_not_run_are_counted_as_such() -> None:
    told = record_row([run(day(0)), run(day(1), "E1 C1", status={"E2": "failed", "Q1": "skipped"})], none_given())
    assert (told["rules_ran"], told["rules_not_run"]) == (1, 2)


def test_the_first_run_has_no_change_and_a_return_without_rules_never_has() -> None:
    assert record_row([run(day(0), "E1 C1")], none_given())["errors_change"] is None
    both = how_far([run(day(0)), run(day(1))], none_given())
    unchecked = both.filter(pl.col("checked_as") == "ssda903").row(0, named=True)
    assert (unchecked["rules_ran"], unchecked["errors_change"]) == (0, None)


def test_no_runs_have_no_figures() -> None:
    assert by_rule_team_week([], none_given()).is_empty()
    assert how_far([], none_given()).is_empty()
