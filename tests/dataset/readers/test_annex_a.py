"""Annex A to canonical tables: what each list gives, how rows link, what is rejected and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.readers.common import ReadResult
from goldenthread.dataset.rejects import RefusedFile
from goldenthread.dataset.store import conform
from tests.dataset.readers.annex_a_workbooks import AS_AT, Row, child, workbook

Read = Callable[..., ReadResult]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(lists: dict[int, list[Row]], as_at: date | None = AS_AT) -> ReadResult:
        result = read_annex_a(workbook(tmp_path / "a.xlsx", lists), as_at=as_at)
        for name, frame in result.tables.items():
            conform(name, frame)
        return result

    return reading


def rows(result: ReadResult, table: str, *columns: str) -> list[tuple[object, ...]]:
    return conform(table, result.tables[table]).select(columns).rows()


REFERRAL = {
    "Date of referral": date(2024, 2, 5),
    "Referral Source": "e) 2A: Schools",
    "Referral NFA?": "b) No",
    "Allocated Team": "Front door",
    "Allocated Worker": "Pat  Made-Up",
}
NEED = {
    "CIN Start Date": date(2024, 2, 7),
    "Primary Need Code": "N1 - Abuse or neglect",
    "Date Child Was Last Seen": date(2024, 6, 20),
    "Case Status": "c) Child in need plan",
}
PLAN = {
    "Child Protection Plan Start Date": date(2024, 3, 20),
    "Initial Category of Abuse": "a) Neglect",
    "Latest Category of Abuse": "d) Emotional abuse",
    "Date of the Last Statutory Visit": date(2024, 6, 10),
    "Was the Child Seen Alone?": "a) Yes",
    "Date of latest review conference": date(2024, 6, 12),
    "Number of Previous Child Protection Plans": 1,
}
CARE = {
    "Date Started to be Looked After": date(2024, 1, 10),
    "Child's Category of Need": "N1 - Abuse or neglect",
    "Start date of current legal status": date(2024, 1, 10),
    "Child's Legal Status": "C1: ICO",
    "Date of Latest Statutory Review": date(2024, 5, 1),
    "Date of Last Social Work Visit": date(2024, 6, 1),
    "What is the permanence plan for this child?": "c) SGO/CAO",
    "Date of Last IRO Visit / Contact to the Child": date(2024, 4, 30),
    "Date of Last Health Assessment": date(2024, 2, 1),
    "Date of Last Dental Check": date(2024, 3, 1),
    "Start Date of Most Recent Placement": date(2024, 1, 10),
    "Placement Type": "f) U6: Foster placement - not FFA",
    "Placement Provider": "e) PR4: Private provision",
    "Placement postcode": "zz1 1zz",
    "Placement Location": "b) Out",
    "LA of Placement": "Otherplace",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?": "a) Yes",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?": "b) No",
}
LEAVER = {
    "Eligibility Category": "b) Former relevant child",
    "Allocated Personal Advisor": "Sam Advise",
    "Latest Pathway Plan Review Date": date(2024, 2, 2),
    "LA in Touch": "a) Yes",
    "Latest Date of Contact": date(2024, 5, 5),
    "Type of Accommodation": "U: Independent living",
    "Suitability of Accommodation": "b) Unsuitable",
    "Activity Status": "F2: Full time in education other than higher",
}


def test_a_referral_keeps_its_sheet_row_as_its_identifier(read: Read) -> None:
    result = read({3: [child() | REFERRAL]})
    assert rows(
        result, "referrals", "referral_id", "child_id", "received_on", "source", "no_further_action", "team"
    ) == [("A3-000002", "1001", date(2024, 2, 5), "2A", False, "Front door")]
    assert rows(result, "workers", "worker_id", "name", "team") == [("Pat Made-Up", "Pat Made-Up", "Front door")]
    assert not len(result.rejects)


def test_dates_may_be_text_serial_numbers_or_with_a_time(read: Read) -> None:
    days = ["05/02/2024", 45327, datetime(2024, 2, 5, 9, 30), "2024-02-05"]
    result = read({3: [child() | REFERRAL | {"Date of referral": day} for day in days]})
    assert set(rows(result, "referrals", "received_on")) == {(date(2024, 2, 5),)}
    assert not len(result.rejects)


def test_an_assessment_belongs_to_the_referral_open_when_it_began(read: Read) -> None:
    earlier = REFERRAL | {"Date of referral": date(2024, 1, 5)}
    refused = REFERRAL | {"Date of referral": date(2024, 2, 8), "Referral NFA?": "a) Yes"}
    started = {"Continuous Assessment Start Date": date(2024, 2, 9)}
    result = read(
        {
            3: [child() | earlier, child() | REFERRAL, child() | refused, child("other") | REFERRAL],
            4: [child() | started, child("nobody") | started],
        }
    )
    assert rows(result, "assessments", "child_id", "referral_id", "kind") == [
        ("1001", "A3-000003", "single"),
        ("nobody", None, "single"),
    ]


def test_a_contact_is_linked_to_the_referral_it_became(read: Read) -> None:
    contacts = [child() | {"Date of Contact": date(2024, 2, day)} for day in (1, 4)]
    result = read({1: contacts, 3: [child() | REFERRAL]})
    assert rows(result, "contacts", "contact_id", "referral_id") == [("A1-000002", None), ("A1-000003", "A3-000002")]
    assert rows(result, "referrals", "contact_id") == [("A1-000003",)]


def test_list_six_completes_the_referral_that_opened_the_case(read: Read) -> None:
    closed = NEED | {
        "CIN Closure Date": date(2024, 6, 25),
        "Reason for Closure": "RC7",
        "Case Status": "e) Closed episode",
    }
    result = read({3: [child() | REFERRAL], 6: [child() | closed]})
    assert rows(result, "referrals", "referral_id", "primary_need", "closed_on", "closure_reason") == [
        ("A3-000002", "N1", date(2024, 6, 25), "RC7")
    ]
    assert "cin_plans" not in result.tables
    assert rows(result, "visits", "kind", "visited_on", "seen") == [("child_in_need", date(2024, 6, 20), True)]


def test_a_case_opened_before_list_three_gets_a_referral_on_its_start_date(read: Read) -> None:
    result = read({3: [child("other") | REFERRAL], 6: [child() | NEED | {"CIN Start Date": date(2022, 4, 1)}]})
    assert rows(result, "referrals", "referral_id", "child_id", "received_on") == [
        ("A3-000002", "other", date(2024, 2, 5)),
        ("A6-000002", "1001", date(2022, 4, 1)),
    ]
    assert rows(result, "cin_plans", "cin_plan_id", "referral_id", "started_on") == [
        ("A6-000002", "A6-000002", date(2022, 4, 1))
    ]
    assert any("1 cases were opened by no referral" in note for note in result.notes)


def test_list_six_alone_is_read(read: Read) -> None:
    assert rows(read({6: [child() | NEED]}), "referrals", "received_on") == [(date(2024, 2, 7),)]


def test_the_enquiry_brings_its_strategy_discussion_and_conference(read: Read) -> None:
    enquiry = {
        "Strategy discussion initiating Section 47 Enquiry Start Date": date(2024, 3, 1),
        "Was an Initial Child Protection Conference deemed unnecessary?": "b) No",
        "Date of Initial Child Protection Conference": date(2024, 3, 20),
        "Did the Initial Child Protection Conference Result in a Child Protection Plan": "a) Yes",
    }
    result = read({3: [child() | REFERRAL], 5: [child() | enquiry, child() | enquiry], 7: [child() | PLAN]})
    assert rows(result, "section_47_enquiries", "section_47_id", "referral_id", "outcome") == [
        ("A5-000002", "A3-000002", "conference"),
        ("A5-000003", "A3-000002", "conference"),
    ]
    assert rows(result, "strategy_discussions", "held_on") == [(date(2024, 3, 1),)]
    assert rows(result, "conferences", "conference_id", "kind", "outcome", "cp_plan_id", "section_47_id") == [
        ("A5-000002", "initial", "plan_made", "A7-000002", "A5-000002"),
        ("A7-000002", "review", "plan_continued", "A7-000002", None),
    ]
    assert rows(result, "cp_plans", "conference_id", "referral_id", "initial_category", "previous_plans") == [
        ("A5-000002", "A3-000002", "NEG", 1)
    ]


def test_a_plan_brings_its_last_visit_and_first_category(read: Read) -> None:
    result = read({7: [child() | PLAN | {"Child Protection Plan End Date": date(2024, 6, 12)}]})
    assert rows(result, "visits", "kind", "visited_on", "seen_alone", "cp_plan_id") == [
        ("child_protection", date(2024, 6, 10), True, "A7-000002")
    ]
    assert rows(result, "cp_plan_categories", "category", "started_on") == [("NEG", date(2024, 3, 20))]
    assert rows(result, "conferences", "outcome") == [("plan_ended",)]


def test_the_same_visit_in_two_lists_is_one(read: Read) -> None:
    seen = NEED | {"Date Child Was Last Seen": date(2024, 6, 10), "Case Status": "b) Child Protection plan"}
    result = read({6: [child() | seen], 7: [child() | PLAN]})
    assert rows(result, "visits", "kind", "seen", "seen_alone", "cp_plan_id") == [
        ("child_protection", True, True, "A7-000002")
    ]


def test_a_child_in_care_fills_the_tables_of_care(read: Read) -> None:
    ended = {"Date Ceased to be Looked After": date(2024, 6, 1), "Reason Ceased to be Looked After": "E4A"}
    result = read({8: [child() | CARE | ended]})
    assert not len(result.rejects)
    assert rows(result, "care_periods", "care_period_id", "started_on", "ended_on", "end_reason") == [
        ("A8-000002", date(2024, 1, 10), date(2024, 6, 1), "E4A")
    ]
    assert rows(result, "legal_statuses", "legal_status", "ended_on", "care_period_id") == [
        ("C1", date(2024, 6, 1), "A8-000002")
    ]
    assert rows(result, "placements", "placement_type", "ended_on", "postcode", "location", "authority") == [
        ("U6", date(2024, 6, 1), "ZZ1 1ZZ", "OUT", "Otherplace")
    ]
    assert rows(result, "permanence_plans", "plan", "decided_on") == [("guardianship", date(2024, 5, 1))]
    assert rows(result, "health_assessments", "kind", "seen_on") == [("initial", date(2024, 2, 1))]
    assert rows(result, "return_interviews", "offered", "accepted") == [(True, False)]
    assert rows(result, "looked_after_reviews", "held_on", "care_period_id") == [(date(2024, 5, 1), "A8-000002")]
    assert rows(result, "dental_checks", "checked_on") == [(date(2024, 3, 1),)]


@pytest.mark.parametrize(("status", "breaks"), [("C1: ICO", False), ("V3: Single", True), ("V4", True), (None, None)])
def test_a_series_of_short_breaks_is_known_by_its_legal_status(read: Read, status: str | None, breaks: object) -> None:
    row = CARE | {
        "Child's Legal Status": status,
        "Start date of current legal status": date(2024, 1, 10) if status else None,
    }
    assert rows(read({8: [child() | row]}), "care_periods", "short_breaks_only") == [(breaks,)]


def test_a_temporary_absence_is_known_by_its_placement_type(read: Read) -> None:
    types = ("zz) T4: Temporary placement - seven days or less", "k) P1: Placed with parents")
    result = read({8: [child(str(number)) | CARE | {"Placement Type": kind} for number, kind in enumerate(types)]})
    assert rows(result, "placements", "placement_type", "temporary") == [("T4", True), ("P1", False)]


def test_a_health_assessment_long_after_entering_care_is_a_review(read: Read) -> None:
    result = read({8: [child() | CARE | {"Date of Last Health Assessment": date(2024, 6, 1)}]})
    assert rows(result, "health_assessments", "kind") == [("review",)]


def test_a_care_leaver_fills_the_tables_of_leaving_care(read: Read) -> None:
    result = read({9: [child() | LEAVER]})
    assert not len(result.rejects)
    assert rows(result, "care_leavers", "eligibility") == [("former_relevant",)]
    assert rows(result, "pathway_plans", "kind", "completed_on") == [("review", date(2024, 2, 2))]
    assert rows(result, "care_leaver_contacts", "contacted_on", "in_touch") == [(date(2024, 5, 5), "YES")]
    assert rows(result, "care_leaver_accommodation", "accommodation", "suitable", "started_on") == [("U", False, AS_AT)]
    assert rows(result, "care_leaver_activity", "activity", "started_on") == [("F2", AS_AT)]
    assert rows(result, "workers", "worker_id", "role") == [("Sam Advise", "personal_adviser")]


def test_adoption_and_adopters(read: Read) -> None:
    adoption = {
        "Family identifier": "F9",
        "Date of Decision that Child Should be Placed for Adoption": date(2024, 2, 1),
        "Reason Why Child No Longer Placed for Adoption": "RD2 - The Court did not make a placement order",
    }
    adopter = {
        "Individual adopter identifier": 77,
        "Family identifier": "F9",
        "Disability": "c) Unknown",
        "Gender": "a) Male",
    }
    result = read({8: [child() | CARE], 10: [child() | adoption], 11: [adopter]})
    assert rows(result, "adoptions", "family_id", "reversed_reason", "care_period_id") == [("F9", "RD2", "A8-000002")]
    assert rows(result, "adopters", "adopter_id", "disabled", "gender") == [("77", None, "1")]


def test_lists_that_disagree_about_a_child_are_reported_and_the_closest_is_believed(read: Read) -> None:
    other = child(Date_of_Birth=date(2012, 6, 1), Gender="c) Not stated/recorded", Ethnicity="")
    result = read({3: [other | REFERRAL], 8: [child() | CARE]})
    assert rows(result, "people", "person_id", "born_on", "gender", "ethnicity") == [
        ("1001", date(2012, 5, 1), "2", "WBRI")
    ]
    (reject,) = result.rejects.found
    assert (reject.place, reject.row, reject.column, reject.value) == ("List 3", 2, "Date of Birth", "01/06/2012")
    assert "01/05/2012" in reject.reason


def test_a_weak_value_stands_when_nothing_better_is_said(read: Read) -> None:
    result = read({3: [child(Ethnicity="s) REFU") | REFERRAL]})
    assert rows(result, "people", "ethnicity") == [("REFU",)]


def test_an_unborn_child_has_an_expected_date(read: Read) -> None:
    unborn = child(Date_of_Birth=date(2024, 9, 1)) | {"Age of Child (Years)": -1}
    result = read({3: [unborn | REFERRAL]})
    assert rows(result, "people", "born_on", "expected_on") == [(None, date(2024, 9, 1))]
    assert not len(result.warnings)


@pytest.mark.parametrize(("age", "warned"), [(12, False), (12.9, False), (11, True), (13, True)])
def test_an_age_that_does_not_fit_the_date_of_birth_is_warned_of(read: Read, age: float, warned: bool) -> None:
    result = read({3: [child() | REFERRAL | {"Age of Child (Years)": age}]})
    assert bool(len(result.warnings)) is warned
    assert not len(result.rejects)


def test_an_unaccompanied_child_of_list_eight_is_known_and_a_no_is_not_a_never(read: Read) -> None:
    heading = "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"
    result = read({8: [child() | CARE | {heading: "a) Yes"}, child("2") | CARE | {heading: "b) No"}]})
    assert rows(result, "people", "person_id", "unaccompanied") == [("1001", True), ("2", None)]


@pytest.mark.parametrize(
    ("number", "row", "column", "value"),
    [
        (3, REFERRAL | {"Referral Source": "z) Unheard of"}, "Referral Source", "z) Unheard of"),
        (3, REFERRAL | {"Referral NFA?": "perhaps"}, "Referral NFA?", "perhaps"),
        (8, CARE | {"Placement postcode": "nope"}, "Placement postcode", "nope"),
        (
            7,
            PLAN | {"Number of Previous Child Protection Plans": "some"},
            "Number of Previous Child Protection Plans",
            "some",
        ),
        (8, CARE | {"Start date of current legal status": None}, "Child's Legal Status", "C1"),
        (9, LEAVER | {"Type of Accommodation": None}, "Suitability of Accommodation", "no"),
    ],
)
def test_a_cell_that_cannot_be_held_is_listed_and_the_row_is_kept(
    read: Read, number: int, row: Row, column: str, value: str
) -> None:
    result = read({number: [child() | row]})
    (reject,) = result.rejects.found
    assert (reject.file, reject.place, reject.row) == ("a.xlsx", f"List {number}", 2)
    assert (reject.column, reject.value, reject.whole_row) == (column, value, False)
    assert reject.what_to_do
    assert result.tallies[0].rows_out == 1


def test_a_row_without_its_child_is_lost_and_listed(read: Read) -> None:
    result = read({3: [child("") | REFERRAL, child() | REFERRAL]})
    (reject,) = result.rejects.found
    assert (reject.row, reject.column, reject.whole_row) == (2, "Child Unique ID", True)
    assert result.tables["referrals"].height == 1


def test_a_row_without_its_date_is_listed(read: Read) -> None:
    result = read({3: [child() | REFERRAL | {"Date of referral": "31/02/2024"}]})
    assert [(reject.column, reject.value, reject.whole_row) for reject in result.rejects.found] == [
        ("Date of referral", "31/02/2024", False),
        ("Date of referral", "", True),
    ]
    assert "referrals" not in result.tables


def test_text_like_a_formula_is_kept_as_it_is(read: Read) -> None:
    result = read({3: [child() | REFERRAL | {"Allocated Team": "@Team"}]})
    assert rows(result, "referrals", "team") == [("@Team",)]


def test_without_a_day_the_latest_event_is_taken_and_said(read: Read) -> None:
    result = read(
        {3: [child() | REFERRAL], 7: [child() | PLAN | {"Child Protection Plan End Date": "01/01/2199"}]}, None
    )
    assert result.as_at == date(2024, 6, 12)
    assert "--as-at" in result.as_at_because


def test_without_any_date_the_day_must_be_given(read: Read) -> None:
    with pytest.raises(RefusedFile, match="--as-at"):
        read({9: [child()]}, None)


def test_reading_twice_gives_the_same(read: Read) -> None:
    lists = {3: [child() | REFERRAL], 6: [child() | NEED], 8: [child("2") | CARE], 9: [child("3") | LEAVER]}
    first, second = read(lists), read(lists)
    assert first.tables.keys() == second.tables.keys()
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)
