"""List 6: who is a child in need, since when, in what status, and when last seen."""

import pytest

from writers.annex_a.drawn import lists, one, rows

PLAN = "child_id started_on\nC1 2024-02-10"


@pytest.mark.parametrize(
    ("nfa", "need", "closed", "reason", "within"),
    [
        ("no", "N1", "-", "-", True),
        ("no", "N1", "2023-12-29", "RC7", False),
        ("no", "N1", "2023-12-30", "RC7", True),
        ("no", "-", "2024-03-01", "RC8", True),
        ("yes", "N1", "2024-02-02", "-", False),  # closed at once
        ("no", "N0", "-", "-", False),  # nothing but a referral
        ("no", "-", "2024-03-01", "-", False),  # nothing but a referral
        ("-", "N1", "-", "-", True),  # not said to have been closed at once
    ],
)
def test_a_child_in_need_has_more_than_a_referral(nfa: str, need: str, closed: str, reason: str, within: bool) -> None:
    drawn = f"""
        child_id received_on no_further_action primary_need closed_on closure_reason
        C1       2023-02-01  {nfa}             {need}       {closed}  {reason}
    """
    assert len(rows(lists(referrals=drawn), 6)) == within


def test_an_assessment_makes_a_referral_a_childs_need() -> None:
    built = lists(
        referrals="referral_id child_id received_on primary_need\nR1 C1 2024-02-01 N0",
        assessments="child_id referral_id started_on authorised_on\nC1 R1 2024-02-02 2024-03-01",
    )
    assert rows(built, 6, "Primary Need Code", "Case Status") == [("N0 - Not stated", None)]
    assert any("1 open cases have no case status" in note for note in built.notes)


@pytest.mark.parametrize(
    ("tables", "status"),
    [
        ({"assessments": PLAN}, "d) Open assessment"),
        ({"assessments": PLAN, "cin_plans": PLAN}, "c) Child in need plan"),
        ({"cin_plans": PLAN, "cp_plans": PLAN}, "b) Child Protection plan"),
        ({"cp_plans": PLAN, "care_periods": PLAN}, "a) Looked after child"),
        ({"cin_plans": PLAN, "care_periods": "child_id started_on short_breaks_only\nC1 2024-02-10 yes"},
         "c) Child in need plan"),
        ({"cin_plans": PLAN, "cp_plans": "child_id started_on temporary_other_authority\nC1 2024-02-10 yes"},
         "c) Child in need plan"),
        ({"cin_plans": "child_id started_on ended_on\nC1 2024-02-10 2024-06-30"}, None),
        ({"cin_plans": "child_id started_on ended_on\nC1 2024-02-10 2024-07-01"}, "c) Child in need plan"),
    ],
)  # fmt: skip
def test_the_status_is_the_closest_involvement_open_on_the_day(tables: dict[str, str], status: str | None) -> None:
    built = lists(referrals="child_id received_on primary_need\nC1 2024-02-01 N1", **tables)
    assert one(built, 6, "Case Status") == status


def test_a_closed_case_is_closed_whatever_else_is_open() -> None:
    built = lists(
        referrals="child_id received_on primary_need closed_on closure_reason\nC1 2024-02-01 N1 2024-05-01 RC7",
        cin_plans=PLAN,
    )
    assert one(built, 6, "Case Status") == "e) Closed episode"


EPISODES = """
    referral_id child_id received_on primary_need closed_on
    R1          C1       2018-02-01  N1           -
    R2          C1       2024-02-01  N1           2024-03-01
    R3          C1       2024-04-01  N0           -
"""


@pytest.mark.parametrize(
    ("tables", "start"),
    [
        # What stands belongs to the first referral: later ones on an open case do not take its place.
        ({"care_periods": "child_id referral_id started_on\nC1 R1 2018-03-01"}, "01/02/2018"),
        # What stands names no referral: of those with a need, the one still open.
        ({"care_periods": "child_id started_on\nC1 2018-03-01"}, "01/02/2018"),
        # Nothing stands: of those with a need, the latest.
        ({}, "01/02/2024"),
    ],
)
def test_a_child_has_one_row_the_episode_that_stands(tables: dict[str, str], start: str) -> None:
    assert one(lists(referrals=EPISODES, **tables), 6, "CIN Start Date") == start


def test_the_team_is_that_of_what_stands() -> None:
    referrals = "child_id received_on primary_need closed_on team worker_id\nC1 2024-02-01 N1 {} Front W1"
    plan = {"cp_plans": "child_id started_on team worker_id\nC1 2024-02-10 North W2"}
    columns = ("Allocated Team", "Allocated Worker")
    assert rows(lists(referrals=referrals.format("-"), **plan), 6, *columns) == [("North", "W2")]
    assert rows(lists(referrals=referrals.format("2024-05-01"), **plan), 6, *columns) == [("Front", "W1")]
    assert rows(lists(referrals=referrals.format("-")), 6, *columns) == [("Front", "W1")]


@pytest.mark.parametrize(
    ("eligibility", "born", "closed", "plan", "within"),
    [
        ("former_relevant", "2003-05-01", "-", "", False),
        ("former_relevant", "2003-05-01", "2024-03-01", "", False),  # of age long before
        ("former_relevant", "2006-05-01", "2024-03-01", "", True),  # a child when the six months began
        ("former_relevant", "2006-05-01", "-", "", False),
        ("relevant", "2007-05-01", "-", "C1 2024-02-10", True),  # a plan besides
        ("eligible", "2007-05-01", "-", "", True),  # still looked after
    ],
)
def test_cases_kept_for_leaving_care_alone_are_left_out(
    eligibility: str, born: str, closed: str, plan: str, within: bool
) -> None:
    built = lists(
        people=f"person_id born_on\nC1 {born}",
        referrals=f"child_id received_on primary_need closed_on\nC1 2018-02-01 N1 {closed}",
        care_leavers=f"child_id eligibility\nC1 {eligibility}",
        cin_plans=f"child_id started_on\n{plan}",
    )
    assert len(rows(built, 6)) == within


def test_the_child_was_last_seen_by_anyone_within_the_episode() -> None:
    built = lists(
        referrals="child_id received_on primary_need closed_on\nC1 2024-02-01 N1 2024-05-01",
        visits="""
            child_id kind          visited_on seen
            C1       child_in_need 2024-02-20 yes
            C1       child_in_need 2024-04-20 no
            C1       child_in_need 2024-04-25 -
            C1       care_leaver   2024-05-02 yes
        """,
        assessments="child_id started_on child_first_seen_on\nC1 2024-02-02 2024-03-05",
        section_47_enquiries="child_id started_on child_first_seen_on\nC1 2024-01-01 2024-01-02",
    )
    assert one(built, 6, "Date Child Was Last Seen") == "05/03/2024"
