"""Numbers, codes and names of authorities are one authority."""

from __future__ import annotations

import polars as pl
import pytest

from goldenthread.codesets import code_set
from goldenthread.quality.reference.authorities import (
    authorities,
    authority_code,
    current_code,
    number_of,
    one_code,
    ons_code,
)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("816", "E06000014"),
        ("815", "E06000065"),  # North Yorkshire, a county council until 2023
        ("825", "E06000060"),  # Buckinghamshire, since 2020
        ("933", "E06000066"),  # Somerset, since 2023
        ("838", "E06000059"),
        ("839", "E06000058"),
        ("940", "E06000061"),
        ("941", "E06000062"),
        ("942", "E06000063"),
        ("943", "E06000064"),
        ("909", "E10000006"),  # Cumbria is no more; its number has no later code
    ],
)
def test_a_number_has_its_latest_code_and_the_code_its_number(number: str, code: str) -> None:
    assert ons_code(number) == code
    assert number_of(code) == number


def test_an_unknown_number_or_code_is_no_authority() -> None:
    assert ons_code("001") is None
    assert number_of("E07000001") is None


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("E10000023", "E06000065"),
        ("E06000029", "E06000058"),  # Poole joined Bournemouth and Christchurch
        ("E08000016", "E08000038"),
        ("E10000006", "E10000006"),  # Cumbria was divided: no one code took its place
        ("E06000014", "E06000014"),
        ("E07000001", "E07000001"),
    ],
)
def test_a_former_code_gives_way_to_the_one_that_took_its_place(former: str, now: str) -> None:
    assert current_code(former) == now


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("816", "E06000014"),
        ("e06000014", "E06000014"),
        ("E10000023", "E06000065"),
        ("City of York Council", "E06000014"),
        ("Bristol", "E06000023"),
        ("Bristol City Council", "E06000023"),
        ("Hull", "E06000010"),
        ("Durham", "E06000047"),
        ("Telford & Wrekin", "E06000020"),
        ("London Borough of Barking & Dagenham", "E09000002"),
        ("City of London", "E09000001"),
        ("St Helens", "E08000013"),
        ("Dorset", "E06000059"),
        ("wal", "WAL"),
        ("Cardiff", None),
        ("County Council", None),
        ("", None),
    ],
)
def test_an_authority_is_known_by_code_number_or_name(text: str, code: str | None) -> None:
    assert authority_code(text) == code


def test_every_number_of_the_return_that_is_an_authority_has_a_code() -> None:
    numbers = [code for code in code_set("authority_number").codes if code.isdigit() and code != "999"]
    assert [number for number in numbers if ons_code(number) is None] == []


def test_england_has_153_authorities_and_every_successor_is_one_that_is_held() -> None:
    codes = {entry.code for entry in authorities()}
    assert sum(not entry.succeeded_by for entry in authorities()) == 153
    assert {after for entry in authorities() for after in entry.succeeded_by} <= codes


def test_a_column_holds_one_code_for_each_authority_and_keeps_what_is_none() -> None:
    given = pl.DataFrame({"code": ["816", " e06000014 ", "E10000023", "auth", None]})
    assert given.select(one_code(pl.col("code")))["code"].to_list() == [
        "E06000014",
        "E06000014",
        "E06000065",
        "AUTH",
        None,
    ]
