"""What each list says of a record: who is in it, and what stands in its columns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dates import plus_months
from goldenthread.writers.annex_a.care import ABSENT, ACCEPTED, AGAIN, MISSING, OFFERED
from goldenthread.writers.annex_a.protection import EMERGENCY
from writers.annex_a.drawn import AS_AT, lists, one, rows

WINDOW = [  # the day, whether it lies in the six months
    ("2023-12-29", False),
    ("2023-12-30", True),
    ("2024-06-30", True),
    ("2024-07-01", False),
]


@pytest.mark.parametrize(("day", "within"), WINDOW)
def test_contacts_and_referrals_go_back_six_months(day: str, within: bool) -> None:
    drawn = f"child_id received_on\nC1 {day}"
    built = lists(contacts=drawn, referrals=drawn)
    assert (len(rows(built, 1)), len(rows(built, 3))) == (within, within)


@given(
    as_at=st.dates(date(2012, 1, 1), date(2030, 12, 31)),
    day=st.dates(date(2011, 1, 1), date(2031, 12, 31)),
)
def test_a_contact_is_in_its_list_within_the_corresponding_months(as_at: date, day: date) -> None:
    found = rows(lists(as_at, contacts=f"child_id received_on\nC1 {day}"), 1, "Date of Contact")
    assert found == ([(f"{day:%d/%m/%Y}",)] if plus_months(as_at, -6) <= day <= as_at else [])


@pytest.mark.parametrize(
    ("started", "completed", "closed", "within"),
    [
        ("2023-05-01", "2023-06-01", "2023-09-01", False),
        ("2023-05-01", "2023-06-01", "2024-03-01", False),  # it ran in the six months, and no assessment was made
        ("2023-05-01", "2024-01-10", "2024-03-01", True),
        ("2024-05-01", "-", "2024-06-01", True),
        ("2019-05-01", "2019-06-01", "-", True),  # still running
        ("2019-05-01", "2019-06-01", "2024-07-01", True),  # still running on the day
    ],
)
def test_early_help_is_assessed_in_the_six_months_or_runs(
    started: str, completed: str, closed: str, within: bool
) -> None:
    drawn = f"child_id started_on completed_on closed_on organisation\nC1 {started} {completed} {closed} School"
    assert len(rows(lists(early_help_assessments=drawn), 2)) == within


@pytest.mark.parametrize(
    ("began", "ended", "within"),
    [
        ("2023-10-01", "2023-12-29", False),
        ("2023-10-01", "2023-12-30", True),
        ("2023-10-01", "-", True),
        ("2023-10-01", "2024-07-05", True),
        ("2024-07-05", "-", False),
    ],
)
def test_assessments_enquiries_and_plans_that_ran_in_the_six_months_are_listed(
    began: str, ended: str, within: bool
) -> None:
    built = lists(
        assessments=f"child_id started_on authorised_on\nC1 {began} {ended}",
        section_47_enquiries=f"child_id started_on ended_on\nC1 {began} {ended}",
        cp_plans=f"child_id started_on ended_on\nC1 {began} {ended}",
        care_periods=f"child_id started_on ended_on\nC1 {began} {ended}",
    )
    assert [len(rows(built, number)) for number in (4, 5, 7, 8)] == [within] * 4


def test_what_ends_after_the_day_has_not_ended() -> None:
    built = lists(care_periods="child_id started_on ended_on end_reason\nC1 2024-01-05 2024-07-05 E4A")
    columns = ("Date Ceased to be Looked After", "Reason Ceased to be Looked After")
    assert rows(built, 8, *columns) == [(None, None)]


def test_a_row_says_which_row_of_the_record_it_is() -> None:
    built = lists(referrals="referral_id child_id received_on\nR7 C1 2024-02-01\nR8 C2 2024-02-01")
    assert built.origins["List 3"].rows() == [("C1", "referrals", "R7"), ("C2", "referrals", "R8")]


def test_codes_are_said_in_ofsteds_words() -> None:
    built = lists(contacts="child_id received_on source\nC1 2024-02-01 3A")
    columns = ("Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Date of Contact", "Contact Source")
    assert rows(built, 1, *columns) == [
        ("b) Female", "a) WBRI", "01/05/2012", "12", "01/02/2024", "g) 3A: Health services")
    ]


def test_a_child_of_whom_nothing_is_known_is_said_to_be_so() -> None:
    built = lists(assessments="child_id started_on\nC9 2024-02-01")
    columns = ("Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Does the Child have a Disability")
    assert rows(built, 4, *columns) == [("c) Not stated/recorded", "s) NOBT", None, None, "c) Unknown")]


@pytest.mark.parametrize(
    ("born", "expected", "birth", "age"),
    [
        ("-", "2024-09-01", "01/09/2024", "-1"),
        ("-", "2024-06-20", "20/06/2024", "-1"),  # overdue, and no birth recorded
        ("2024-07-02", "2024-07-01", "02/07/2024", "-1"),  # born after the day
        ("2012-06-30", "-", "30/06/2012", "12"),
        ("2012-07-01", "-", "01/07/2012", "11"),
        ("-", "-", None, None),
    ],
)
def test_the_unborn_are_of_age_minus_one(born: str, expected: str, birth: str | None, age: str | None) -> None:
    built = lists(
        people=f"person_id born_on expected_on\nC1 {born} {expected}",
        contacts="child_id received_on\nC1 2024-02-01",
        care_periods="child_id started_on\nC1 2024-02-01",
    )
    assert rows(built, 1, "Date of Birth", "Age of Child (Years)") == [(birth, age)]
    in_care = (birth, age) if age != "-1" else (None, None)
    assert rows(built, 8, "Date of Birth", "Age of Child (Years)") == [in_care], "no child in care is unborn"


@pytest.mark.parametrize(
    ("flag", "kinds", "said"),
    [("yes", "", "a) Yes"), ("-", "C1 AUT", "a) Yes"), ("-", "C1 NONE", "b) No"), ("-", "", "c) Unknown")],
)
def test_a_disability_recorded_answers_where_the_child_does_not(flag: str, kinds: str, said: str) -> None:
    built = lists(
        people=f"person_id disabled\nC1 {flag}",
        disabilities=f"child_id disability\n{kinds}",
        assessments="child_id started_on\nC1 2024-02-01",
    )
    assert one(built, 4, "Does the Child have a Disability") == said


@pytest.mark.parametrize(
    ("until", "in_care", "leaving"),
    [("-", "a) Yes", "a) Yes"), ("2023-06-30", "a) Yes", "a) Yes"), ("2023-06-29", "b) No", "a) Yes")],
)
def test_an_unaccompanied_child_is_so_for_twelve_months_in_list_eight(until: str, in_care: str, leaving: str) -> None:
    built = lists(
        people=f"person_id unaccompanied unaccompanied_until\nC1 yes {until}",
        care_periods="child_id started_on\nC1 2020-02-01",
        care_leavers="child_id eligibility\nC1 relevant",
    )
    assert one(built, 8, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)") == in_care
    heading = "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)"
    assert one(built, 9, heading) == leaving


REFERRALS = """
    child_id received_on
    C1       2023-02-01
    C1       2023-03-10
    C1       2023-11-01
    C1       2024-03-09
    C2       2024-03-09
"""


@pytest.mark.parametrize(
    ("history", "counts"),
    [(None, [("1",), ("0",)]), (date(2023, 3, 9), [("1",), ("0",)]), (date(2023, 3, 10), [(None,), (None,)])],
)
def test_referrals_are_counted_in_the_twelve_months_before_the_childs_latest(
    history: date | None, counts: list[tuple[str | None]]
) -> None:
    drawn = REFERRALS.replace("2023-03-10", "2023-03-08")
    built = lists(history_from=history, referrals=drawn)
    assert rows(built, 3, "Number of Referrals in Last 12 Months") == counts
    assert any("Number of Referrals" in note for note in built.notes) == (counts[0] == (None,))


def test_a_referral_of_the_first_of_the_twelve_months_is_counted() -> None:
    assert one(lists(referrals="child_id received_on\nC1 2023-03-09\nC1 2024-03-09"), 3, REFERRALS_BEFORE) == "1"


REFERRALS_BEFORE = "Number of Referrals in Last 12 Months"


@pytest.mark.parametrize(
    ("seen", "first_seen", "said"),
    [("yes", "-", "a) Yes"), ("no", "-", "b) No"), ("-", "2024-02-03", "a) Yes"), ("-", "-", "c) Unknown")],
)
def test_a_child_seen_in_an_assessment(seen: str, first_seen: str, said: str) -> None:
    drawn = f"child_id started_on child_seen child_first_seen_on\nC1 2024-02-01 {seen} {first_seen}"
    assert one(lists(assessments=drawn), 4, "Child Seen During Continuous Assessment") == said


CONFERENCE = (
    "Date of Initial Child Protection Conference",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan",
)


def test_an_enquiry_has_the_conference_it_led_to() -> None:
    built = lists(
        section_47_enquiries="""
            section_47_id child_id started_on outcome
            S1            C1       2024-02-01 conference
            S2            C1       2024-02-04 conference
            S3            C2       2024-02-04 child_in_need
            S4            C3       2024-02-04 conference
        """,
        conferences="""
            child_id section_47_id kind    held_on    outcome
            C1       S2            initial 2024-02-20 plan_made
            C1       -             review  2024-05-20 plan_continued
            C2       -             initial 2024-02-20 plan_made
            C3       S4            pre_birth 2024-02-21 no_plan
        """,
    )
    assert rows(built, 5, *CONFERENCE) == [
        ("20/02/2024", "a) Yes"),  # said to have led to a conference, and none linked: the child's next
        ("20/02/2024", "a) Yes"),
        (None, None),  # a conference of the child, but the enquiry led to none
        ("21/02/2024", "b) No"),
    ]


def test_enquiries_and_conferences_before_the_latest_are_counted() -> None:
    built = lists(
        section_47_enquiries="child_id started_on\nC1 2023-01-31\nC1 2023-09-01\nC1 2024-02-01",
        conferences="child_id kind held_on\nC1 initial 2023-02-01\nC1 initial 2023-09-20\nC1 initial 2024-02-20",
    )
    columns = ("Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months")
    assert set(rows(built, 5, *columns)) == {("1", "2")}


VISITS = """
    child_id kind             visited_on cp_plan_id seen seen_alone purpose
    C1       child_protection 2024-03-01 P1         yes  yes        statutory
    C1       child_protection 2024-06-01 P1         yes  no         statutory
    C1       child_protection 2024-06-10 P1         no   -          statutory
    C1       child_protection 2024-06-12 -          yes  -          -
    C1       looked_after     2024-06-15 -          yes  yes        statutory
"""


def test_the_last_statutory_visit_is_one_of_the_plan_at_which_the_child_was_not_missed() -> None:
    built = lists(cp_plans="cp_plan_id child_id started_on\nP1 C1 2024-02-01", visits=VISITS)
    columns = ("Date of the Last Statutory Visit", "Was the Child Seen Alone?")
    assert rows(built, 7, *columns) == [("01/06/2024", "b) No")]


def test_a_visit_that_names_no_plan_counts_within_the_plans_days() -> None:
    built = lists(
        cp_plans="cp_plan_id child_id started_on ended_on\nP1 C1 2024-02-01 2024-05-01",
        visits="""
            child_id kind             visited_on purpose
            C1       child_protection 2024-04-30 statutory
            C1       child_protection 2024-05-02 statutory
        """,
    )
    columns = ("Date of the Last Statutory Visit", "Was the Child Seen Alone?")
    assert rows(built, 7, *columns) == [("30/04/2024", "c) Unknown")]


def test_one_visit_that_answers_two_duties_stands_in_both_lists() -> None:
    built = lists(
        cp_plans="cp_plan_id child_id started_on\nP1 C1 2024-02-01",
        care_periods="care_period_id child_id started_on\nL1 C1 2024-02-01",
        visits="""
            child_id kind         visited_on seen_alone cp_plan_id care_period_id
            C1       looked_after 2024-05-30 yes        P1         L1
            C1       looked_after 2024-06-03 no         -          L1
        """,
    )
    columns = ("Date of the Last Statutory Visit", "Was the Child Seen Alone?")
    assert rows(built, 7, *columns) == [("30/05/2024", "a) Yes")]
    assert one(built, 8, "Date of Last Social Work Visit") == "03/06/2024"


def test_a_plan_without_a_visit_has_no_answer_to_whether_the_child_was_seen_alone() -> None:
    assert one(lists(cp_plans="child_id started_on\nC1 2024-02-01"), 7, "Was the Child Seen Alone?") is None


def test_another_authoritys_plan_is_left_out_and_counted() -> None:
    built = lists(cp_plans="child_id started_on temporary_other_authority\nC1 2024-02-01 yes\nC2 2024-02-01 no")
    assert rows(built, 7) == [("C2",)]
    assert any("1 plans of another authority" in note for note in built.notes)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({}, None),  # neither table is held: a No cannot be known
        ({"police_protections": "child_id started_on", "emergency_orders": "child_id kind made_on"}, "b) No"),
        ({"police_protections": "child_id started_on ended_on\nC1 2023-12-29 2023-12-31"}, "a) Yes"),
        ({"emergency_orders": "child_id kind made_on\nC1 emergency_protection 2024-02-01"}, "a) Yes"),
        ({"emergency_orders": "child_id kind made_on\nC1 child_assessment 2024-02-01"}, None),
        ({"legal_statuses": "child_id legal_status started_on\nC1 L1 2024-02-01"}, "a) Yes"),
    ],
)
def test_emergency_powers_of_the_six_months(tables: dict[str, str], said: str | None) -> None:
    assert one(lists(cp_plans="child_id started_on\nC1 2024-02-01", **tables), 7, EMERGENCY) == said


def test_earlier_plans_are_counted_where_the_source_did_not_and_the_record_is_whole() -> None:
    drawn = """
        child_id started_on ended_on   previous_plans
        C1       2019-02-01 2019-06-01 -
        C1       2024-02-01 -          -
        C2       2024-02-01 -          4
    """
    column = "Number of Previous Child Protection Plans"
    assert rows(lists(cp_plans=drawn), 7, column) == [("1",), ("4",)]
    assert rows(lists(history_from=date(2015, 1, 1), cp_plans=drawn), 7, column) == [(None,), ("4",)]


CARE = "care_period_id child_id started_on ended_on\nP1 C1 2024-01-05 -"


def test_a_child_in_care_has_one_row_the_latest_period() -> None:
    built = lists(
        care_periods="""
            child_id started_on ended_on
            C1       2023-10-01 2024-01-10
            C1       2024-02-01 -
            C2       2023-01-01 2023-06-29
            C2       2024-02-01 -
        """
    )
    columns = ("Child Unique ID", "Date Started to be Looked After", AGAIN)
    assert rows(built, 8, *columns) == [("C1", "01/02/2024", "a) Yes"), ("C2", "01/02/2024", "b) No")]
    assert any("1 periods of care ended" in note for note in built.notes)


def test_a_second_period_cannot_be_denied_by_a_record_that_begins_too_late() -> None:
    assert one(lists(history_from=date(2023, 7, 1), care_periods=CARE), 8, AGAIN) is None


def test_the_latest_of_each_thing_in_the_period_is_shown() -> None:
    built = lists(
        care_periods=CARE,
        legal_statuses="child_id legal_status started_on ended_on\nC1 V2 2024-01-05 2024-03-01\nC1 C1 2024-03-01 -",
        looked_after_reviews="child_id held_on\nC1 2023-12-01\nC1 2024-02-01\nC1 2024-05-01\nC1 2024-07-20",
        health_assessments="""
            child_id kind    seen_on    status
            C1       initial 2024-02-01 attended
            C1       review  2024-06-01 refused
        """,
        permanence_plans="child_id care_period_id plan decided_on\nC1 P1 adoption 2024-05-01\nC1 P1 other 2024-02-01",
    )
    assert rows(
        built,
        8,
        "Start date of current legal status",
        "Child's Legal Status",
        "Date of Latest Statutory Review",
        "Date of Last Health Assessment",
        "What is the permanence plan for this child?",
    ) == [("01/03/2024", "C1: ICO", "01/05/2024", "01/02/2024", "b) Adoption")]


def test_the_most_recent_placement_is_the_one_that_stands() -> None:
    drawn = """
        child_id started_on ended_on   placement_type authority
        C1       2024-01-05 -          U6             Amberford
        C1       2024-04-01 2024-04-05 T3             Amberford
    """
    columns = ("Start Date of Most Recent Placement", "Placement Type")
    built = lists(care_periods=CARE, placements=drawn)
    assert rows(built, 8, *columns) == [("05/01/2024", "f) U6: Foster placement - not FFA")]
    away = lists(date(2024, 4, 3), care_periods=CARE, placements=drawn)
    assert rows(away, 8, *columns) == [("01/04/2024", "z) T3: Temporary placement - carer holiday")]


def test_placements_of_twelve_months_are_counted_without_temporary_absences() -> None:
    built = lists(
        care_periods="child_id started_on\nC1 2022-01-05",
        placements="""
            child_id started_on ended_on   temporary
            C1       2022-01-05 2023-06-29 no
            C1       2023-06-29 2023-06-30 no
            C1       2023-06-30 -          -
            C1       2024-04-01 2024-04-05 yes
        """,
    )
    assert one(built, 8, "Number of Placements in the Last 12 months") == "2"


def test_counts_of_what_the_dataset_does_not_hold_are_empty_and_said_so() -> None:
    built = lists(care_periods=CARE)
    assert rows(built, 8, "Number of Placements in the Last 12 months", MISSING, ABSENT) == [(None, None, None)]
    assert sum("does not hold what would be counted" in note for note in built.notes) == 3


EPISODES = """
    missing_id child_id kind started_on
    M1         C1       M    2023-12-01
    M2         C1       M    2024-02-01
    M3         C1       M    2024-05-01
    M4         C1       A    2024-06-01
"""


@pytest.mark.parametrize(
    ("interviews", "said"),
    [
        ("M3 C1 yes yes", ("a) Yes", "a) Yes")),
        ("M3 C1 yes -", ("a) Yes", "c) Unknown")),
        ("M3 C1 no -", ("b) No", None)),
        ("M2 C1 yes yes", ("c) Unknown", "c) Unknown")),
    ],
)
def test_the_interview_is_the_one_after_the_last_missing_episode(interviews: str, said: tuple[str, str | None]) -> None:
    built = lists(
        care_periods=CARE,
        missing_episodes=EPISODES,
        return_interviews=f"missing_id child_id offered accepted\n{interviews}",
    )
    assert rows(built, 8, MISSING, ABSENT) == [("2", "1")], "an episode from home is none of a placement"
    assert rows(built, 8, OFFERED, ACCEPTED) == [said]


def test_a_child_never_missing_has_no_interview_to_answer_for() -> None:
    built = lists(care_periods=CARE, missing_episodes="child_id kind started_on")
    assert rows(built, 8, MISSING, OFFERED, ACCEPTED) == [("0", None, None)]


def test_a_care_leaver_is_shown_as_things_stand() -> None:
    built = lists(
        care_leavers="""
            child_id eligibility     started_on ended_on
            C1       eligible        2021-01-01 2023-01-01
            C1       former_relevant 2023-01-01 -
            C2       eligible        2023-01-01 -
            C3       relevant        2020-01-01 2024-06-30
        """,
        pathway_plans="child_id kind completed_on\nC1 review 2024-02-01\nC1 plan 2024-05-01",
        personal_advisers="child_id worker_id started_on ended_on\nC1 W1 2023-01-01 2024-01-01\nC1 W2 2024-01-01 -",
        workers="worker_id name\nW2 Sam",
        care_leaver_contacts="child_id contacted_on in_touch\nC1 2024-03-01 YES\nC1 2024-06-01 NO\nC2 2024-06-01 NO",
        care_leaver_activity="child_id activity started_on\nC1 F2 2023-09-01\nC1 G5 2024-02-01",
        care_leaver_accommodation="child_id accommodation suitable started_on\nC1 U no 2024-02-01\nC1 Z - 2024-07-01",
    )
    assert rows(
        built,
        9,
        "Child Unique ID",
        "Eligibility Category",
        "Allocated Personal Advisor",
        "Latest Pathway Plan Review Date",
        "LA in Touch",
        "Latest Date of Contact",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ) == [
        (
            *("C1", "b) Former relevant child", "Sam", "01/02/2024", "b) No", "01/03/2024"),
            *("U: Independent living", "b) Unsuitable", "G5: Not in education, employment or training - other"),
        ),
        ("C2", "d) Eligible child", None, None, "b) No", "01/06/2024", None, None, None),
    ]
    assert any("1 rows say 'd) Eligible child'" in note for note in built.notes)


@pytest.mark.parametrize(
    ("adopted", "reversed_on", "within"),
    [
        ("2023-06-29", "-", False),
        ("2023-06-30", "-", True),
        ("-", "2023-06-29", False),
        ("-", "2023-06-30", True),
        ("-", "-", True),
        ("2024-07-01", "-", True),
    ],
)
def test_plans_of_adoption_that_stood_in_the_twelve_months_are_listed(
    adopted: str, reversed_on: str, within: bool
) -> None:
    drawn = f"child_id decided_on adopted_on reversed_on\nC1 2022-02-01 {adopted} {reversed_on}"
    assert len(rows(lists(adoptions=drawn), 10)) == within


def test_the_day_of_entering_care_is_that_of_the_period_the_decision_lies_in() -> None:
    built = lists(
        care_periods="""
            child_id started_on ended_on
            C1       2018-02-01 2019-01-01
            C1       2022-02-01 -
            C2       2018-02-01 2019-01-01
        """,
        adoptions="child_id decided_on\nC1 2023-02-01\nC2 2023-02-01",
    )
    assert rows(built, 10, "Date the Child Entered Care") == [("01/02/2022",), (None,)]


@pytest.mark.parametrize(
    ("enquired", "left", "within"),
    [("2020-01-01", "-", True), ("2020-01-01", "2023-06-29", False), ("2020-01-01", "2023-06-30", True)],
)
def test_adopters_in_the_process_or_in_contact_in_the_twelve_months(enquired: str, left: str, within: bool) -> None:
    built = lists(adopters=f"adopter_id gender enquired_on left_on leaving_reason\nA1 1 {enquired} {left} 1")
    found = rows(built, 11, "Individual adopter identifier", "Gender", "Ethnicity", "Disability")
    assert found == ([("A1", "a) Male", "s) NOBT", "c) Unknown")] if within else [])
    assert built.origins["List 11"]["child_id"].to_list() == [None] * within


def test_the_team_and_worker_are_the_rows_own_and_else_those_of_the_open_allocation() -> None:
    built = lists(
        referrals="""
            child_id received_on team  worker_id
            C1       2024-02-01  Front W1
            C2       2024-02-01  -     -
            C3       2024-02-01  Front -
        """,
        allocations="""
            child_id worker_id team  started_on ended_on
            C1       W2        North 2024-03-01 -
            C2       W1        South 2024-02-02 2024-03-01
            C2       W2        North 2024-03-01 -
            C3       W2        North 2024-03-01 -
        """,
        workers="worker_id name\nW1 Alex",
    )
    assert rows(built, 3, "Allocated Team", "Allocated Worker") == [("Front", "Alex"), ("North", "W2"), ("Front", None)]


def test_every_list_has_ofsteds_columns_and_only_text() -> None:
    built = lists()
    assert [len(frame.columns) for frame in built.tables.values()] == [7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19]
    assert {str(dtype) for frame in built.tables.values() for dtype in frame.dtypes} == {"String"}
    assert built.kind == "annex-a" and built.as_at == AS_AT
