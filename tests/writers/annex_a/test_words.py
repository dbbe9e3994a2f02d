"""Ofsted's words: each is read back as the code it was written for, and every code of the record has words."""

import polars as pl
import pytest

from goldenthread.codesets import code_set
from goldenthread.dataset.readers.annex_a_lists import LISTS, declared
from goldenthread.dataset.schema import Kind
from goldenthread.writers.annex_a.words import all_words, said, yes_no, yes_no_unknown

WORDED = {  # the words of each code set, where they have another name
    "primary_need": ("primary_need", "category_of_need"),
    "conference_outcome": (),  # said as Yes or No
}
HEADINGS = [
    (wanted.number, heading.name)
    for wanted in LISTS
    for heading in wanted.headings
    if wanted.parser(heading).dtype == pl.String
]


def words_of(number: int, heading: str) -> tuple[str, ...]:
    """The sets of words that the heading's cells are written with."""
    found = next(one for one in LISTS[number - 1].headings if one.name == heading)
    if found.codes:
        return (found.codes.name.replace(" ", "_"),)
    columns = [column for _, column in declared(number).get(heading, ()) if column.kind is Kind.CODE]
    return tuple(name for column in columns for name in WORDED.get(column.codes or "", (column.codes or "",)))


@pytest.mark.parametrize(("number", "heading"), HEADINGS)
def test_what_is_written_is_read_back(number: int, heading: str) -> None:
    wanted = LISTS[number - 1]
    parser = wanted.parser(next(one for one in wanted.headings if one.name == heading))
    for name in words_of(number, heading):
        texts = all_words()[name].texts
        clean, bad = parser(pl.Series(list(texts.values())))
        assert clean.to_list() == list(texts)
        assert not bad.any()


def test_every_code_of_the_record_has_words() -> None:
    sets = {name for number, heading in HEADINGS for name in words_of(number, heading)}
    assert len(sets) == 20
    for name in sets - {"case_status"}:
        held = code_set("primary_need" if name == "category_of_need" else name)
        assert set(held.codes) == set(all_words()[name].texts), name


def test_places_that_are_no_authority_are_read_back() -> None:
    heading = next(one for one in LISTS[7].headings if one.name == "LA of Placement")
    texts = all_words()["placement_area"].texts
    clean, _ = LISTS[7].parser(heading)(pl.Series([*texts.values(), "Wales End Borough", "WALSALL - North"]))
    assert clean.to_list() == [*texts, "Wales End Borough", "WALSALL - North"]


def test_an_unknown_code_stays_and_nothing_stays_nothing() -> None:
    frame = pl.DataFrame({"code": ["U6", "XX", None]}).select(said("placement_type", "code"))
    assert frame["code"].to_list() == ["f) U6: Foster placement - not FFA", "XX", None]


def test_an_unknown_answer_is_empty_or_unknown_as_the_list_asks() -> None:
    frame = pl.DataFrame({"flag": [True, False, None]})
    assert frame.select(yes_no(pl.col("flag")))["literal"].to_list() == ["a) Yes", "b) No", None]
    assert frame.select(yes_no_unknown(pl.col("flag")))["literal"].to_list() == ["a) Yes", "b) No", "c) Unknown"]
