"""The faults of a census file's structure, each with its line and child."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.rejects import RefusedFile
from goldenthread.quality.cin_census.structure import structure_faults

SOUND = """<Message>
<Header>
<CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>201</LEA><SerialNo>001</SerialNo><DateTime>2026-05-01T09:30:00</DateTime></Source>
<Content><CBDSLevels><CBDSLevel>Child</CBDSLevel></CBDSLevels></Content>
</Header>
<Children>
<Child>
<ChildIdentifiers>
<LAchildID>1</LAchildID>
<PersonBirthDate>2015-05-26</PersonBirthDate>
<Sex>F</Sex>
</ChildIdentifiers>
<ChildCharacteristics>
<Ethnicity>WBRI</Ethnicity>
</ChildCharacteristics>
<CINdetails>
<CINreferralDate>2025-05-26</CINreferralDate>
<ReferralSource>1A</ReferralSource>
<ReferralNFA>true</ReferralNFA>
</CINdetails>
</Child>
</Children>
</Message>
"""
BIRTH, SEX, ETHNICITY = "<PersonBirthDate>2015-05-26</PersonBirthDate>", "<Sex>F</Sex>", "<Ethnicity>WBRI</Ethnicity>"
Fault = tuple[int | None, str | None, str | None, str | None, str]


def faults(folder: Path, text: str, year: int = 2026) -> list[Fault]:
    path = folder / "census.xml"
    path.write_text(text)
    return structure_faults(path, year).drop("mend").rows()


def changed(tmp_path: Path, old: str, new: str, year: int = 2026) -> list[Fault]:
    assert old in SOUND
    return faults(tmp_path, SOUND.replace(old, new), year)


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, SOUND) == []


def test_elements_out_of_order_are_named_with_the_one_they_must_come_before(tmp_path: Path) -> None:
    assert changed(tmp_path, f"{BIRTH}\n{SEX}", f"{SEX}\n{BIRTH}") == [
        (12, "1", "PersonBirthDate", "2015-05-26", "stands after Sex, which it must come before")
    ]


def test_what_must_be_there_is_missed_at_the_line_of_its_group(tmp_path: Path) -> None:
    assert changed(tmp_path, f"{SEX}\n", "") == [(9, "1", "Sex", None, "is missing from ChildIdentifiers")]


def test_a_child_without_its_number_has_none_to_name(tmp_path: Path) -> None:
    assert changed(tmp_path, "<LAchildID>1</LAchildID>", "<LAchildID/>") == [(10, None, "LAchildID", None, "is empty")]
    assert changed(tmp_path, "<LAchildID>1</LAchildID>", "") == [
        (9, None, "LAchildID", None, "is missing from ChildIdentifiers")
    ]


def test_what_may_stand_once_is_not_given_twice(tmp_path: Path) -> None:
    assert changed(tmp_path, SEX, SEX + "\n<Sex>M</Sex>") == [
        (13, "1", "Sex", "M", "is given again in the same element")
    ]


def test_what_may_be_repeated_may_be(tmp_path: Path) -> None:
    two = "<Disabilities><Disability>MOB</Disability><Disability>HAND</Disability></Disabilities>"
    assert changed(tmp_path, ETHNICITY, ETHNICITY + two) == []


def test_an_unknown_element_is_reported_once_with_nothing_inside_it(tmp_path: Path) -> None:
    assert changed(tmp_path, SEX, SEX + "<Shoe><Size>4</Size></Shoe>") == [
        (12, "1", "Shoe", None, "is no element of this year's census here")
    ]


def test_each_year_has_its_own_elements(tmp_path: Path) -> None:
    assert changed(tmp_path, SEX, "<GenderCurrent>2</GenderCurrent>", 2024) == []
    assert faults(tmp_path, SOUND, 2024) == [
        (9, "1", "GenderCurrent", None, "is missing from ChildIdentifiers"),
        (12, "1", "Sex", "F", "is no element of this year's census here"),
    ]


def test_each_year_has_its_own_codes(tmp_path: Path) -> None:
    old, new = "<ReferralSource>1A</ReferralSource>", "<ReferralSource>5D</ReferralSource>"
    assert changed(tmp_path, old, new) == []
    earlier = [fault for fault in changed(tmp_path, old, new, 2022) if fault[2] == "ReferralSource"]
    assert earlier == [(19, "1", "ReferralSource", "5D", "is no code of the census of 2021-22")]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2015-02-29", "is no day of the calendar"),
        ("26/05/2015", "is not written as YYYY-MM-DD"),
        ("2015-5-26", "is not written as YYYY-MM-DD"),
        ("", "is empty"),
    ],
)
def test_a_date_must_be_one(tmp_path: Path, written: str, fault: str) -> None:
    found = changed(tmp_path, BIRTH, f"<PersonBirthDate>{written}</PersonBirthDate>")
    assert found == [(11, "1", "PersonBirthDate", written or None, fault)]


@pytest.mark.parametrize("flag", ["1", "0", "true", "false", "TRUE"])
def test_yes_and_no_may_be_said_in_each_of_the_ways(tmp_path: Path, flag: str) -> None:
    assert changed(tmp_path, "<ReferralNFA>true<", f"<ReferralNFA>{flag}<") == []


def test_yes_and_no_may_not_be_said_otherwise(tmp_path: Path) -> None:
    assert changed(tmp_path, "<ReferralNFA>true<", "<ReferralNFA>yes<") == [
        (20, "1", "ReferralNFA", "yes", "is neither true nor false")
    ]


def test_text_where_elements_should_stand_and_elements_where_a_value_should(tmp_path: Path) -> None:
    found = changed(tmp_path, f"{BIRTH}\n{SEX}", "<PersonBirthDate><Day>26</Day></PersonBirthDate>\n<Sex>F</Sex>oh")
    assert found == [
        (11, "1", "PersonBirthDate", None, "holds elements where a value should stand"),
        (12, None, None, "oh", "is text outside any element"),
    ]
    assert changed(tmp_path, ETHNICITY, ETHNICITY + "<Disabilities>MOB</Disabilities>") == [
        (15, "1", "Disability", "MOB", "is missing from Disabilities"),
        (15, "1", "Disabilities", "MOB", "holds text, not elements"),
    ]


def test_a_fault_of_the_header_is_no_childs(tmp_path: Path) -> None:
    assert changed(tmp_path, "<LEA>201</LEA>", "<LEA>York</LEA>") == [
        (4, None, "LEA", "York", "is not what this element holds")
    ]


def test_a_file_that_breaks_off_says_where_and_judges_no_unfinished_child(tmp_path: Path) -> None:
    [(line, *place, fault)] = faults(tmp_path, SOUND[: SOUND.index("<ReferralNFA>")])
    assert (line, place) == (20, [None, None, None])
    assert "breaks off" in fault


def test_a_file_that_is_no_census_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="no CIN census"):
        faults(tmp_path, "<Letter><Dear>Sir</Dear></Letter>")


def test_every_fault_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text(SOUND.replace(SEX, "<Sex>X</Sex><Sex/>").replace("1A", "99").replace("<LEA>201</LEA>", ""))
    found = structure_faults(path, 2026)
    assert found.height == 5
    assert found.filter((pl.col("mend") == "") | pl.col("mend").is_null()).is_empty()
