"""Values as people type them."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.codesets import code_set
from goldenthread.dataset import values
from goldenthread.dataset.values import Parser


def parsed(parser: Parser, cell: str | None) -> object:
    """The value, or "rejected"."""
    clean, bad = parser(pl.Series([cell], dtype=pl.String))
    assert clean.dtype == parser.dtype
    return "rejected" if bad[0] else clean[0]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31/12/2024", date(2024, 12, 31)),
        ("1/2/2020", date(2020, 2, 1)),
        ("2024-12-31", date(2024, 12, 31)),
        ("2024-12-31T00:00:00", date(2024, 12, 31)),
        ("31/12/2024 14:05", date(2024, 12, 31)),
        ("31-12-2024", date(2024, 12, 31)),
        ("3 Mar 2020", date(2020, 3, 3)),
        ("\xa031/12/2024 ", date(2024, 12, 31)),
        ("44090", date(2020, 9, 16)),
        ("44090.5", date(2020, 9, 16)),
        ("", None),
        ("  ", None),
        (None, None),
        ("31/02/2020", "rejected"),
        ("12/31/2020", "rejected"),
        ("01/02/19", "rejected"),
        ("0", "rejected"),
        ("999999", "rejected"),
        ("soon", "rejected"),
    ],
)
def test_dates(cell: str | None, day: object) -> None:
    assert parsed(values.day(serials=True), cell) == day


def test_a_number_is_a_date_only_where_serial_numbers_are_expected() -> None:
    assert parsed(values.day(), "44090") == "rejected"


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_the_same_in_every_shape(day: date) -> None:
    serial = str((day - values.EXCEL_DAY_ZERO).days)
    for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day}/{day.month}/{day.year}", serial):
        assert parsed(values.day(serials=True), text) == day


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("01/02/2020 9:05", datetime(2020, 2, 1, 9, 5)),
        ("2020-02-01T23:59:59", datetime(2020, 2, 1, 23, 59, 59)),
        ("01/02/2020", datetime(2020, 2, 1)),
        ("01/02/2020 25:00", "rejected"),
        ("9:05", "rejected"),
    ],
)
def test_moments(cell: str, at: object) -> None:
    assert parsed(values.moment(), cell) == at


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("a) Yes", True),
        ("Yes", True),
        ("y", True),
        ("b) No", False),
        ("N", False),
        ("c) Unknown", None),
        ("", None),
        ("No reply", "rejected"),
        ("maybe", "rejected"),
    ],
)
def test_flags(cell: str, flag: object) -> None:
    assert parsed(values.flag(), cell) == flag


@pytest.mark.parametrize(
    ("codes", "cell", "code"),
    [
        ("ethnicity", "a) WBRI", "WBRI"),
        ("ethnicity", "wbri", "WBRI"),
        ("ethnicity", "White British", "WBRI"),
        ("primary_need", "N1 - Abuse or neglect", "N1"),
        ("primary_need", "N1", "N1"),
        ("primary_need", "PSRMEM - Support", "rejected"),
        ("referral_source", "p1) 5D: LA services", "5D"),
        ("referral_source", "q) 6: Police", "6"),
        ("placement_type", "k) P1: Placed with parents", "P1"),
        ("accommodation", "B: Parents/relatives", "B"),
        ("accommodation", "C of E school", "rejected"),
        ("in_touch", "No reply", "rejected"),
        ("in_touch", "f) Rhom", "RHOM"),
        ("abuse_category", "Physical abuse", "PHY"),
        ("gender", "7", "rejected"),
        ("gender", "", None),
    ],
)
def test_codes(codes: str, cell: str, code: object) -> None:
    assert parsed(values.code(code_set(codes)), cell) == code


def test_a_code_may_be_asked_for_as_on_a_day() -> None:
    parser = values.code(code_set("placement_type"), on=date(2025, 4, 1))
    assert parsed(parser, "P2") == "rejected"
    assert parsed(parser, "P1") == "P1"


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [("yo17hh", "YO1 7HH"), ("T28 2WB", "T28 2WB"), ("nope", "rejected"), ("YO1", "rejected"), ("", None)],
)
def test_postcodes(cell: str, postcode: object) -> None:
    assert parsed(values.postcode(), cell) == postcode


@pytest.mark.parametrize(
    ("cell", "whole"),
    [("3", 3), ("3.0", 3), ("1,000", 1000), ("-1", "rejected"), ("3.5", "rejected"), ("three", "rejected")],
)
def test_whole_numbers_from_nought(cell: str, whole: object) -> None:
    assert parsed(values.whole(least=0), cell) == whole


@pytest.mark.parametrize(("cell", "number"), [("3.5", 3.5), ("nan", "rejected"), ("inf", "rejected"), ("", None)])
def test_numbers(cell: str, number: object) -> None:
    assert parsed(values.number(), cell) == number


def test_an_identifier_keeps_its_leading_noughts_and_loses_a_sheets_decimal() -> None:
    assert parsed(values.identifier(), "00123") == "00123"
    assert parsed(values.identifier(), "123.0") == "123"
    assert parsed(values.identifier(5), "123456") == "rejected"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.none() | st.text(max_size=12), max_size=20))
def test_no_text_breaks_a_parser_and_every_cell_is_kept_empty_or_rejected(cells: list[str | None]) -> None:
    series = pl.Series(cells, dtype=pl.String)
    for parser in (
        values.day(serials=True),
        values.moment(),
        values.whole(),
        values.number(),
        values.flag(),
        values.postcode(),
        values.identifier(5),
        values.code(code_set("gender")),
    ):
        clean, bad = parser(series)
        assert len(clean) == len(bad) == len(cells)
        assert not (clean.is_not_null() & bad).any()
        assert not bad.is_null().any()
