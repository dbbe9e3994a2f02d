"""What of an episode is in the census of 2025-26: its assessments, enquiries, conferences and plans."""

from __future__ import annotations

from datetime import date

import pytest

from writers.cin_census.drawn import census, one, rows

OPEN = """
    referral_id  child_id  received_on
    R1           C1        2020-06-01
"""


@pytest.mark.parametrize(
    ("started", "authorised", "is_in"),
    [
        ("2025-04-01", "2025-05-01", True),
        ("2025-03-01", "2025-04-01", True),
        ("2024-03-01", "-", True),
        ("2026-03-31", "2026-04-20", True),
        ("2025-03-01", "2025-03-31", False),
        ("2026-04-01", "-", False),
        ("2025-04-10", "2025-03-20", True),  # a slip in one of the dates, for the checks to find
    ],
)
def test_assessments_not_over_before_the_year(started: str, authorised: str, is_in: bool) -> None:
    drawn = f"""
        child_id  referral_id  started_on  authorised_on
        C1        R1           {started}   {authorised}
    """
    built = census(referrals=OPEN, assessments=drawn)
    assert rows(built, "Assessments", "AssessmentActualStartDate") == ([(started,)] if is_in else [])


def test_factors_stand_under_their_assessment_in_order() -> None:
    built = census(
        referrals=OPEN,
        assessments="""
            child_id  referral_id  assessment_id  started_on  authorised_on
            C1        R1           A2             2025-07-01  2025-08-01
            C1        R1           A1             2025-05-01  2025-06-01
        """,
        assessment_factors="""
            child_id  assessment_id  factor
            C1        A1             4B
            C1        A1             3A
            C1        A2             20
        """,
    )
    columns = ("CINdetailsID", "AssessmentID", "AssessmentFactor")
    assert rows(built, "AssessmentFactorsList", *columns) == [("1", "1", "3A"), ("1", "1", "4B"), ("1", "2", "20")]
    assert built.origins["AssessmentFactorsList"]["record_id"].to_list() == ["A1|3A", "A1|4B", "A2|20"]


@pytest.mark.parametrize(
    ("started", "ended", "unneeded", "held", "written"),
    [
        # begun in the year
        ("2025-06-01", "2025-06-10", "yes", "-", ("1", None)),
        ("2025-06-01", "2025-06-20", "no", "2025-06-20", ("0", "2025-06-20")),
        # a conference in the year, and one before it
        ("2025-03-20", "2025-04-05", "no", "2025-04-05", ("0", "2025-04-05")),
        ("2025-03-01", "2025-03-15", "no", "2025-03-15", None),
        # ended in the year without one, and before it
        ("2025-03-20", "2025-04-05", "yes", "-", ("1", None)),
        ("2025-03-01", "2025-03-15", "yes", "-", None),
        # no answer yet; one that came after the year; a conference after it
        ("2024-03-01", "-", "-", "-", ("0", None)),
        ("2026-03-20", "2026-04-05", "yes", "-", ("0", None)),
        ("2026-03-20", "2026-04-05", "no", "2026-04-05", ("0", None)),
        # not needed, and nobody wrote down when that was decided
        ("2025-03-20", "-", "yes", "-", None),
    ],
)
def test_enquiries_of_the_year(
    started: str, ended: str, unneeded: str, held: str, written: tuple[str, str | None] | None
) -> None:
    drawn = f"""
        child_id  referral_id  section_47_id  started_on  ended_on  conference_not_required
        C1        R1           S1             {started}   {ended}   {unneeded}
    """
    conferences = f"""
        child_id  referral_id  section_47_id  kind     held_on
        C1        R1           S1             initial  {held if held != "-" else "2019-01-01"}
    """
    held_one = {} if held == "-" else {"conferences": conferences}
    built = census(referrals=OPEN, section_47_enquiries=drawn, **held_one)
    assert rows(built, "Section47", "ICPCnotRequired", "DateOfInitialCPC") == ([written] if written else [])


def test_a_record_that_begins_with_the_year_holds_nothing_that_ended_before() -> None:
    drawn = """
        child_id  referral_id  started_on  conference_not_required
        C1        R1           2025-03-20  yes
    """
    built = census(history_from=date(2025, 4, 1), referrals=OPEN, section_47_enquiries=drawn)
    assert rows(built, "Section47", "S47ActualStartDate", "ICPCnotRequired") == [("2025-03-20", "1")]


ENQUIRIES = """
    child_id  referral_id  section_47_id  started_on
    C1        R1           S1             2025-05-01
    C1        R1           S2             2025-09-01
"""


@pytest.mark.parametrize(
    ("conferences", "in_enquiries", "in_episode", "left_out"),
    [
        ("S2 initial 2025-09-20", (None, "2025-09-20"), None, 0),
        ("S2 pre_birth 2025-09-20", (None, "2025-09-20"), None, 0),
        ("- initial 2025-10-01", (None, "2025-10-01"), None, 0),
        ("- initial 2025-06-01", ("2025-06-01", None), None, 0),
        ("- initial 2025-04-20", (None, None), None, 1),
        ("S1 initial 2025-05-20, S1 initial 2025-05-25", ("2025-05-20", None), None, 1),
        ("S2 initial 2025-09-20, - initial 2025-09-21", ("2025-09-21", "2025-09-20"), None, 0),
        ("- transfer_in 2025-05-01", (None, None), "2025-05-01", 0),
        ("- transfer_in 2025-03-31", (None, None), None, 0),
        ("S1 initial 2025-05-20, - transfer_in 2025-05-20", ("2025-05-20", None), None, 1),
    ],
)
def test_where_each_first_conference_stands(
    conferences: str, in_enquiries: tuple[str | None, ...], in_episode: str | None, left_out: int
) -> None:
    lines = "\n".join(f"C1 R1 {line}" for line in conferences.split(", "))
    drawn = f"child_id referral_id section_47_id kind held_on\n{lines}"
    built = census(referrals=OPEN, section_47_enquiries=ENQUIRIES, conferences=drawn)
    assert tuple(built.tables["Section47"]["DateOfInitialCPC"]) == in_enquiries
    assert one(built, "CINdetails", "DateOfInitialCPC") == (in_episode,)
    said = "Left out, for want of an enquiry or of a second place in it: 1 conference held in the year."
    assert (said in built.notes) == bool(left_out)


def test_plans_in_force_in_the_year_with_all_their_reviews() -> None:
    built = census(
        referrals=OPEN,
        cp_plans="""
            child_id  referral_id  cp_plan_id  started_on  ended_on    initial_category  latest_category
            C1        R1           K0          2021-01-01  2021-06-01  PHY               PHY
            C1        R1           K1          2023-01-01  2025-03-31  NEG               NEG
            C1        R1           K2          2025-03-31  2025-12-01  EMO               SAB
            C1        R1           K3          2026-02-01  2026-04-20  NEG               NEG
        """,
        conferences="""
            child_id  referral_id  cp_plan_id  kind    held_on
            C1        R1           K1          review  2023-03-01
            C1        R1           K2          review  2025-12-01
            C1        R1           K2          review  2025-06-01
            C1        R1           K3          review  2026-04-20
        """,
    )
    columns = ("CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP")
    assert rows(built, "ChildProtectionPlans", *columns) == [
        ("2025-03-31", "2025-12-01", "EMO", "SAB", "2"),
        ("2026-02-01", None, "NEG", "NEG", "3"),
    ]
    assert rows(built, "Reviews", "CPPID", "CPPreviewDate") == [("1", "2025-06-01"), ("1", "2025-12-01")]
    said = "NumberOfPreviousCPP of 2 child protection plans is the number of earlier plans in this record."
    assert said in built.notes


def test_earlier_plans_as_the_source_counted_them_are_believed() -> None:
    built = census(
        referrals=OPEN,
        cp_plans="""
            child_id  referral_id  started_on  previous_plans
            C1        R1           2025-06-01  4
        """,
    )
    assert one(built, "ChildProtectionPlans", "NumberOfPreviousCPP") == ("4",)


@pytest.mark.parametrize(
    ("initial", "latest", "changes", "written"),
    [
        ("NEG", "SAB", "", ("NEG", "SAB")),
        ("-", "-", "NEG 2025-06-01, EMO 2025-12-01", ("NEG", "EMO")),
        ("NEG", "-", "", ("NEG", "NEG")),
        ("NEG", "EMO", "NEG 2025-06-01, EMO 2026-05-01", ("NEG", "NEG")),  # changed after the reference date
        ("-", "-", "", (None, None)),
    ],
)
def test_the_first_category_and_the_one_on_the_reference_date(
    initial: str, latest: str, changes: str, written: tuple[str | None, str | None]
) -> None:
    plan = f"""
        child_id  referral_id  cp_plan_id  started_on  initial_category  latest_category
        C1        R1           K1          2025-06-01  {initial}         {latest}
    """
    lines = "\n".join(f"C1 K1 {line}" for line in changes.split(", "))
    drawn = {"cp_plan_categories": f"child_id cp_plan_id category started_on\n{lines}"} if changes else {}
    built = census(referrals=OPEN, cp_plans=plan, **drawn)
    assert one(built, "ChildProtectionPlans", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse") == written


def test_the_plan_of_another_authority_is_not_ours() -> None:
    plan = """
        child_id  referral_id  started_on  temporary_other_authority
        C1        R1           2025-06-01  yes
    """
    assert rows(census(referrals=OPEN, cp_plans=plan), "ChildProtectionPlans", "CPPstartDate") == []


NEED_PLANS = """
    child_id  referral_id  started_on  ended_on
    C1        R1           2020-07-01  2021-03-31
    C1        R1           2021-04-01  2021-05-01
    C1        R1           2021-06-01  -
"""


@pytest.mark.parametrize(
    ("year", "written"),
    [(2022, [("2021-04-01", "2021-05-01"), ("2021-06-01", None)]), (2021, []), (2026, [("2021-06-01", None)])],
)
def test_child_in_need_plans_from_2021_22(year: int, written: list[tuple[str, str | None]]) -> None:
    built = census(year=year, referrals=OPEN, cin_plans=NEED_PLANS)
    assert rows(built, "CINplanDates", "CINPlanStartDate", "CINPlanEndDate") == written
    said = "Child in need plans are left out: the census collects them from 2021-22."
    assert (said in built.notes) == (year == 2021)


@pytest.mark.parametrize(("year", "source", "reason"), [(2023, "5D", "RC9"), (2022, None, None)])
def test_a_code_that_the_census_of_the_year_did_not_have_is_left_out(
    year: int, source: str | None, reason: str | None
) -> None:
    referral = f"""
        child_id  received_on       source  closed_on         closure_reason
        C1        {year}-01-05      5D      {year}-02-05      RC9
    """
    built = census(year=year, referrals=referral)
    assert one(built, "CINdetails", "ReferralSource", "ReasonForClosure") == (source, reason)
    assert ("Left out, being no closure reason of that year's census: RC9." in built.notes) == (year == 2022)


def test_a_row_of_no_referral_goes_to_the_one_open_when_it_began_or_is_named_as_left_out() -> None:
    built = census(
        referrals="""
            referral_id  child_id  received_on  closed_on
            R1           C1        2025-05-01   2025-06-30
            R2           C1        2025-09-01   -
        """,
        assessments="""
            child_id  started_on
            C1        2025-05-02
            C1        2025-07-15
            C1        2025-09-02
        """,
    )
    columns = ("CINdetailsID", "AssessmentActualStartDate")
    assert rows(built, "Assessments", *columns) == [("1", "2025-05-02"), ("2", "2025-09-02")]
    assert "Left out, being of no referral in the record: 1 assessment begun in the year." in built.notes


def test_children_in_care_and_care_leavers_without_an_episode_are_counted() -> None:
    built = census(
        referrals=OPEN,
        care_periods="""
            child_id  referral_id  started_on
            C1        R1           2021-01-01
            C2        -            2021-01-01
        """,
        care_leavers="""
            child_id  started_on  ended_on
            C3        2021-01-01  -
            C4        2021-01-01  2025-03-31
        """,
    )
    assert "Left out, having no referral open in the year: 1 child looked after in it." in built.notes
    assert "Left out, having no referral open in the year: 1 child using leaving care services in it." in built.notes
