"""The report: every format says the same, a finding explained is not open, and text is never taken for more."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from goldenthread.quality.kept.report.as_html import as_html
from goldenthread.quality.kept.report.as_json import as_json
from goldenthread.quality.kept.report.as_xlsx import as_xlsx
from goldenthread.quality.kept.report.words import change_words, how_it_stands
from tests.quality.kept.drawn import day
from tests.quality.kept.reported import REASON, report


def test_standings_of_the_last_run_are_counted(tmp_path: Path) -> None:
    told = json.loads(as_json(report(tmp_path)))
    assert told["standings"] == {"new": 1, "still there": 3, "mended": 0, "came back": 1, "not checked": 1}
    assert (told["as_at"], told["last_run"]) == (str(day(2)), str(day(1)))


def test_a_query_explained_is_not_open_and_its_reason_is_shown(tmp_path: Path) -> None:
    told = json.loads(as_json(report(tmp_path)))
    mine = next(row for row in told["findings"] if (row["rule"], row["child_id"]) == ("Q1", "C1"))
    assert (mine["answered"], mine["reason"], mine["by"], mine["on"]) == ("explained", REASON, "W1", str(day(0)))
    assert next(row for row in told["returns"] if row["checked_as"] == "record")["queries"] == 2
    assert [row["child_id"] for row in told["children"]] == ["C2", "C1", "C3"]


def test_the_page_says_what_changed_before_anything_else(tmp_path: Path) -> None:
    page = as_html(report(tmp_path))
    headings = [part.split("</h2>")[0].split(">")[-1] for part in page.split("<h2")[1:]]
    assert headings == [
        "What changed since 12 January 2026",
        "How far each return is from submittable",
        "By team and week",
        "The children with most to mend",
        "How completely and how soon the record is written",
        "Rules that did not run",
    ]
    assert "1 query is explained" in page
    assert "and 1 that could not be checked" in page


def test_the_first_run_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    page = as_html(report(tmp_path, weeks=1))
    assert "This is the first run kept" in page
    assert "fewer" not in page


def test_the_workbook_holds_every_finding_and_no_formula(tmp_path: Path) -> None:
    held = report(tmp_path)
    book = openpyxl.load_workbook(BytesIO(as_xlsx(held)))
    assert book.sheetnames == [
        "Returns",
        "What changed",
        "Findings",
        "By week",
        "Children",
        "Recording",
        "Rules not run",
    ]
    rows = list(book["Findings"].iter_rows(min_row=4, values_only=True))
    assert len(rows) == held.findings.height
    headings = [cell.value for cell in book["Findings"][3]]
    reasons = {row[headings.index("Reason")] for row in rows}
    assert reasons == {None, f"'{REASON}"}


def test_recording_is_by_team_by_table_and_by_both(tmp_path: Path) -> None:
    held = report(tmp_path)
    assert held.recording["team"].to_list() == ["Blue", "Extraordinarily-Longnamed Testers", "No team recorded"]
    visits = held.recording_by_table.filter(pl.col("table") == "visits").row(0, named=True)
    assert (visits["facts"], visits["median_days"], visits["ninetieth_days"]) == (3, 4.0, 4)
    assert held.recording_by_table_and_team.filter(pl.col("table") == "visits").height == 3


@pytest.mark.parametrize(
    ("errors", "queries", "ran", "not_run", "said"),
    [
        (0, 0, 9, 0, "Nothing found stands in the way."),
        (0, 0, 9, 1, "Nothing found stands in the way. 1 rule did not run."),
        (1200, 3, 9, 0, "1,200 to mend and 3 to mend or explain."),
        (0, 3, 9, 2, "3 to mend or explain. 2 rules did not run."),
        (0, 0, 0, 5, "Not known: no rule was run for this year. 5 rules did not run."),
    ],
)
def test_a_return_is_never_called_clean_when_rules_did_not_run(
    errors: int, queries: int, ran: int, not_run: int, said: str
) -> None:
    row = {"errors": errors, "queries": queries, "rules_ran": ran, "rules_not_run": not_run}
    assert how_it_stands(row) == said


def test_a_change_is_said_in_words() -> None:
    assert [change_words(change) for change in (None, 0, 3, -2)] == ["", "no change", "3 more", "2 fewer"]
