"""Where a placement lies is worked out from postcodes where the upload does not say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.quality import check
from goldenthread.quality.reference.places import with_derived_places, with_known_postcodes

YORK = "E06000014"
POSTCODES = pl.DataFrame(
    [
        ("AA11AA", YORK, 400_000, 400_000),
        ("AA12AA", YORK, 400_000, 401_609),  # 0.9998 of a mile
        ("BB11BB", "E08000035", 400_000, 416_093),
        ("CC11CC", "WAL", None, None),
    ],
    schema={"postcode": pl.String, "authority": pl.String, "easting": pl.Int32, "northing": pl.Int32},
    orient="row",
)


def episodes(*rows: tuple[str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"HOME_POST": pl.String, "PL_POST": pl.String}, orient="row")


def test_the_place_follows_from_the_postcodes() -> None:
    found = with_derived_places(
        episodes(
            ("aa1 1aa", "AA1 2AA"),
            ("AA1 1AA", "BB1 1BB"),
            ("AA1 1AA", "AA1 1AA"),
            ("AA1 1AA", "CC1 1CC"),  # an authority, and no place
            ("AA1 1AA", "ZZ9 9ZZ"),  # unknown
            (None, "AA1 1AA"),
            ("AA1 1AA", None),
        ),
        POSTCODES,
        YORK,
    )
    assert found.select("PL_LA", "PL_LOCATION", "PL_DISTANCE").rows() == [
        (YORK, "IN", "1.0"),
        ("E08000035", "OUT", "10.0"),
        (YORK, "IN", "0.0"),
        ("WAL", "OUT", None),
        (None, None, None),
        (YORK, "IN", None),
        (None, None, None),
    ]


def test_columns_given_are_used_as_given() -> None:
    given_frame = episodes(("AA1 1AA", "BB1 1BB")).with_columns(
        PL_LA=pl.lit("WAL"), PL_LOCATION=pl.lit("IN"), PL_DISTANCE=pl.lit("3.25")
    )
    assert with_derived_places(given_frame, POSTCODES, YORK).equals(given_frame)


def test_the_location_follows_from_an_authority_given_by_number_or_former_code() -> None:
    given_frame = pl.DataFrame({"PL_LA": ["816", "E10000023", None]})
    found = with_derived_places(given_frame, None, YORK)
    assert found.rows() == [(YORK, "IN"), ("E06000065", "OUT"), (None, None)]
    assert with_derived_places(given_frame, None, "815")["PL_LOCATION"].to_list() == ["OUT", "IN", None]


def test_without_the_authority_no_location_is_made_and_without_a_column_nothing_is_made_of_it() -> None:
    assert "PL_LOCATION" not in with_derived_places(episodes(("AA1 1AA", "BB1 1BB")), POSTCODES, None).columns
    assert with_derived_places(pl.DataFrame({"HOME_POST": ["AA1 1AA"]}), POSTCODES, YORK).columns == ["HOME_POST"]
    assert with_derived_places(pl.DataFrame({"CHILD": ["1"]}), POSTCODES, YORK).columns == ["CHILD"]


def test_the_order_of_rows_is_kept() -> None:
    posts = ["BB1 1BB", "AA1 1AA", "ZZ1 1ZZ", "AA1 2AA"] * 50
    found = with_derived_places(episodes(*((post, post) for post in posts)), POSTCODES, YORK)
    assert found["PL_POST"].to_list() == posts


@given(st.integers(0, 600_000), st.integers(0, 600_000))
def test_miles_are_rounded_half_up_to_one_decimal(east: int, north: int) -> None:
    there = POSTCODES.head(1).with_columns(
        postcode=pl.lit("DD11DD"), easting=pl.lit(400_000 + east, pl.Int32), northing=pl.lit(400_000 + north, pl.Int32)
    )
    found = with_derived_places(episodes(("AA1 1AA", "DD1 1DD")), pl.concat([POSTCODES, there]), YORK)
    miles = Decimal(east**2 + north**2).sqrt() / 1000 / Decimal("1.6093")
    assert found["PL_DISTANCE"].item() == str(miles.quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_a_postcode_is_known_or_not_or_not_there() -> None:
    found = with_known_postcodes(episodes(("AA1 1AA", "ZZ1 1ZZ"), (None, "bb11bb")), POSTCODES)
    assert found.select("HOME_POST_known", "PL_POST_known").rows() == [(True, False), (None, True)]
    unknown = with_known_postcodes(episodes(("AA1 1AA", "ZZ1 1ZZ")), None)
    assert unknown.select("HOME_POST_known", "PL_POST_known").rows() == [(None, None)]


def statuses(tables: pl.DataFrame, reference: dict[str, object], rule: str) -> tuple[str, str]:
    result = check("ssda903", {"Episodes": tables}, reference=reference)
    status, reason = result.rules.filter(rule=rule).select("status", "reason").row(0)
    return str(status), str(reason)


ROW = pl.DataFrame({"CHILD": ["1"], "LS": ["C2"], "HOME_POST": ["AA1 1AA"], "PL_POST": ["ZZ1 1ZZ"]})


@pytest.mark.parametrize(
    ("frame", "reference", "rule", "expected"),
    [
        (ROW, {"postcodes": POSTCODES}, "169", ("ran", "")),
        (ROW, {}, "169", ("skipped", "Episodes has no PL_LA, and the postcode look-up was not given")),
        (
            ROW.drop("PL_POST"),
            {"postcodes": POSTCODES},
            "169",
            ("skipped", "Episodes has no PL_LA, and Episodes has no PL_POST"),
        ),
        (
            ROW,
            {"postcodes": POSTCODES},
            "179",
            ("skipped", "Episodes has no PL_LOCATION, and the authority's own code was not given"),
        ),
        (ROW, {"postcodes": POSTCODES, "local_authority": "816"}, "179", ("ran", "")),
        (ROW.with_columns(PL_LA=pl.lit("816")), {"local_authority": "816"}, "179", ("ran", "")),
    ],
)
def test_a_rule_runs_when_its_column_can_be_derived_and_else_says_what_is_lacking(
    frame: pl.DataFrame, reference: dict[str, object], rule: str, expected: tuple[str, str]
) -> None:
    assert statuses(frame, reference, rule) == expected


def test_a_check_finds_the_episode_whose_postcode_is_not_known() -> None:
    tables = {"Episodes": pl.concat([ROW, ROW.with_columns(PL_POST=pl.lit("BB1 1BB"))])}
    result = check("ssda903", tables, reference={"postcodes": POSTCODES})
    for rule in ("169", "392a", "392c"):
        assert result.findings.filter(rule=rule)["row"].to_list() == [0], rule
