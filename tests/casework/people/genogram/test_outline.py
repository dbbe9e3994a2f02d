"""The genogram in words."""

import pytest

from casework.people.genogram import Family, in_words, outline
from tests.casework.people.genogram.families import FOSTERED, ON, SEVERAL_FATHERS, SIMPLE


def told(name: str, drawn: Family = SEVERAL_FATHERS) -> dict[str, tuple[str, ...]]:
    entry = next(one for one in outline(drawn, on=ON) if one.name == name)
    return {relation.heading: relation.people for relation in entry.relations}


def test_a_child_is_told_with_parents_brothers_sisters_and_home() -> None:
    assert told("Ava Example") == {
        "Mother": ("Mia Example (parental responsibility)",),
        "Father": ("Dan Sampleton (parental responsibility)",),
        "Step-parents": ("Leo Notreal",),
        "Aunts and uncles": ("Tess Example",),
        "Brothers and sisters": ("Ben Example",),
        "Half-brothers and half-sisters": ("Callum Pretend", "Dee Pretend", "Eli Notreal"),
        "Lives with (12 Sample Street)": ("Ben Example", "Eli Notreal", "Mia Example", "Leo Notreal"),
    }


@pytest.mark.parametrize(
    ("name", "heading", "people"),
    [
        (
            "Kofi Pretend",
            "Children",
            ("Callum Pretend (no parental responsibility)", "Dee Pretend (parental responsibility)"),
        ),
        ("Leo Notreal", "Step-children", ("Ava Example", "Ben Example")),
        ("Tess Example", "Nephews and nieces", ("Ava Example",)),
        ("Tess Example", "Brothers and sisters", ("Mia Example",)),
    ],
)
def test_adults_are_told_from_their_side(name: str, heading: str, people: tuple[str, ...]) -> None:
    assert told(name)[heading] == people


def test_a_relationship_that_is_over_says_so_and_a_restricted_person_has_no_name() -> None:
    ava = told("Ava Example", FOSTERED)
    assert ava["Foster carers"] == ("Pat Fosterington", "Sam Fosterington", "Olga Formerly (ended)")
    assert ava["Father"] == ("Restricted record",)
    assert "Restricted record" not in ava["Lives with (Foster home)"]


def test_the_text_has_a_line_for_each_person_and_their_relations_under_it() -> None:
    lines = in_words(SIMPLE, on=ON).splitlines()
    assert lines[0] == "Ava Example, female, born 3 May 2017, aged 9, the child in focus, subject of concern"
    assert lines[1] == "  Mother: Mia Example (parental responsibility)"
    assert sum(not line.startswith(" ") for line in lines) == len(SIMPLE.people)
    assert "Baby Example, unborn, due 14 September 2026" in lines
