"""The drawing of families given as tables: who stands where, what is joined, and what is kept back."""

from dataclasses import replace
from itertools import combinations

import pytest

from casework.people.genogram import Family, Genogram, Person, Relationship, genogram
from casework.people.genogram.generations import generations
from casework.people.genogram.kinds import HEADINGS, ORDER, OTHER_SIDE
from casework.people.genogram.links import known
from casework.people.genogram.unions import Style, unions
from goldenthread.codesets import code_set
from tests.casework.people.genogram.families import (
    CONTRADICTORY,
    FAMILIES,
    FOSTERED,
    ON,
    SEVERAL_FATHERS,
    SIMPLE,
    family,
)
from tests.casework.people.genogram.reading import boxes, parsed, people_shown, tags, texts


def rows(drawn: Family) -> list[set[str]]:
    row = generations(known(drawn, ON)).row
    return [{one for one, place in row.items() if place == number} for number in range(max(row.values()) + 1)]


def joined(drawn: Family, style: Style = Style.BIRTH) -> set[tuple[frozenset[str], frozenset[str]]]:
    found = unions(generations(known(drawn, ON)))
    return {(frozenset(one.adults), frozenset(one.children)) for one in found if one.style is style}


def pairs(*told: str) -> set[tuple[frozenset[str], frozenset[str]]]:
    """`mia dan > ava ben` as adults and children."""
    return {(frozenset(up.split()), frozenset(down.split())) for up, _, down in (one.partition(">") for one in told)}


@pytest.mark.parametrize("name", FAMILIES)
def test_everybody_stands_once_and_no_two_boxes_overlap(name: str) -> None:
    drawn = FAMILIES[name]
    assert len(boxes(genogram(drawn, on=ON))) == len(drawn.people)
    for one, other in combinations(boxes(genogram(drawn, on=ON)), 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_strict_content_policy_finds_nothing_to_refuse(name: str) -> None:
    root = parsed(genogram(FAMILIES[name], on=ON))
    assert not tags(root) & {"script", "style", "foreignObject", "image", "use"}
    for element in root.iter():
        assert not [key for key in element.attrib if key == "style" or str(key).startswith("on")]


def test_generations_stand_in_rows() -> None:
    assert rows(SEVERAL_FATHERS) == [
        {"gm", "gf", "pat"},
        {"mia", "f1", "f2", "f3", "aun"},
        {"ava", "ben", "cal", "dee", "eli"},
    ]
    assert rows(FOSTERED)[1] == {"mia", "sec", "pat", "sam", "old", "nei"}


def test_each_child_hangs_from_its_own_pair_of_parents() -> None:
    assert joined(SEVERAL_FATHERS) == pairs(
        "mia f1 > ava ben", "mia f2 > cal dee", "mia f3 > eli", "gm gf > mia aun", "pat > f1"
    )
    assert joined(SEVERAL_FATHERS, Style.CARE) == pairs("f3 > ava ben")


def test_a_sibling_row_alone_hangs_the_child_from_the_parents_line_and_a_half_sibling_row_does_not() -> None:
    assert joined(FOSTERED) == pairs("mia sec > ava ben sib", "pat sam > kid")
    assert joined(FOSTERED, Style.SIBLINGS) == pairs(" > ava hal")


def test_carers_together_are_joined_and_a_former_one_stands_alone_with_a_slash() -> None:
    assert joined(FOSTERED, Style.CARE) == pairs("pat sam > ava ben", "old > ava")
    drawn = genogram(FOSTERED, on=ON).svg
    without = genogram(replace(FOSTERED, relationships=tuple(map(_lasting, FOSTERED.relationships))), on=ON).svg
    assert drawn.count('class="gt-genogram__ended"') == 2  # the line, and its sample in the key
    assert without.count('class="gt-genogram__ended"') == 0


def _lasting(row: Relationship) -> Relationship:
    return replace(row, ended_on=None)


def test_a_grandparent_is_joined_directly_only_when_the_parent_between_is_not_known() -> None:
    assert joined(FOSTERED, Style.GRANDPARENT) == pairs("nan > ava ben")
    known_between = (*FOSTERED.relationships, Relationship("mia", "nan", "mother"))
    assert joined(replace(FOSTERED, relationships=known_between), Style.GRANDPARENT) == set()


def test_brothers_and_sisters_without_recorded_parents_share_a_line() -> None:
    alone = family("a | A | F | |\nb | B | M | |\nc | C | M | |", "a sibling b\nc sibling b")
    assert joined(alone, Style.SIBLINGS) == pairs(" > a b c")
    assert len(rows(alone)) == 1


def test_a_father_who_is_the_grandfather_is_drawn_as_both() -> None:
    """It happens, and a worker must see it."""
    assert pairs("mia gf > ava", "gm gf > mia") <= joined(CONTRADICTORY)


def test_of_two_rows_that_contradict_each_other_the_one_that_the_dates_allow_is_drawn() -> None:
    told = " ".join(genogram(CONTRADICTORY, on=ON).not_drawn)
    assert "Ava Example as mother of Gerald Example does not fit" in told
    assert "Gerald Example as father of Ava Example" not in told


@pytest.mark.parametrize(
    ("rows_told", "sentence"),
    [
        ("ava father ava", "Ava Example is recorded as related to themselves. Correct the relationship."),
        ("ava other ghost", "Ava Example is recorded as related to somebody who is not in this drawing."),
        ("ava father ben\nben father ava", "Ava Example as father of Ben Example does not fit"),
        ("ava mother ben\nava sibling ben", "as brother or sister of"),
    ],
)
def test_what_cannot_be_drawn_is_told(rows_told: str, sentence: str) -> None:
    two = family("ava | Ava Example | F | |\nben | Ben Example | M | |", rows_told)
    drawn = genogram(two, on=ON)
    assert len(boxes(drawn)) == 2
    assert any(sentence in told for told in drawn.not_drawn)


def test_symbols_are_the_usual_ones() -> None:
    shown = family(
        """
        m | Male Example | M | 2000-01-01 |
        f | Female Example | F | 2000-01-01 |
        u | Unknown Example | U | 2000-01-01 |
        b | | U | due 2026-09-01 |
        """
    )
    by_name = people_shown(genogram(shown, on=ON))
    shape = {name: tags(element) & {"circle", "polygon"} for name, element in by_name.items()}
    assert shape == {"Male": set(), "Female": {"circle"}, "Unknown": {"polygon"}, "Unborn": {"polygon"}}
    assert len(by_name["Male"].findall(".//{*}rect")) == 2  # its area and its square


def test_gender_counts_before_sex() -> None:
    drawn = genogram(Family((Person("a", "Sam Example", "F", gender="1"),)), on=ON)
    assert "circle" not in tags(people_shown(drawn)["Sam"])


def test_the_dead_are_crossed_and_the_child_in_focus_is_double() -> None:
    shown = people_shown(genogram(SEVERAL_FATHERS, on=ON))
    assert len(shown["Dan"].findall(".//{*}line")) == 2
    assert len(shown["Kofi"].findall(".//{*}line")) == 0
    assert len(shown["Ava"].findall(".//{*}circle")) == 2
    assert len(shown["Dee"].findall(".//{*}circle")) == 1


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("Ava", ["9", "Ava Example", "Born 3 May 2017"]),
        ("Baby", ["Baby Example", "Due 14 Sep 2026"]),
        ("Mia", ["35", "Mia Example", "Born 11 Feb 1991", "PR for Ava and Ben"]),
    ],
)
def test_a_box_tells_age_birth_and_parental_responsibility(person: str, told: list[str]) -> None:
    assert texts(people_shown(genogram(SIMPLE, on=ON))[person]) == told


def test_parental_responsibility_held_for_some_children_only_is_told_by_name() -> None:
    shown = people_shown(genogram(SEVERAL_FATHERS, on=ON))
    assert texts(shown["Kofi"])[-2:] == ["PR for Dee", "No PR for Callum"]
    assert texts(shown["Mia"])[-1] == "PR"
    assert texts(shown["Leo"])[-3:] == ["Born about 1993", "Step-parent", "PR for Eli"]


def test_a_restricted_person_keeps_place_and_lines_and_nothing_else() -> None:
    drawn = genogram(FOSTERED, on=ON)
    assert texts(people_shown(drawn)["Restricted"]) == ["Restricted", "record"]
    for secret in ("Hidden", "1985", "/people/sec/", "sec"):
        assert secret not in drawn.svg.replace("gt-genogram", "").replace("sector", "")


def test_where_a_restricted_person_lives_is_not_drawn() -> None:
    here = family("a | A | F | |\nb | B | M | | restricted", "a father b", "Home: a b")
    gone = family("a | A | F | |\nb | B | M | | restricted", "a father b", "Home: a")
    assert genogram(here, on=ON).svg == genogram(gone, on=ON).svg


def test_a_household_is_drawn_only_of_those_who_live_there_on_the_day() -> None:
    assert genogram(SIMPLE, on=ON).svg.count("12 Sample Street") == 1
    left = replace(
        SIMPLE.households[0],
        stays=tuple(replace(one, ended_on=ON.replace(day=1, month=1)) for one in SIMPLE.households[0].stays),
    )
    assert "12 Sample Street" not in genogram(replace(SIMPLE, households=(left,)), on=ON).svg


def test_with_links_it_is_a_group_and_without_an_image() -> None:
    """An image may hold nothing that takes the keyboard's focus."""
    linked, plain = parsed(genogram(SIMPLE, on=ON)), parsed(genogram(SEVERAL_FATHERS, on=ON))
    assert (linked.get("role"), len(linked.findall(".//{*}a"))) == ("group", 5)
    assert (plain.get("role"), len(plain.findall(".//{*}a"))) == ("img", 0)
    for root in (linked, plain):
        assert root.get("aria-labelledby") == root.find("{*}title").get("id")
        assert root.get("aria-describedby") == root.find("{*}desc").get("id")
    assert parsed(genogram(SIMPLE, on=ON)).find("{*}title").text == "Genogram of the family of Ava Example"


def test_names_are_escaped_and_long_ones_cut() -> None:
    name = "<script>alert('x')</script> & \"Co\" \x00 " + "Verylongsurname" * 5
    drawn = genogram(Family((Person("a", name, href='/p/"><script>/'),)), on=ON)
    assert "script" not in tags(parsed(drawn))
    assert any(told.endswith("…") for told in texts(parsed(drawn)))


def test_nobody_at_all_is_an_empty_drawing() -> None:
    assert boxes(genogram(Family(()), on=ON)) == []


def test_the_same_family_is_always_drawn_alike() -> None:
    assert genogram(SEVERAL_FATHERS, on=ON) == genogram(SEVERAL_FATHERS, on=ON)


def test_every_relationship_of_the_code_set_has_a_place() -> None:
    codes = set(code_set("relationship").codes)
    assert codes == set(ORDER) == set(HEADINGS) == set(OTHER_SIDE)


def test_the_drawing_is_as_large_as_it_says() -> None:
    drawn: Genogram = genogram(SIMPLE, on=ON)
    assert parsed(drawn).get("viewBox") == f"0 0 {drawn.width} {drawn.height}"
    assert all(box.right <= drawn.width and box.bottom <= drawn.height for box in boxes(drawn))
