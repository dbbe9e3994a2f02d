"""The file: its elements and their order in each year, and that it is written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goldenthread.dataset.readers.cin_census_shape import INSIDE
from goldenthread.dataset.readers.cin_census_structure import MESSAGE, of_year, with_all_inside
from goldenthread.dataset.readers.cin_census_tables import load_tables
from goldenthread.dataset.store import DatasetError
from goldenthread.writers.cin_census import write_xml
from goldenthread.writers.cin_census.xml import AT_ONCE
from writers.cin_census.drawn import YEAR, census, faults_of

EVERYTHING = {
    "people": """
        person_id  born_on     sex  gender  ethnicity  disabled  upn
        C1         2012-05-01  F    2       WBRI       no        A&B<1>
    """,
    "referrals": """
        referral_id  child_id  received_on  source
        R1           C1        2025-06-01   1A
    """,
    "assessments": """
        child_id  referral_id  assessment_id  started_on  authorised_on
        C1        R1           A1             2025-06-02  2025-07-01
    """,
    "assessment_factors": """
        child_id  assessment_id  factor
        C1        A1             3A
        C1        A1             4B
    """,
    "section_47_enquiries": """
        child_id  referral_id  section_47_id  started_on
        C1        R1           S1             2025-06-02
    """,
    "cin_plans": """
        child_id  referral_id  started_on
        C1        R1           2025-06-02
    """,
    "cp_plans": """
        child_id  referral_id  cp_plan_id  started_on  initial_category
        C1        R1           K1          2025-06-02  NEG
    """,
    "conferences": """
        child_id  referral_id  cp_plan_id  kind    held_on
        C1        R1           K1          review  2025-09-01
    """,
}


def written(path: Path, year: int = YEAR) -> str:
    write_xml(census(year=year, **EVERYTHING), path)
    return path.read_text(encoding="utf-8")


def order(text: str, *names: str) -> list[str]:
    """Those elements in the order they first open."""
    return sorted(names, key=lambda name: text.index(f"<{name}>"))


def test_the_referral_flag_stands_between_the_enquiries_and_the_protection_plans(tmp_path: Path) -> None:
    names = ("Assessments", "CINPlanDates", "Section47", "ReferralNFA", "ChildProtectionPlans", "Reviews")
    assert order(written(tmp_path / "census.xml"), *names) == list(names)


@pytest.mark.parametrize(
    ("year", "there", "not_there"), [(2026, "Sex", "GenderCurrent"), (2025, "Sex", "GenderCurrent")]
)
def test_sex_from_2024_25(tmp_path: Path, year: int, there: str, not_there: str) -> None:
    built = census(year=year, referrals="child_id received_on\nC1 2023-06-01")
    write_xml(built, tmp_path / "census.xml")
    text = (tmp_path / "census.xml").read_text(encoding="utf-8")
    assert f"<{there}>" in text
    assert f"<{not_there}>" not in text


def test_gender_until_2023_24_and_plans_from_2021_22() -> None:
    names = {year: {each.name for each in with_all_inside(of_year(MESSAGE, year))} for year in (2021, 2022, 2024, 2025)}
    assert [year for year, found in names.items() if "GenderCurrent" in found] == [2021, 2022, 2024]
    assert [year for year, found in names.items() if "Sex" in found] == [2025]
    assert [year for year, found in names.items() if "CINPlanDates" in found] == [2022, 2024, 2025]


def test_every_element_declared_is_one_the_reader_knows_in_that_place() -> None:
    for each in with_all_inside(MESSAGE):
        assert {inner.name for inner in each.inside} <= set(INSIDE.get(each.name, ())), each.name


def test_a_full_child_follows_the_declared_order_and_number(tmp_path: Path) -> None:
    written(tmp_path / "census.xml")
    assert faults_of(tmp_path / "census.xml", YEAR) == []


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ("<ReferralNFA>0</ReferralNFA>", "", "CINdetails without ReferralNFA"),
        (
            "(<Section47>.*</Section47>)(<ReferralNFA>0</ReferralNFA>)",
            r"\2\1",
            "Section47 out of its place in CINdetails",
        ),
        ("(<Sex>F</Sex>)", r"\1\1", "ChildIdentifiers with 2 Sex"),
        ("(</ICPCnotRequired>)", r"\1<Colour>red</Colour>", "Colour in Section47"),
        ("<CPPreviewDate>.*</CPPreviewDate>", "", "Reviews without CPPreviewDate"),
    ],
)
def test_the_check_of_order_and_number_finds_what_is_wrong(tmp_path: Path, wrong: str, right: str, fault: str) -> None:
    path = tmp_path / "census.xml"
    text, changed = re.subn(wrong, right, written(path), flags=re.DOTALL)
    assert changed == 1
    path.write_text(text, encoding="utf-8")
    assert faults_of(path, YEAR)[0] == fault


def test_a_required_value_that_is_missing_leaves_its_element_empty(tmp_path: Path) -> None:
    built = census(referrals="child_id received_on\nC1 2025-06-01")
    write_xml(built, tmp_path / "census.xml")
    text = (tmp_path / "census.xml").read_text(encoding="utf-8")
    assert "<ReferralSource></ReferralSource>" in text
    assert "PrimaryNeedCode" not in text
    assert faults_of(tmp_path / "census.xml", YEAR) == []


def test_marks_of_xml_in_a_value_are_written_as_references(tmp_path: Path) -> None:
    assert "<UPN>A&amp;B&lt;1&gt;</UPN>" in written(tmp_path / "census.xml")


def test_more_children_than_are_written_at_once_all_arrive_in_order(tmp_path: Path) -> None:
    names = [f"C{number:05}" for number in range(2 * AT_ONCE + 7)]
    lines = "\n".join(f"{name} 2025-06-01" for name in names)
    built = census(referrals=f"child_id received_on\n{lines}")
    write_xml(built, tmp_path / "census.xml")
    found = load_tables(tmp_path / "census.xml").tables
    assert found["ChildIdentifiers"]["LAchildID"].to_list() == names
    assert found["CINdetails"]["LAchildID"].to_list() == names


def test_a_census_of_nobody_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="No child is in the census"):
        write_xml(census(), tmp_path / "census.xml")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_when_the_new_one_cannot_be_finished(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    before = written(path)
    built = census(**EVERYTHING)
    broken = {
        name: frame.drop("ReferralNFA") if name == "CINdetails" else frame for name, frame in built.tables.items()
    }
    with pytest.raises(Exception, match="ReferralNFA"):
        write_xml(type(built)(built.kind, built.as_at, broken, built.origins), path)
    assert path.read_text(encoding="utf-8") == before
    assert [each.name for each in tmp_path.iterdir()] == ["census.xml"]


def test_a_folder_in_the_way_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is a folder"):
        write_xml(census(**EVERYTHING), tmp_path)
