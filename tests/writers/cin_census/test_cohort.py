"""Who is in the census: the children and episodes of 2025-26, 1 April 2025 to 31 March 2026."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.writers.cin_census import build
from writers.cin_census.drawn import census, record, rows


@pytest.mark.parametrize(
    ("received", "closed", "nothing_done", "is_in"),
    [
        # open all the year, opened in it, closed on its first and last days
        ("2019-05-01", "-", "no", True),
        ("2025-04-01", "-", "no", True),
        ("2019-05-01", "2025-04-01", "no", True),
        ("2026-03-31", "2026-03-31", "no", True),
        # over before it, not yet received
        ("2019-05-01", "2025-03-31", "no", False),
        ("2026-04-01", "-", "no", False),
        # no further action: in the census of the year it was received in, or was closed in
        ("2025-04-01", "-", "yes", True),
        ("2025-05-01", "2025-05-02", "yes", True),
        ("2025-03-30", "2025-04-02", "yes", True),
        ("2025-03-31", "-", "yes", False),
        # whether anything was done is not recorded: the case is open
        ("2019-05-01", "-", "-", True),
    ],
)
def test_episodes_open_received_or_closed_in_the_year(
    received: str, closed: str, nothing_done: str, is_in: bool
) -> None:
    built = census(
        referrals=f"""
            child_id  received_on  closed_on  no_further_action
            C1        {received}   {closed}   {nothing_done}
        """
    )
    assert rows(built, "ChildIdentifiers", "LAchildID") == ([("C1",)] if is_in else [])
    assert rows(built, "CINdetails", "LAchildID") == ([("C1",)] if is_in else [])


def test_no_further_action_is_also_read_from_the_outcome() -> None:
    built = census(
        referrals="""
            child_id  received_on  outcome
            C1        2025-06-01   no_further_action
            C2        2025-06-01   assessment
            C3        2025-03-01   no_further_action
        """
    )
    assert rows(built, "CINdetails", "LAchildID", "ReferralNFA") == [("C1", "1"), ("C2", "0")]


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [
        ("assessments", "started_on", "2025-06-01"),
        ("assessments", "started_on  authorised_on", "2024-12-01  2025-04-01"),
        ("section_47_enquiries", "started_on", "2025-06-01"),
        ("conferences", "kind  held_on", "transfer_in  2025-06-01"),
        ("cin_plans", "started_on  ended_on", "2024-06-01  2025-04-01"),
        ("cp_plans", "started_on  ended_on", "2024-06-01  -"),
        ("care_periods", "started_on  ended_on", "2024-06-01  -"),
    ],
)
def test_a_closed_episode_with_something_dated_in_the_year_is_in(table: str, columns: str, values: str) -> None:
    closed = """
        referral_id  child_id  received_on  closed_on
        R1           C1        2024-06-01   2025-03-01
    """
    drawn = f"""
        child_id  referral_id  {columns}
        C1        R1           {values}
    """
    assert rows(census(referrals=closed, **{table: drawn}), "CINdetails", "CINclosureDate") == [("2025-03-01",)]


def test_an_assessment_never_finished_does_not_bring_back_a_closed_episode() -> None:
    built = census(
        referrals="""
            referral_id  child_id  received_on  closed_on
            R1           C1        2023-06-01   2024-03-01
        """,
        assessments="""
            child_id  referral_id  started_on
            C1        R1           2023-06-02
        """,
    )
    assert rows(built, "CINdetails", "LAchildID") == []


def test_children_and_their_episodes_stand_in_order_and_each_child_once() -> None:
    built = census(
        referrals="""
            referral_id  child_id  received_on  closed_on
            R10          C2        2025-06-01   2025-06-09
            R9           C2        2025-06-01   2025-06-09
            R3           C2        2025-05-01   2025-05-09
            R4           C1        2025-07-01   -
        """
    )
    assert rows(built, "ChildIdentifiers", "LAchildID") == [("C1",), ("C2",)]
    assert rows(built, "CINdetails", "LAchildID", "CINdetailsID") == [
        ("C1", "1"),
        ("C2", "2"),
        ("C2", "3"),
        ("C2", "4"),
    ]
    assert built.origins["CINdetails"]["record_id"].to_list() == ["R4", "R3", "R9", "R10"]


@pytest.mark.parametrize(
    ("as_at", "year", "named", "reference"),
    [
        (date(2026, 3, 31), None, "2026", "2026-03-31"),
        (date(2026, 4, 1), None, "2027", "2027-03-31"),
        (date(2026, 6, 10), 2026, "2026", "2026-03-31"),
        (date(2026, 6, 10), 2024, "2024", "2024-03-31"),
    ],
)
def test_the_year_is_the_one_asked_or_the_one_that_holds_the_day(
    as_at: date, year: int | None, named: str, reference: str
) -> None:
    built = census(as_at, year)
    assert rows(built, "Header", "Year", "ReferenceDate", "LEA") == [(named, reference, "999")]


def test_a_year_that_has_not_begun_is_refused() -> None:
    with pytest.raises(ValueError, match="begins on 01/04/2026, after 10/02/2026"):
        build(record(), date(2026, 2, 10), year=2027)


def test_what_happened_after_the_day_is_not_seen() -> None:
    built = census(
        date(2025, 9, 30),
        referrals="""
            referral_id  child_id  received_on  closed_on   closure_reason
            R1           C1        2025-06-01   2025-10-01  RC7
            R2           C2        2025-10-01   -           -
        """,
        assessments="""
            child_id  referral_id  assessment_id  started_on  review_point_on  authorised_on
            C1        R1           A1             2025-09-01  2025-10-01       2025-10-02
        """,
        assessment_factors="""
            child_id  assessment_id  factor
            C1        A1             3A
        """,
    )
    assert rows(built, "CINdetails", "LAchildID", "CINclosureDate", "ReasonForClosure") == [("C1", None, None)]
    columns = ("AssessmentInternalReviewDate", "AssessmentAuthorisationDate")
    assert rows(built, "Assessments", *columns) == [(None, None)]
    assert rows(built, "AssessmentFactorsList", "AssessmentFactor") == []
