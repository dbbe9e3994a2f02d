"""Ofsted's lists are read in each of their layouts, and what cannot be used is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.rejects import RefusedFile
from goldenthread.quality.reference import read_providers
from goldenthread.quality.reference.provider_lists import read_provider_list
from tests.quality.reference.drawn import CLOSED, COMBINED, HOMES, SOCIAL_CARE, workbook

HOME = ["SC111111", "York", "PR1", "K2", None, "YO1 9ZZ"]
BESIDE = ["URN", "Inspection date"]


def row_of(found: pl.DataFrame, urn: str) -> tuple[object, ...]:
    return found.row(by_predicate=pl.col("URN") == urn)


def test_childrens_homes_in_one_sheet(tmp_path: Path) -> None:
    closed = [2500001.0, "Leeds", "PR4/PR5", "K1/K2", date(2025, 6, 30), "ls1 1zz"]
    found = read_providers(
        workbook(
            tmp_path / "homes.xlsx",
            {"Provider information": [HOMES, HOME, closed], "Inspections": [BESIDE, ["SC999999", date(2025, 1, 1)]]},
        )
    )
    assert found.rows() == [
        ("SC111111", "YO19ZZ", None, ["K2"], ["PR1"], "E06000014"),
        ("2500001", "LS11ZZ", date(2025, 6, 30), ["K1", "K2"], ["PR4", "PR5"], "E08000035"),
    ]


@pytest.mark.parametrize("heading", ["Setting Postcode", "Setting Address Postcode"])
def test_childrens_homes_with_the_postcodes_apart(tmp_path: Path, heading: str) -> None:
    sheets = {
        "Settings and Inspection Info": [HOMES[:-1], HOME[:-1], ["SC222222", "Leeds", "PR4", "K2", None]],
        "Something else": [["Notes"], ["None"]],
        "Address Details": [["URN", heading], ["SC111111", "YO1 9ZZ"]],
    }
    found = read_providers(workbook(tmp_path / "homes.xlsx", sheets))
    assert found["POSTCODE"].to_list() == ["YO19ZZ", None]
    assert found["PROVIDER_CODES"].to_list() == [["PR1"], ["PR4"]]


def test_social_care_providers_registered_and_closed(tmp_path: Path) -> None:
    sheets = {
        "Current providers": [SOCIAL_CARE, ["SC333333", "York", "U1,U2,U3", "PR1", "YO1 9ZZ"]],
        "Providers closed": [CLOSED, ["SC333333", "York", "U4", "PR1", "YO1 9ZY", "31/12/2024"]],
    }
    found = read_providers(workbook(tmp_path / "social care.xlsx", sheets))
    assert found.rows() == [
        ("SC333333", "YO19ZZ", None, ["U1", "U2", "U3"], ["PR1"], "E06000014"),
        ("SC333333", "YO19ZY", date(2024, 12, 31), ["U4"], ["PR1"], "E06000014"),
    ]


def test_both_lists_in_one_sheet(tmp_path: Path) -> None:
    rows = [COMBINED, ["SC111111", "York", "K2", "PR1", None, "YO1 9ZZ"]]
    assert row_of(read_providers(workbook(tmp_path / "all.xlsx", {"Sheet1": rows})), "SC111111")[3:5] == (
        ["K2"],
        ["PR1"],
    )


def test_supported_accommodation_is_k3_and_private_where_the_list_does_not_say(tmp_path: Path) -> None:
    supported = ["URN", "Provider local authority", "Setting address postcode", "Closed date"]
    with_codes = [*supported, "Placement code", "Placement provider code"]
    providers = [COMBINED, ["SC111111", "York", "K2", "PR1", None, "YO1 9ZZ"]]
    silent = [supported, ["2700001", "York", "YO1 9ZZ", date(2025, 5, 1)]]
    said = [with_codes, ["2700002", "York", "YO1 9ZZ", None, None, "PR1"]]
    for accommodation, urn, expected in (
        (silent, "2700001", (date(2025, 5, 1), ["K3"], ["PR4"])),
        (said, "2700002", (None, ["K3"], ["PR1"])),
    ):
        path = workbook(tmp_path / f"{urn}.xlsx", {"Providers": providers, "SA Providers": accommodation})
        found = read_providers(path)
        assert row_of(found, urn)[2:5] == expected
        assert row_of(found, "SC111111")[3:5] == (["K2"], ["PR1"])


def test_titles_above_blank_rows_below_and_hidden_sheets_do_no_harm(tmp_path: Path) -> None:
    sheets = {
        "Old": [HOMES, ["SC000000", "York", "PR1", "K2", None, "YO1 9ZZ"]],
        "Homes": [["Children's homes as at 31 March"], [], HOMES, HOME, *([None] * 6 for _ in range(5))],
    }
    path = workbook(tmp_path / "homes.xlsx", sheets, hidden=["Old"])
    found, rejects = read_provider_list(path)
    assert found["URN"].to_list() == ["SC111111"]
    assert len(rejects) == 0


def test_what_cannot_be_used_is_named_with_its_row_and_the_rest_is_kept(tmp_path: Path) -> None:
    rows = [
        HOMES,
        ["SC111111", "York", "PR1", "K2", "31/02/2025", "YO1 9ZZ"],
        ["SC222222", "York", "PR1", "K2", None, "YORK"],
        ["SC333333", "York", "PR1", "K2", "N/A", "REDACTED"],
        [None, "York", "PR1", "K2", None, "YO1 9ZZ"],
        ["Source: a list that somebody made up"],
    ]
    found, rejects = read_provider_list(workbook(tmp_path / "homes.xlsx", {"Provider information": rows}))
    assert found["URN"].to_list() == ["SC111111", "SC222222", "SC333333"]
    assert found["REG_END"].null_count() == 3
    assert found["POSTCODE"].to_list() == ["YO19ZZ", None, None]
    named = {(reject.row, reject.column, reject.value, reject.whole_row) for reject in rejects.found}
    assert named == {
        (2, "REG_END", "31/02/2025", False),
        (3, "POSTCODE", "YORK", False),
        (5, "URN", "", True),
        (6, "URN", "Source: a list that somebody made up", True),
    }


def test_a_csv_file_is_a_list_as_well(tmp_path: Path) -> None:
    text = ",".join(COMBINED) + '\nSC111111,"Bristol, City of","U1,U2",PR4,,BS1 1ZZ\n'
    (tmp_path / "all.csv").write_text(text, encoding="utf-8-sig")
    found = read_providers(tmp_path / "all.csv")
    assert found.rows() == [("SC111111", "BS11ZZ", None, ["U1", "U2"], ["PR4"], "E06000023")]


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ({"Notes": [["Nothing here"]]}, "no sheet with a column URN"),
        ({"Provider information": [HOMES[:-1], HOME[:-1]]}, "'Provider information': there is no column for POSTCODE"),
        ({"Provider information": [HOMES]}, "names no provider"),
        ({"Providers": [["URN", "Name"], ["SC111111", "A home"]]}, "POSTCODE .*PLACE_CODES .*PROVIDER_CODES"),
    ],
)
def test_a_workbook_without_a_list_is_refused(tmp_path: Path, sheets: dict[str, list[list[str]]], says: str) -> None:
    with pytest.raises(RefusedFile, match=says):
        read_providers(workbook(tmp_path / "other.xlsx", sheets))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_text("URN,Postcode\n", encoding="utf-8")
    with pytest.raises(RefusedFile, match="no Excel workbook"):
        read_providers(tmp_path / "list.xlsx")
