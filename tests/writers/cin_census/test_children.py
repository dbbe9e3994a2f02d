"""What the census says of each child."""

from __future__ import annotations

from datetime import date

import pytest

from writers.cin_census.drawn import census, one, rows

OPEN = """
    child_id  received_on
    C1        2020-06-01
"""


@pytest.mark.parametrize(
    ("year", "sex", "gender", "written"),
    [
        (2026, "F", "1", ("F", None)),
        (2025, "-", "2", ("F", None)),
        (2025, "-", "9", ("U", None)),
        (2025, "-", "-", (None, None)),
        (2024, "F", "1", (None, "1")),
        (2024, "M", "-", (None, "1")),
        (2024, "U", "-", (None, "0")),
    ],
)
def test_sex_from_2024_25_and_gender_before_each_standing_in_for_the_other(
    year: int, sex: str, gender: str, written: tuple[str | None, str | None]
) -> None:
    people = f"""
        person_id  born_on     sex    gender
        C1         2015-01-01  {sex}  {gender}
    """
    built = census(year=year, referrals=OPEN, people=people)
    assert one(built, "ChildIdentifiers", "Sex", "GenderCurrent") == written
    assert sum("is read from the recorded" in note for note in built.notes) == (
        sex == "-" != gender or gender == "-" != sex
    )


@pytest.mark.parametrize(
    ("born", "expected", "written"),
    [
        ("2025-05-01", "2025-05-09", ("2025-05-01", None, "F")),
        ("-", "2026-05-09", (None, "2026-05-09", "U")),
        ("2026-05-11", "2026-05-09", (None, "2026-05-09", "U")),  # born since the reference date
        ("-", "-", (None, None, "F")),
    ],
)
def test_a_child_has_a_day_of_birth_or_an_expected_one_and_no_sex_before_birth(
    born: str, expected: str, written: tuple[str | None, ...]
) -> None:
    people = f"""
        person_id  born_on  expected_on  sex
        C1         {born}   {expected}   F
    """
    built = census(referrals=OPEN, people=people)
    assert one(built, "ChildIdentifiers", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex") == written


@pytest.mark.parametrize(("died", "written"), [("2026-03-31", "2026-03-31"), ("2026-04-01", None)])
def test_a_death_after_the_reference_date_is_not_yet_so(died: str, written: str | None) -> None:
    people = f"""
        person_id  died_on
        C1         {died}
    """
    assert one(census(referrals=OPEN, people=people), "ChildIdentifiers", "PersonDeathDate") == (written,)


def test_disabilities_recorded_and_none_where_the_record_says_so() -> None:
    built = census(
        referrals="""
            child_id  received_on
            C1        2025-06-01
            C2        2025-06-01
            C3        2025-06-01
            C4        2025-06-01
        """,
        people="""
            person_id  disabled
            C1         yes
            C2         no
            C3         -
            C4         yes
        """,
        disabilities="""
            child_id  disability
            C1        LD
            C1        AUT
        """,
    )
    assert rows(built, "Disabilities", "LAchildID", "Disability") == [("C1", "AUT"), ("C1", "LD"), ("C2", "NONE")]
    assert built.origins["Disabilities"].rows() == [
        ("C1", "disabilities", "C1|AUT"),
        ("C1", "disabilities", "C1|LD"),
        ("C2", "people", "C2"),
    ]
    assert "Disability, or NONE, is left out for 2 children: the record does not give it." in built.notes


def test_a_child_of_whom_only_a_referral_is_held_is_still_in() -> None:
    built = census(referrals=OPEN)
    assert rows(built, "ChildIdentifiers", "LAchildID", "Sex") == [("C1", None)]
    assert rows(built, "ChildCharacteristics", "LAchildID", "Ethnicity") == [("C1", None)]
    assert built.origins["ChildIdentifiers"].rows() == [("C1", None, None)]
    assert "The record holds nothing of 1 child beyond a referral." in built.notes
    assert "Ethnicity is empty, though the census requires it, in 1 of 1 ChildCharacteristics." in built.notes


def test_the_census_of_a_day_without_any_child_says_so() -> None:
    built = census(date(2026, 3, 31), year=None)
    assert built.notes == ("No child has an episode in the year.",)
    assert {name: frame.height for name, frame in built.tables.items() if frame.height} == {"Header": 1}
