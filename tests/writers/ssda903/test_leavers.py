"""OC3: who is a care leaver of the year, and what is told of each."""

from __future__ import annotations

from datetime import date

import pytest

from writers.ssda903.drawn import noted, one, origins, returned, rows

LEAVER = "care_leaver_id child_id\nL1 C1"
IN_TOUCH = "child_id contacted_on in_touch\nC1 {} {}"


def born(day: str) -> str:
    return f"person_id born_on\nC1 {day}"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2007-03-31", True),
        ("2007-04-01", False),
        ("2002-04-01", True),
        ("2002-03-31", False),
        ("2004-02-29", True),
        ("-", False),
    ],
)
def test_the_birthdays_are_the_seventeenth_to_the_twenty_first(day: str, told: bool) -> None:
    assert rows(returned(people=born(day), care_leavers=LEAVER), "OC3", "CHILD") == ([("C1",)] if told else [])


@pytest.mark.parametrize(
    ("owed", "told"),
    [
        ("- - -", True),
        ("relevant - -", True),
        ("former_relevant 2022-05-10 2025-05-10", True),
        ("former_relevant 2023-06-15 -", True),
        ("former_relevant 2023-06-16 -", False),
        ("relevant - 2023-06-15", True),
        ("relevant - 2023-06-14", False),
        ("eligible - -", False),
        ("qualifying - -", False),
    ],
)
def test_the_service_is_owed_on_the_birthday(owed: str, told: bool) -> None:
    leavers = f"child_id eligibility started_on ended_on\nC1 {owed}"
    built = returned(people=born("2004-06-15"), care_leavers=leavers)
    assert rows(built, "OC3", "CHILD") == ([("C1",)] if told else [])


@pytest.mark.parametrize(
    ("day", "care", "told"),
    [
        ("2005-06-15", "2020-01-01 - - C2", False),
        ("2005-06-15", "2020-01-01 2023-06-16 E6 C2", False),
        ("2005-06-15", "2020-01-01 2023-06-15 E6 C2", False),
        ("2005-06-15", "2020-01-01 2023-06-14 E6 C2", True),
        ("2005-06-15", "2020-01-01 - - V4", True),
        ("2005-06-15", "2023-06-16 - - C2", True),
        ("2004-06-15", "2020-01-01 - - C2", True),
        ("2004-06-15", "2020-01-01 2023-05-01 E2 C2", False),
        ("2004-06-15", "2020-01-01 2023-05-01 E3 C2", False),
        ("2004-06-15", "2020-01-01 2023-05-01 E6 C2", True),
    ],
)
def test_who_is_looked_after_on_turning_seventeen_or_eighteen_or_died_or_was_passed_on_is_left_out(
    day: str, care: str, told: bool
) -> None:
    episodes = f"child_id started_on ended_on end_reason legal_status\nC1 {care}"
    built = returned(people=born(day), care_leavers=LEAVER, care_episodes=episodes)
    assert rows(built, "OC3", "CHILD") == ([("C1",)] if told else [])


def test_a_young_person_with_two_rows_of_service_is_told_once() -> None:
    leavers = """
    care_leaver_id child_id eligibility     started_on ended_on
    L1             C1       relevant        2020-01-01 2023-06-15
    L2             C1       former_relevant 2023-06-15 -
    """
    built = returned(people=born("2005-06-15"), care_leavers=leavers)
    assert origins(built, "OC3") == [("C1", "care_leavers", "L2")]


def test_a_care_leaver_without_an_episode_is_in_header_alone_and_not_asked_about_a_child() -> None:
    people = "person_id born_on sex is_mother unaccompanied\nC1 2004-06-15 F yes yes"
    built = returned(
        people=people,
        care_leavers=LEAVER,
        looked_after_reviews="child_id held_on\nC1 2023-05-01",
        previous_permanence="child_id option\nC1 Z1",
    )
    assert rows(built, "Header", "CHILD", "MOTHER") == [("C1", None)]
    assert {name for name, frame in built.tables.items() if frame.height} == {"Header", "OC3"}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2023-03-14", None),
        ("2023-03-15", "YES"),
        ("2023-06-15", "YES"),
        ("2023-07-15", "YES"),
        ("2023-07-16", None),
    ],
)
def test_a_contact_counts_from_three_months_before_the_birthday_to_a_month_after(day: str, told: str | None) -> None:
    contacts = IN_TOUCH.format(day, "YES")
    built = returned(people=born("2004-06-15"), care_leavers=LEAVER, care_leaver_contacts=contacts)
    assert one(built, "OC3", "IN_TOUCH") == (told,)
    assert noted(built, "IN_TOUCH", "1 of 1") == (told is None)


def test_the_last_word_by_the_birthday_counts_before_what_came_after() -> None:
    contacts = """
    child_id contacted_on in_touch visit
    C1       2023-04-01   YES      -
    C1       2023-06-01   NO       -
    C1       2023-06-20   YES      -
    C1       2023-06-10   -        no
    """
    built = returned(people=born("2004-06-15"), care_leavers=LEAVER, care_leaver_contacts=contacts)
    assert one(built, "OC3", "IN_TOUCH") == ("NO",)


def test_a_visit_is_a_contact() -> None:
    contacts = "child_id contacted_on visit\nC1 2023-06-01 yes"
    built = returned(people=born("2004-06-15"), care_leavers=LEAVER, care_leaver_contacts=contacts)
    assert one(built, "OC3", "IN_TOUCH") == ("YES",)


STATES = {
    "care_leaver_activity": "child_id activity started_on\nC1 F2 2021-01-01\nC1 G5 2023-06-20",
    "care_leaver_accommodation": "child_id accommodation suitable started_on\nC1 U yes 2021-01-01\nC1 X - 2023-06-20",
}


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        ("YES", ("YES", "F2", "U1")),
        ("NO", ("NO", "0", "0")),
        ("REFU", ("REFU", "0", "0")),
        ("NREQ", ("NREQ", "0", "0")),
        ("DIED", ("DIED", None, None)),
        ("RHOM", ("RHOM", None, None)),
    ],
)
def test_activity_and_home_are_told_as_the_contact_allows(touch: str, told: tuple[str | None, ...]) -> None:
    contacts = IN_TOUCH.format("2023-06-01", touch)
    built = returned(people=born("2004-06-15"), care_leavers=LEAVER, care_leaver_contacts=contacts, **STATES)
    assert one(built, "OC3", "IN_TOUCH", "ACTIV", "ACCOM") == told


def test_what_is_fresh_is_told_of_one_out_of_touch_too() -> None:
    built = returned(
        people=born("2004-06-15"),
        care_leavers=LEAVER,
        care_leaver_contacts=IN_TOUCH.format("2023-06-15", "NO"),
        care_leaver_activity="child_id activity started_on\nC1 F2 2023-06-15",
        care_leaver_accommodation="child_id accommodation suitable started_on\nC1 U no 2023-06-15",
    )
    assert one(built, "OC3", "IN_TOUCH", "ACTIV", "ACCOM") == ("NO", "F2", "U2")


def test_what_came_in_the_month_after_counts_where_nothing_came_before() -> None:
    built = returned(
        people=born("2004-06-15"),
        care_leavers=LEAVER,
        care_leaver_activity="child_id activity started_on\nC1 F2 2023-07-15\nC1 F1 2023-07-16",
        care_leaver_accommodation="child_id accommodation suitable started_on\nC1 U no 2023-07-16",
    )
    assert one(built, "OC3", "ACTIV", "ACCOM") == ("F2", None)


@pytest.mark.parametrize(
    ("home", "told"),
    [("B yes", "B1"), ("B no", "B2"), ("B -", None), ("X -", "X2"), ("S no", "S2"), ("S yes", None), ("R no", "R2")],
)
def test_a_home_is_a_letter_and_whether_it_is_suitable(home: str, told: str | None) -> None:
    homes = f"child_id accommodation suitable started_on\nC1 {home} 2021-01-01"
    built = returned(people=born("2004-06-15"), care_leavers=LEAVER, care_leaver_accommodation=homes)
    assert one(built, "OC3", "ACCOM") == (told,)
    assert noted(built, "ACCOM", "is no code") == (told is None)


def test_an_activity_the_year_has_no_code_for_is_blank_and_told() -> None:
    activity = "child_id activity started_on\nC1 F3 2021-01-01"
    built = returned(people=born("2004-06-15"), care_leavers=LEAVER, care_leaver_activity=activity)
    assert one(built, "OC3", "ACTIV") == (None,)
    assert noted(built, "ACTIV", "F3", "2023/24")


@pytest.mark.parametrize(
    ("died", "told"), [("2023-03-31", []), ("2023-04-01", [("DIED",)]), ("2023-07-15", [("DIED",)])]
)
def test_one_who_died_is_told_of_in_the_year_of_death_and_no_later(died: str, told: list[tuple[str]]) -> None:
    people = f"person_id born_on died_on\nC1 2004-06-15 {died}"
    assert rows(returned(people=people, care_leavers=LEAVER), "OC3", "IN_TOUCH") == told


def test_a_birthday_still_to_come_is_not_told_of() -> None:
    people = "person_id born_on\nC1 2004-06-15\nC2 2004-02-15"
    leavers = "child_id\nC1\nC2"
    built = returned(date(2023, 12, 31), None, people=people, care_leavers=leavers)
    assert rows(built, "OC3", "CHILD") == [("C1",)]
