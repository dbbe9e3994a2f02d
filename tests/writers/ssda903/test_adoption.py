"""AD1 and PlacedAdoption."""

from __future__ import annotations

from datetime import date

import pytest

from writers.ssda903.drawn import noted, one, origins, returned, rows

HEADS = "child_id started_on ended_on end_reason care_period_id"
ADOPTED = f"{HEADS}\nC1 2022-05-01 2023-09-01 E11 P1"
PLAN = """
adoption_id child_id care_period_id decided_on matched_on number_of_adopters sex_of_adopters adopted_by_carer
A1          C1       P1             2022-10-01 2023-01-05 2                  MF              no
"""


def test_a_child_adopted_in_the_year_has_a_row_of_its_plan() -> None:
    built = returned(people="person_id born_on\nC1 2020-02-03", adoptions=PLAN, care_episodes=ADOPTED)
    columns = ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
    assert rows(built, "AD1", *columns) == [("C1", "03/02/2020", "01/10/2022", "05/01/2023", "0", "2", "MF", None)]
    assert one(built, "PlacedAdoption", "DATE_PLACED", "DATE_PLACED_CEASED") == ("01/10/2022", None)
    assert origins(built, "AD1") == origins(built, "PlacedAdoption") == [("C1", "adoptions", "A1")]
    assert noted(built, "LS_ADOPTR", "1 of 1")


@pytest.mark.parametrize(
    "care",
    [
        "2022-05-01 2024-04-01 E11 P1",
        "2022-05-01 2023-09-01 E4A P1",
        "2022-05-01 -          -   P1",
    ],
)
def test_ad1_is_of_those_whose_episodes_end_in_adoption_by_the_last_day(care: str) -> None:
    built = returned(adoptions=PLAN, care_episodes=f"{HEADS}\nC1 {care}")
    assert rows(built, "AD1") == []
    assert one(built, "PlacedAdoption", "DATE_PLACED") == ("01/10/2022",)


def test_of_two_plans_the_latest_that_was_not_reversed_is_the_adoption() -> None:
    plans = """
    adoption_id child_id decided_on reversed_on
    A1          C1       2022-06-01 2022-09-01
    A2          C1       2022-10-01 -
    A3          C1       2023-02-01 2023-05-01
    A4          C1       2023-10-01 -
    """
    built = returned(adoptions=plans, care_episodes=ADOPTED)
    assert origins(built, "AD1") == [("C1", "adoptions", "A2")]
    assert rows(built, "PlacedAdoption", "DATE_PLACED", "DATE_PLACED_CEASED") == [
        ("01/10/2022", None),
        ("01/02/2023", "01/05/2023"),
        ("01/10/2023", None),
    ]


def test_a_child_adopted_without_a_plan_is_told_of() -> None:
    assert noted(returned(care_episodes=ADOPTED), "no plan of adoption", ": 1.")


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("P1 2022-10-01 - -", [("01/10/2022", None, None)]),
        ("P1 2022-10-01 2023-03-31 RD1", []),
        ("P1 2022-10-01 2023-04-01 RD1", [("01/10/2022", "01/04/2023", "RD1")]),
        ("P1 2022-10-01 2024-03-31 RD1", [("01/10/2022", "31/03/2024", "RD1")]),
        ("P1 2022-10-01 2024-04-01 RD1", [("01/10/2022", None, None)]),
        ("P1 2024-03-31 - -", [("31/03/2024", None, None)]),
        ("P1 2024-04-01 - -", []),
        ("P0 2015-10-01 - -", []),
        ("- 2022-10-01 - -", [("01/10/2022", None, None)]),
    ],
)
def test_decisions_of_the_period_of_care_are_told_until_they_are_reversed(
    plan: str, told: list[tuple[str | None, ...]]
) -> None:
    plans = f"child_id care_period_id decided_on reversed_on reversed_reason\nC1 {plan}"
    built = returned(adoptions=plans, care_episodes=f"{HEADS}\nC1 2022-05-01 - - P1")
    assert rows(built, "PlacedAdoption", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED") == told


def test_a_match_still_to_come_is_not_told_of() -> None:
    plan = "child_id decided_on matched_on\nC1 2022-10-01 2023-08-01"
    care = f"{HEADS}\nC1 2022-05-01 2023-06-01 E11 P1"
    assert one(returned(date(2023, 7, 1), None, adoptions=plan, care_episodes=care), "AD1", "DATE_MATCH") == (None,)
