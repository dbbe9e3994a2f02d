"""Header, UASC, Episodes and PrevPerm."""

from __future__ import annotations

from datetime import date

import pytest

from writers.ssda903.drawn import ALL_YEAR, noted, one, origins, returned, rows

EPISODES = """
care_episode_id child_id started_on ended_on   start_reason end_reason
E1              C1       2022-05-01 2023-03-31 S            X1
E2              C1       2023-04-01 2023-09-01 P            X1
E3              C1       2023-09-01 2024-05-01 L            E4A
E4              C2       2022-05-01 2023-03-31 S            E4A
E5              C3       2024-04-01 -          S            -
"""


def test_episodes_with_a_day_in_the_year_are_told_as_they_stood_at_its_end() -> None:
    built = returned(care_episodes=EPISODES)
    assert rows(built, "Episodes", "CHILD", "DECOM", "RNE", "DEC", "REC") == [
        ("C1", "01/04/2023", "P", "01/09/2023", "X1"),
        ("C1", "01/09/2023", "L", None, None),
    ]
    assert origins(built, "Episodes") == [("C1", "care_episodes", "E2"), ("C1", "care_episodes", "E3")]


def test_an_episode_that_ended_on_the_first_or_last_day_of_the_year_is_told_with_its_end() -> None:
    episodes = """
    child_id started_on ended_on   end_reason
    C1       2022-05-01 2023-04-01 E4A
    C2       2022-05-01 2024-03-31 E4A
    """
    assert rows(returned(care_episodes=episodes), "Episodes", "DEC") == [("01/04/2023",), ("31/03/2024",)]


def test_a_reason_for_change_is_blank_where_the_change_is_still_to_come() -> None:
    episodes = "child_id started_on ended_on end_reason placement_change_reason\nC1 2022-05-01 2024-05-01 X1 ALLEG"
    assert one(returned(care_episodes=episodes), "Episodes", "REC", "REASON_PLACE_CHANGE") == (None, None)
    later = returned(date(2024, 6, 30), 2025, care_episodes=episodes)
    assert one(later, "Episodes", "REC", "REASON_PLACE_CHANGE") == ("X1", "ALLEG")


def test_header_has_each_child_of_the_year_once_with_where_it_came_from() -> None:
    people = """
    person_id born_on    ethnicity upn           upn_unknown_reason
    C1        2010-02-03 WBRI      A123456789012 UN4
    C2        2010-02-03 WBRI      -             -
    """
    built = returned(people=people, care_episodes=EPISODES)
    assert rows(built, "Header", "CHILD", "DOB", "ETHNIC", "UPN") == [("C1", "03/02/2010", "WBRI", "A123456789012")]
    assert origins(built, "Header") == [("C1", "people", "C1")]


def test_a_child_the_record_has_no_person_for_is_in_header_and_told() -> None:
    built = returned(care_episodes=ALL_YEAR)
    assert rows(built, "Header", "CHILD", "DOB", "ETHNIC") == [("C1", None, None)]
    assert noted(built, "ETHNIC", "1 of 1")


@pytest.mark.parametrize(("reason", "written"), [("UN1", "UN1"), ("UN5", "UN5"), ("UN6", None), ("-", None)])
def test_without_a_pupil_number_the_reason_is_told(reason: str, written: str | None) -> None:
    built = returned(people=f"person_id upn_unknown_reason\nC1 {reason}", care_episodes=ALL_YEAR)
    assert one(built, "Header", "UPN") == (written,)


SHORT_BREAK = "child_id started_on legal_status\nC1 2023-05-01 V4"


@pytest.mark.parametrize(
    ("person", "episodes", "written"),
    [
        ("F yes", ALL_YEAR, "1"),
        ("F no", ALL_YEAR, "0"),
        ("F -", ALL_YEAR, None),
        ("M no", ALL_YEAR, None),
        ("M yes", ALL_YEAR, "1"),
        ("- no", ALL_YEAR, "0"),
        ("F no", SHORT_BREAK, None),
    ],
)
def test_who_is_asked_whether_she_is_a_mother(person: str, episodes: str, written: str | None) -> None:
    built = returned(people=f"person_id sex is_mother\nC1 {person}", care_episodes=episodes)
    assert one(built, "Header", "MOTHER") == (written,)


BIRTHS = """
person_id related_person_id relationship
B2        C1                mother
B1        C1                mother
B3        C1                sibling
"""
FAMILY = """
person_id sex born_on    is_mother
C1        F   2006-02-03 {}
B1        -   2023-05-05 -
B2        -   2024-02-02 -
B3        -   2001-01-01 -
"""


@pytest.mark.parametrize(("said", "mother"), [("yes", "1"), ("-", "1"), ("no", "0")])
def test_the_birth_of_a_mothers_first_child_comes_from_the_child(said: str, mother: str) -> None:
    built = returned(people=FAMILY.format(said), relationships=BIRTHS, care_episodes=ALL_YEAR)
    assert rows(built, "Header", "CHILD", "MOTHER", "MC_DOB") == [("C1", mother, "05/05/2023")]


def test_a_birth_after_the_day_asked_is_not_known_of() -> None:
    built = returned(date(2023, 5, 4), 2024, people=FAMILY.format("-"), relationships=BIRTHS, care_episodes=ALL_YEAR)
    assert one(built, "Header", "MOTHER", "MC_DOB") == (None, None)


def test_a_mother_whose_child_is_not_recorded_is_told() -> None:
    built = returned(people="person_id sex is_mother\nC1 F yes", care_episodes=ALL_YEAR)
    assert noted(built, "Mothers", "MC_DOB", ": 1.")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("yes -", [("03/02/2007", None)]),
        ("yes 2023-04-01", [("03/02/2007", "01/04/2023")]),
        ("yes 2024-03-31", [("03/02/2007", "31/03/2024")]),
        ("yes 2025-02-03", [("03/02/2007", None)]),
        ("yes 2023-03-31", []),
        ("no -", []),
        ("- -", []),
    ],
)
def test_uasc_has_who_was_unaccompanied_in_the_year(person: str, expected: list[tuple[str, str | None]]) -> None:
    people = f"person_id born_on unaccompanied unaccompanied_until\nC1 2007-02-03 {person}"
    assert rows(returned(people=people, care_episodes=ALL_YEAR), "UASC", "DOB", "DUC") == expected


PERMANENCE = """
child_id option authority ordered_on
C1       Z1     -         -
C1       P2     816       ZZ/05/2018
C2       P1     815       01/01/2012
C3       P1     Amberford 02/02/2013
"""


def test_earlier_permanence_is_one_row_a_child_and_the_rest_is_told() -> None:
    episodes = "child_id started_on start_reason\nC1 2023-05-01 S\nC3 2023-05-01 S\nC4 2023-05-01 S"
    built = returned(previous_permanence=PERMANENCE, care_episodes=episodes)
    assert rows(built, "PrevPerm", "CHILD", "PREV_PERM", "LA_PERM", "DATE_PERM") == [
        ("C1", "P2", "816", "ZZ/05/2018"),
        ("C3", "P1", None, "02/02/2013"),
    ]
    assert origins(built, "PrevPerm")[0] == ("C1", "previous_permanence", "C1|P2")
    assert noted(built, "Earlier permanences left out", ": 1.")
    assert noted(built, "started to be looked after", "PrevPerm: 1.")
    assert noted(built, "LA_PERM", "Amberford")


def test_children_looked_after_without_an_episode_are_told_of() -> None:
    periods = """
    child_id started_on ended_on   short_breaks_only
    C1       2022-05-01 -          no
    C2       2022-05-01 -          no
    C3       2022-05-01 2023-03-31 no
    C4       2022-05-01 -          yes
    """
    assert noted(returned(care_periods=periods, care_episodes=ALL_YEAR), "who have no episode", ": 1.")
