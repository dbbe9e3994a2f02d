"""The rules that point at the whole return: what makes each of them silent."""

from __future__ import annotations

import pytest

from goldenthread.quality.engines import RuleEngine
from tests.quality.cin_census.drawn import found

WHOLE_RETURN = [(None, None)]
SEVEN = "MOB HAND PC INC COMM LD HEAR"


def disabilities(codes: str) -> str:
    return "\n".join(f"Disabilities {child} Disability={code}" for child, code in enumerate(codes.split()))


def test_as_many_conferences_as_plans_are_enough(engine: RuleEngine) -> None:
    one_each = """
        ChildProtectionPlans 1 CPPstartDate=2025-05-26
        CINdetails           1
        Section47            1 DateOfInitialCPC=2025-05-26
    """
    assert found(one_each, "2883", engine=engine) == []
    assert found(one_each + "ChildProtectionPlans 2 CPPstartDate=2025-05-27", "2883", engine=engine) == WHOLE_RETURN


@pytest.mark.parametrize(("children", "expected"), [(50, []), (49, WHOLE_RETURN)])
def test_two_per_cent_without_sex_is_not_more_than_two(
    engine: RuleEngine, children: int, expected: list[tuple[None, None]]
) -> None:
    drawn = "ChildIdentifiers 0 Sex=U\n" + "\n".join(f"ChildIdentifiers {n} Sex=F" for n in range(1, children))
    assert found(drawn, "2886Q", engine=engine) == expected


def test_unborn_children_are_not_counted_as_without_sex(engine: RuleEngine) -> None:
    drawn = "ChildIdentifiers 1 Sex=M\nChildIdentifiers 2 Sex=U ExpectedPersonBirthDate=2026-05-01"
    assert found(drawn, "2886Q", engine=engine) == []


def test_until_2023_24_it_is_gender_that_must_be_recorded(engine: RuleEngine) -> None:
    assert found("ChildIdentifiers 1 GenderCurrent=9", "2886Q", year=2024, engine=engine) == []
    assert found("ChildIdentifiers 1 GenderCurrent=0", "2886Q", year=2024, engine=engine) == WHOLE_RETURN
    assert found("ChildIdentifiers 1 GenderCurrent=9", "2886Q", year=2025, engine=engine) == WHOLE_RETURN


def test_the_eighth_disability_code_is_enough(engine: RuleEngine) -> None:
    assert found(disabilities(SEVEN), "2887Q", engine=engine) == WHOLE_RETURN
    assert found(disabilities(SEVEN + " NONE NONE"), "2887Q", engine=engine) == WHOLE_RETURN
    assert found(disabilities(SEVEN + " VIS"), "2887Q", engine=engine) == []


def test_one_child_with_two_disabilities_is_enough(engine: RuleEngine) -> None:
    alone = "Disabilities 1 Disability=MOB\nDisabilities 2 Disability=HAND"
    assert found(alone, "2888Q", engine=engine) == WHOLE_RETURN
    assert found(alone + "\nDisabilities 1 Disability=MOB", "2888Q", engine=engine) == WHOLE_RETURN
    assert found(alone + "\nDisabilities 1 Disability=HAND", "2888Q", engine=engine) == []


def test_children_without_a_disability_say_nothing_of_how_many_one_has(engine: RuleEngine) -> None:
    assert found("Disabilities 1 Disability=NONE\nDisabilities 2", "2888Q", engine=engine) == []
