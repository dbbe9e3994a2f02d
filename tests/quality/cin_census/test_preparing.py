"""What is made of the tables before any rule looks at them: the census year, the links, and values that are odd."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dates import is_working_day, working_days_between
from goldenthread.quality import Year, check
from goldenthread.quality.cin_census.counts import MOST_OF_A_CHILD
from goldenthread.quality.cin_census.period import Period, period_of
from goldenthread.quality.cin_census.upn import LETTERS, letter_asked_for
from goldenthread.quality.engines import RuleEngine
from tests.quality.cin_census.drawn import checked_rows, found

YEAR = Year(2026, date(2025, 4, 1), date(2026, 3, 31))


def header(*days: date | None) -> pl.DataFrame:
    return pl.DataFrame({"ReferenceDate": days}, schema={"ReferenceDate": pl.Date})


def test_the_year_runs_to_the_headers_reference_date() -> None:
    assert period_of(header(date(2024, 3, 31)), YEAR) == Period(date(2023, 4, 1), date(2024, 3, 31))
    assert period_of(header(None), YEAR) == period_of(header(), YEAR) == Period(YEAR.start, YEAR.end)


@given(st.dates(date(1992, 1, 1), date(2035, 12, 31)))
def test_days_counted_back_are_that_many_working_days_away(end: date) -> None:
    days = Period(end - timedelta(days=364), end).columns()
    for name, number in (("last_timely_assessment", 45), ("last_timely_enquiry", 15)):
        day = days[name]
        assert day is not None and is_working_day(day)
        # The end is day 0, whether or not it is a working day itself.
        assert working_days_between(day, end) == number - (0 if is_working_day(end) else 1)


def test_a_year_outside_the_calendar_of_working_days_leaves_its_rules_silent(engine: RuleEngine) -> None:
    drawn = """
        Header      - ReferenceDate=1980-03-31
        Assessments 1 AssessmentActualStartDate=1979-05-26
    """
    assert found(drawn, "8670Q", engine=engine) == []
    assert found(drawn.replace("1980", "2026"), "8670Q", engine=engine) == [("Assessments", 0)]


def test_a_date_written_day_first_is_read() -> None:
    assert found("Section47 1 DateOfInitialCPC=24/05/2025", "8875") == [("Section47", 0)]
    assert found("Section47 1 DateOfInitialCPC=24-05-2025", "8875") == [("Section47", 0)]


def test_a_date_that_cannot_be_does_not_make_an_episode_open() -> None:
    drawn = """
        CINdetails 1 ReferralNFA=0 CINclosureDate=2025-02-30
        CINdetails 1 ReferralNFA=0
    """
    assert found(drawn, "8815") == []


def test_one_cell_that_is_no_number_stops_no_rule() -> None:
    assert found("ChildProtectionPlans 1 NumberOfPreviousCPP=two", "8730") == [("ChildProtectionPlans", 0)]


def test_every_rule_runs_on_empty_tables(engine: RuleEngine) -> None:
    tables = {
        name: pl.DataFrame(schema={"LAchildID": pl.String})
        for name in ("Header", "ChildIdentifiers", "ChildCharacteristics", "Disabilities", "CINdetails", "Assessments",
                     "AssessmentFactorsList", "CINplanDates", "Section47", "ChildProtectionPlans", "Reviews")
    }  # fmt: skip
    result = check("cin-census", tables, engine=engine)
    assert result.rules["status"].unique().to_list() == ["ran"]
    assert result.findings["rule"].to_list() == ["2887Q"]  # none of the eight codes is used


def test_plans_numbered_anew_in_each_episode_are_told_apart_by_it() -> None:
    drawn = """
        ChildProtectionPlans 1 CINdetailsID=1 CPPID=1 CPPstartDate=2025-05-26
        ChildProtectionPlans 1 CINdetailsID=2 CPPID=1 CPPstartDate=2025-08-26
        Reviews              1 CINdetailsID=1 CPPID=1 CPPreviewDate=2025-06-26
        Reviews              1 CINdetailsID=2 CPPID=1 CPPreviewDate=2025-06-26
    """
    assert found(drawn, "8841") == [("ChildProtectionPlans", 1), ("Reviews", 1)]


def test_reviews_and_plans_without_an_episode_are_linked_by_child_and_plan() -> None:
    drawn = """
        ChildProtectionPlans 1 CPPID=1 CPPstartDate=2025-05-26
        ChildProtectionPlans 2 CPPID=1 CPPstartDate=2025-04-26
        Reviews              1 CPPID=1 CPPreviewDate=2025-05-26
        Reviews              2 CPPID=1 CPPreviewDate=2025-05-26
    """
    assert found(drawn, "8841") == [("ChildProtectionPlans", 0), ("Reviews", 0)]


def test_a_factor_in_the_assessments_own_row_is_not_counted_beside_the_list() -> None:
    drawn = """
        Assessments           1 CINdetailsID=1 AssessmentID=1 AssessmentFactors=1A
        AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=1A
    """
    assert found(drawn, "8898") == []
    assert ("Assessments", 0) in found(drawn, "8614")


def test_one_number_on_a_thousand_rows_fails_the_rules_that_compare_them_and_no_other() -> None:
    rows = "\n".join("CINplanDates 1 CINdetailsID=1" for _ in range(MOST_OF_A_CHILD + 1))
    result = checked_rows(rows, "4014", "4010")
    assert result.rules.rows() == [
        ("4014", "failed", "ValueError: LAchildID '1' stands on 1,001 rows of CINplanDates, too many to be one "
         "child's. Give each child its own number."),
        ("4010", "ran", ""),
    ]  # fmt: skip
    assert result.findings.height == MOST_OF_A_CHILD + 1


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_one_mistyped_digit_always_changes_the_check_letter(digits: str, place: int, by: int) -> None:
    other = str((int(digits[place]) + by) % 10)
    mistyped = digits[:place] + other + digits[place + 1 :]
    letters = pl.DataFrame({"upn": [f"A{digits}", f"A{mistyped}"]}).select(letter_asked_for("upn")).to_series()
    assert letters[0] in LETTERS
    assert letters[0] != letters[1]
