"""What is typed into the search, taken apart."""

from datetime import date

import pytest

from casework.people.asked import parse

TODAY = date(2026, 11, 27)
DAY = (date(2015, 5, 1), date(2015, 5, 1))


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1/5/2015", DAY),
        ("01-05-15", DAY),
        ("1.5.2015", DAY),
        ("1 May 2015", DAY),
        ("1st may 15", DAY),
        ("2015-05-01", DAY),
        ("carl 1/5/2015 example", DAY),
        ("May 2015", (date(2015, 5, 1), date(2015, 5, 31))),
        ("5/2015", (date(2015, 5, 1), date(2015, 5, 31))),
        ("example 2015", (date(2015, 1, 1), date(2015, 12, 31))),
        ("1/5/88", (date(1988, 5, 1), date(1988, 5, 1))),
        ("31/2/2015", None),
        ("carl example", None),
        ("P002015001", None),
    ],
)
def test_a_birth_date_is_read_as_people_write_it(text: str, born: object) -> None:
    assert parse(text, TODAY).born == born


@pytest.mark.parametrize(
    ("text", "postcodes"),
    [
        ("YO1 7ZZ", ("YO1 7ZZ",)),
        ("yo17zz", ("YO1 7ZZ",)),
        ("yo1", ("YO1 ",)),
        ("YO1 7", ("YO1 7",)),
        ("YO17", ("YO17 ", "YO1 7")),
        ("carl example yo1 7zz", ("YO1 7ZZ",)),
        ("carl", ()),
    ],
)
def test_a_postcode_may_be_part_of_one(text: str, postcodes: tuple[str, ...]) -> None:
    assert parse(text, TODAY).postcodes == postcodes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Carl  Example", ("carl", "example")),
        ("Example, Carl", ("example", "carl")),
        ("O'Brien-Smith", ("obrien", "smith")),
        ("J Smith", ("j", "smith")),
        ("carl 1/5/2015", ("carl",)),
        ("carl carl", ("carl",)),
        ("1234567", ()),
    ],
)
def test_the_rest_are_words_of_a_name(text: str, words: tuple[str, ...]) -> None:
    assert parse(text, TODAY).words == words


def test_a_number_may_be_written_with_spaces() -> None:
    assert parse("943 476 5919", TODAY).number == "9434765919"
    assert parse("p000000001", TODAY).number == "P000000001"


@pytest.mark.parametrize("text", ["", " ", "j", "%", "' ''", "\x00"])
def test_too_little_asks_for_nothing(text: str) -> None:
    assert not parse(text, TODAY).anything
