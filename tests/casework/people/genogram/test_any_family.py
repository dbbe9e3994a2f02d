"""Whatever is recorded: the drawing does not fail, shows everybody once, overlaps nobody, and is plain XML."""

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.people.genogram import Family, Household, Person, Relationship, Stay, genogram, in_words, outline
from casework.people.genogram.kinds import ORDER
from tests.casework.people.genogram.families import ON
from tests.casework.people.genogram.reading import boxes, parsed, tags

DAYS = st.none() | st.dates(date(1920, 1, 1), date(2027, 12, 31))
FLAG = st.booleans()


@st.composite
def families(draw: st.DrawFn, most: int = 14) -> Family:
    ids = [str(number) for number in range(draw(st.integers(1, most)))]
    somebody = st.sampled_from([*ids, "nobody"])
    person = st.builds(
        Person,
        id=st.just(""),
        name=st.text(max_size=40),
        sex=st.sampled_from("MFU?"),
        gender=st.sampled_from(("", "0", "1", "2", "9")),
        born_on=DAYS,
        birth_date_estimated=FLAG,
        expected_on=DAYS,
        died_on=DAYS,
        unborn=FLAG,
        focus=FLAG,
        concern=FLAG,
        restricted=FLAG,
        href=st.sampled_from(("", "/people/1/")),
    )
    kinds = st.sampled_from([*ORDER, "mother", "father", "not a code"])
    relationship = st.builds(Relationship, somebody, somebody, kinds, st.none() | FLAG, DAYS, DAYS)
    household = st.builds(Household, st.text(max_size=60), st.lists(st.builds(Stay, somebody, DAYS, DAYS)).map(tuple))
    return Family(
        tuple(_with_id(draw(person), one) for one in ids),
        tuple(draw(st.lists(relationship, max_size=3 * len(ids)))),
        tuple(draw(st.lists(household, max_size=4))),
    )


def _with_id(person: Person, one: str) -> Person:
    fields = {name: getattr(person, name) for name in Person.__slots__}
    return Person(**(fields | {"id": one}))


def check(drawn_family: Family) -> None:
    drawn = genogram(drawn_family, on=ON)
    root = parsed(drawn)
    assert "script" not in tags(root) and not [one for one in root.iter() if "style" in one.attrib]
    found = boxes(drawn)
    assert len(found) == len(drawn_family.people)
    assert not [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])]
    assert all(box.left >= 0 and box.right <= drawn.width and box.bottom <= drawn.height for box in found)


@given(families())
@settings(max_examples=150)
def test_any_relationships_can_be_drawn(drawn_family: Family) -> None:
    check(drawn_family)


@given(families(most=40))
@settings(max_examples=8)
def test_forty_people_can_be_drawn(drawn_family: Family) -> None:
    check(drawn_family)


@given(families())
@settings(max_examples=80)
def test_any_relationships_can_be_told_in_words(drawn_family: Family) -> None:
    assert len(outline(drawn_family, on=ON)) == len(drawn_family.people)
    assert in_words(drawn_family, on=ON)


@given(families(), st.data())
@settings(max_examples=80)
def test_no_word_of_a_restricted_person_is_shown(drawn_family: Family, data: st.DataObject) -> None:
    secret = data.draw(st.sampled_from(drawn_family.people))
    closed = Person(secret.id, "Zyxwv Secretname", "F", restricted=True, href="/secret/", focus=secret.focus)
    people = tuple(closed if one is secret else one for one in drawn_family.people)
    hidden = Family(people, drawn_family.relationships, drawn_family.households)
    told = genogram(hidden, on=ON)
    everything = told.svg + in_words(hidden, on=ON) + " ".join(told.not_drawn)
    assert "Zyxwv" not in everything and "Secretname" not in everything and "/secret/" not in everything
