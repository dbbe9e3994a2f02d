"""Whatever a caller's frame calls its columns, the providers come out under one set of names and types."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.quality.reference import normalised
from goldenthread.quality.reference.providers import COLUMNS

POSTCODES = pl.DataFrame(
    {"postcode": ["CF11ZZ", "YO19ZZ"], "authority": ["WAL", "E06000014"], "easting": [1, 2], "northing": [1, 2]}
)


def one(column: str, **cells: object) -> object:
    """What one row of a provider says under `column`."""
    return normalised(pl.DataFrame({"URN": ["1"], **{name: [cell] for name, cell in cells.items()}}))[column].to_list()[
        0
    ]


def test_a_frame_of_urns_alone_has_every_column_and_knows_nothing_more() -> None:
    found = normalised(pl.DataFrame({"urn": ["sc1"]}))
    assert found.schema == pl.Schema(COLUMNS)
    assert found.rows() == [("SC1", None, None, None, None, None)]


@pytest.mark.parametrize(
    ("given_as", "urn"),
    [("sc123456", "SC123456"), (" SC123456 ", "SC123456"), ("12345.0", "12345"), (12345.0, "12345"), (12345, "12345")],
)
def test_a_urn_is_text_in_capitals_however_it_was_stored(given_as: object, urn: str) -> None:
    assert normalised(pl.DataFrame({"URN": [given_as]}))["URN"].to_list() == [urn]


@pytest.mark.parametrize("name", ["POSTCODE", "postcode", "Setting Postcode", "Setting Address Postcode"])
def test_a_postcode_is_in_capitals_without_spaces(name: str) -> None:
    assert one("POSTCODE", **{name: "a11 5ke"}) == "A115KE"
    assert one("POSTCODE", **{name: ""}) is None


@pytest.mark.parametrize("name", ["REG_END", "Closed Date", "Deregistration date"])
@pytest.mark.parametrize(
    "cell", ["25/12/2015", "2015-12-25", "2015-12-25 00:00:00", date(2015, 12, 25), datetime(2015, 12, 25), "42363"]
)
def test_the_end_of_registration_is_a_date_however_written(name: str, cell: object) -> None:
    assert one("REG_END", **{name: cell}) == date(2015, 12, 25)


def test_an_end_that_is_no_date_is_missing() -> None:
    assert one("REG_END", REG_END="31/02/2015") is None
    assert one("REG_END", REG_END="") is None


@pytest.mark.parametrize(
    "cell",
    [
        "U1,U2",
        "U1, U2",
        "u1/u2",
        "U1;U2",
        "U1|U2",
        "U1 U2",
        "['U1', 'U2']",
        "{'U1', 'U2'}",
        "U1\nU2",
        ["U1", "U2"],
        "U1,U2,U1",
    ],
)
@pytest.mark.parametrize("name", ["PLACE_CODES", "Placement code", "Provider Placement Code"])
def test_several_codes_in_a_cell_are_a_list(name: str, cell: object) -> None:
    assert one("PLACE_CODES", **{name: cell}) == ["U1", "U2"]


@pytest.mark.parametrize("name", ["PROVIDER_CODES", "Provider Code", "Placement provider code"])
def test_provider_codes_are_a_list_under_each_name(name: str) -> None:
    assert one("PROVIDER_CODES", **{name: "PR1,PR4"}) == ["PR1", "PR4"]


@pytest.mark.parametrize("cell", ["", "set()", "[]", None, "nan"])
def test_a_cell_without_a_code_is_missing(cell: str | None) -> None:
    assert one("PLACE_CODES", PLACE_CODES=cell) is None


@given(
    st.lists(st.from_regex(r"[A-Z]{1,2}[0-9]{1,2}", fullmatch=True), min_size=1, unique=True), st.sampled_from(",/;| ")
)
def test_codes_parted_by_any_sign_are_those_that_were_joined(codes: list[str], sign: str) -> None:
    assert one("PLACE_CODES", PLACE_CODES=sign.join(codes)) == codes


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"LA_CODE": "E06000014"}, "E06000014"),
        ({"LA_CODE": "816"}, "E06000014"),
        ({"LA_CODE_INFERRED": "auth"}, "AUTH"),  # no authority known: kept, to be compared as it is
        ({"LA_CODE_FROM_FILE": "E10000023"}, "E06000065"),
        ({"LA_NAME": "York"}, "E06000014"),
        ({"LA_NAME_FROM_FILE": "Somewhere"}, None),
        ({"Local Authority": "York"}, "E06000014"),
        ({"LA_CODE_INFERRED": "E08000035", "LA_NAME_FROM_FILE": "York"}, "E08000035"),
        ({"LA_CODE_INFERRED": None, "LA_NAME_FROM_FILE": "York"}, "E06000014"),
    ],
)
def test_the_authority_is_taken_from_a_code_and_else_from_a_name(
    cells: dict[str, str | None], code: str | None
) -> None:
    assert one("LA_CODE", **cells) == code


def test_an_authority_that_is_not_named_is_that_of_the_postcode() -> None:
    providers = pl.DataFrame(
        {
            "URN": ["1", "2", "3", "4"],
            "POSTCODE": ["YO1 9ZZ", "CF1 1ZZ", "ZZ1 1ZZ", "YO1 9ZZ"],
            "LA_NAME": [None, "Cardiff", None, "Leeds"],
        }
    )
    assert normalised(providers, POSTCODES)["LA_CODE"].to_list() == ["E06000014", "WAL", None, "E08000035"]


def test_a_provider_registered_again_keeps_each_row_and_the_same_row_is_there_once() -> None:
    given_rows = pl.DataFrame({"URN": ["3", "3", "3", None], "REG_END": ["25/12/2017", None, None, None]})
    assert normalised(given_rows).select("URN", "REG_END").rows() == [("3", date(2017, 12, 25)), ("3", None)]


def test_what_is_normalised_stays_as_it_is() -> None:
    first = normalised(
        pl.DataFrame({"URN": ["sc1"], "PLACE_CODES": ["U1/U2"], "REG_END": ["01/02/2020"], "LA_CODE": ["816"]})
    )
    assert normalised(first).equals(first)


def test_no_rows_and_no_urn() -> None:
    assert normalised(pl.DataFrame(schema={"URN": pl.String, "POSTCODE": pl.String})).height == 0
    with pytest.raises(ValueError, match="no column URN; they have Name"):
        normalised(pl.DataFrame({"Name": ["A home"]}))
