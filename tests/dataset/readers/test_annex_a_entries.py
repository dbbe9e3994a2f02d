"""What list 10 says of care that list 8 no longer does, and the small readings that a written workbook needs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.readers.common import ReadResult
from goldenthread.dataset.store import conform
from goldenthread.dataset.tables import TABLES
from tests.dataset.readers.annex_a_workbooks import AS_AT, Row, child, workbook

Read = Callable[..., ReadResult]
ENTERED, ADOPTED = "Date the Child Entered Care", "Date of Adoption Order"
PLAN = {
    ENTERED: date(2021, 3, 1),
    "Date of Decision that Child Should be Placed for Adoption": date(2022, 2, 1),
    ADOPTED: date(2023, 11, 1),
}
CARE = {"Date Started to be Looked After": date(2021, 3, 1), "Date Ceased to be Looked After": date(2024, 2, 1)}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return lambda lists: read_annex_a(workbook(tmp_path / "a.xlsx", lists), as_at=AS_AT)


def periods(result: ReadResult) -> list[tuple[object, ...]]:
    held = result.tables.get("care_periods", TABLES["care_periods"].empty())
    columns = ("care_period_id", "child_id", "started_on", "ended_on", "end_reason")
    return conform("care_periods", held).select(columns).rows()


def test_an_adopted_child_that_list_eight_no_longer_names_was_in_care_until_the_order(read: Read) -> None:
    result = read({8: [child("other") | CARE], 10: [child() | PLAN]})
    assert periods(result) == [
        ("A8-000002", "other", date(2021, 3, 1), date(2024, 2, 1), None),
        ("A10-000002", "1001", date(2021, 3, 1), date(2023, 11, 1), None),
    ]
    assert result.tables["adoptions"]["care_period_id"].to_list() == ["A10-000002"]
    assert not any(ENTERED in note for note in result.notes)


def test_list_ten_alone_is_read(read: Read) -> None:
    assert [row[:2] for row in periods(read({10: [child() | PLAN]}))] == [("A10-000002", "1001")]


@pytest.mark.parametrize(
    ("care", "lost"),
    [
        (CARE, False),
        (CARE | {"Date Started to be Looked After": date(2021, 3, 2)}, True),  # list 8 is believed
        (CARE | {"Date Ceased to be Looked After": None}, False),
    ],
)
def test_a_period_of_list_eight_is_not_made_twice(read: Read, care: Row, lost: bool) -> None:
    result = read({8: [child() | care], 10: [child() | PLAN]})
    assert [row[0] for row in periods(result)] == ["A8-000002"]
    assert any(ENTERED in note and "(1 cells)" in note for note in result.notes) == lost


@pytest.mark.parametrize("adopted", [None, date(2021, 2, 1)])
def test_a_child_not_adopted_gets_no_period_that_might_have_ended(read: Read, adopted: date | None) -> None:
    result = read({10: [child() | PLAN | {ADOPTED: adopted}]})
    assert periods(result) == []
    assert any(ENTERED in note and "is not held (1 cells)" in note for note in result.notes)


@pytest.mark.parametrize(
    ("age", "born", "expected"),
    [(-1, None, date(2024, 6, 20)), (0, date(2024, 6, 20), None), (None, date(2024, 6, 20), None)],
)
def test_an_age_of_minus_one_says_that_an_overdue_child_is_not_born(
    read: Read, age: int | None, born: date | None, expected: date | None
) -> None:
    row = child(Date_of_Birth=date(2024, 6, 20)) | {"Age of Child (Years)": age, "Date of Contact": date(2024, 2, 1)}
    result = read({1: [row]})
    assert result.tables["people"].select("born_on", "expected_on").rows() == [(born, expected)]
    assert [warning.reason for warning in result.warnings.found] == (
        ["says the child is not born on 30/06/2024, though expected on 20/06/2024"] if age == -1 else []
    )


def test_a_birth_that_another_list_gives_overrules_the_expected_date(read: Read) -> None:
    unborn = child(Date_of_Birth=date(2024, 6, 20)) | {"Age of Child (Years)": -1, "Date of Contact": date(2024, 2, 1)}
    born = child(Date_of_Birth=date(2024, 6, 18)) | CARE
    result = read({1: [unborn], 8: [born]})
    assert result.tables["people"].select("born_on", "expected_on").rows() == [(date(2024, 6, 18), None)]


@pytest.mark.parametrize(
    ("written", "held"), [("'=1+1", "=1+1"), ("'@Team", "@Team"), ("'t Hooft", "'t Hooft"), ("' @Team", "@Team")]
)
def test_the_apostrophe_before_a_formula_is_no_part_of_the_text(read: Read, written: str, held: str) -> None:
    result = read({3: [child() | {"Date of referral": date(2024, 2, 5), "Allocated Team": written}]})
    assert result.tables["referrals"]["team"].to_list() == [held]
