"""The look-up holds each postcode once, with its upper-tier authority and its place."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.rejects import RefusedFile
from goldenthread.quality.reference import build_postcodes, look_up
from goldenthread.quality.reference.postcodes import COLUMNS, postcodes_of
from tests.quality.reference.drawn import NEW, OLD, directory, place, zipped


def built(folder: Path, *rows: str, headings: str = OLD) -> pl.DataFrame:
    out = folder / "out.parquet"
    build_postcodes(directory(folder / "ONSPD_MAY_2099_UK.csv", *rows, headings=headings), out)
    return pl.read_parquet(out)


def authority_of(folder: Path, row: str) -> str:
    return str(built(folder, row)["authority"].item())


@pytest.mark.parametrize("headings", [OLD, NEW, OLD.upper()])
def test_both_sets_of_headings_are_read(tmp_path: Path, headings: str) -> None:
    row = place("YO1 9ZZ", "E06000014", east="460100", north="452200")
    assert built(tmp_path, row, headings=headings).rows() == [("YO19ZZ", "E06000014", 460100, 452200)]


@pytest.mark.parametrize(
    ("district", "county", "country", "authority"),
    [
        ("E06000014", "E99999999", "E92000001", "E06000014"),
        ("E07000041", "E10000008", "E92000001", "E10000008"),  # a district of Devon: the county is the authority
        ("E08000003", "E11000001", "E92000001", "E08000003"),  # a metropolitan county has no council
        ("E07000164", "E10000023", "E92000001", "E06000065"),  # North Yorkshire in an edition before 2023
        ("W06000015", "W99999999", "W92000004", "WAL"),
        ("S12000036", "S99999999", "S92000003", "SCO"),
        ("N09000003", "N99999999", "N92000002", "NIR"),
        ("M99999999", "M99999999", "M83000003", "NUK"),
    ],
)
def test_the_authority_is_upper_tier_in_england_and_a_country_elsewhere(
    tmp_path: Path, district: str, county: str, country: str, authority: str
) -> None:
    assert authority_of(tmp_path, place("ZZ1 1ZZ", district, county=county, country=country)) == authority


def test_rows_are_sorted_and_a_postcode_used_again_is_the_one_in_use(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        place("YO1 9ZZ", east="1"),
        place("AA1 1AA", "E06000011", ended="199912"),
        place("AA1 1AA", "E06000014"),
        place("BB1 1BB", ended="199912"),  # ended and kept: a child may have been placed there
    )
    assert found["postcode"].to_list() == ["AA11AA", "BB11BB", "YO19ZZ"]
    assert found["authority"].to_list() == ["E06000014"] * 3


def test_northern_ireland_is_on_the_national_grid_and_no_place_is_made_up(tmp_path: Path) -> None:
    there = {"district": "N09000003", "country": "N92000002"}
    found = built(
        tmp_path,
        place("BT1 1ZZ", **there, east="333800", north="374000", latitude="54.597", longitude="-5.93"),
        place("BT1 2ZZ", **there, east="333800", north="374000", latitude="99.999999", longitude="0.000000"),
        place("YO1 9ZZ", east="0", north="0"),
        place("YO1 9ZY", east="", north=""),
    )
    places = {row[0]: row[2:] for row in found.rows()}
    assert places["BT11ZZ"] == (146246, 529526)
    assert places["BT12ZZ"] == places["YO19ZZ"] == places["YO19ZY"] == (None, None)


def test_what_became_of_the_rows_is_counted(tmp_path: Path) -> None:
    rows = (place("YO1 9ZZ"), place("YO1 9ZZ", ended="199912"), place("NOWHERE AT ALL"), place("YO1 9ZY", east=""))
    what = build_postcodes(directory(tmp_path / "ONSPD.csv", *rows), tmp_path / "out.parquet")
    assert (what.rows, what.postcodes, what.unreadable, what.repeated, what.without_place) == (4, 2, 1, 1, 1)
    assert what.example == "NOWHERE AT ALL"


def test_the_zip_is_read_by_its_one_file_and_documents_beside_it_are_not(tmp_path: Path) -> None:
    source = zipped(
        tmp_path / "onspd.zip",
        {
            "Data/ONSPD_MAY_2099_UK.csv": f"{OLD}\n{place('YO1 9ZZ')}\n",
            "Data/multi_csv/ONSPD_MAY_2099_UK_AA.csv": f"{OLD}\n{place('AA1 1AA')}\n",
            "Documents/LA_UA names and codes.csv": "LAD25CD,LAD25NM\nE06000014,York\n",
        },
    )
    build_postcodes(source, tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet")["postcode"].to_list() == ["YO19ZZ"]


def test_the_parts_are_read_where_the_whole_is_not_there(tmp_path: Path) -> None:
    for area in ("YO", "AA"):
        directory(tmp_path / "Data" / "multi_csv" / f"ONSPD_MAY_2099_UK_{area}.csv", place(f"{area}1 1ZZ"))
    build_postcodes(tmp_path, tmp_path / "out" / "out.parquet")
    assert pl.read_parquet(tmp_path / "out" / "out.parquet")["postcode"].to_list() == ["AA11ZZ", "YO11ZZ"]


def test_two_editions_in_one_folder_are_refused(tmp_path: Path) -> None:
    for month in ("MAY", "AUG"):
        directory(tmp_path / "in" / f"ONSPD_{month}_2099_UK.csv", place("YO1 9ZZ"))
    with pytest.raises(RefusedFile, match=r"several directories: ONSPD_AUG_2099_UK\.csv, ONSPD_MAY_2099_UK\.csv"):
        build_postcodes(tmp_path / "in", tmp_path / "out.parquet")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pcds,oslaua\nYO1 9ZZ,E06000014\n", "no column gives the county, easting, northing"),
        (f"{OLD}\n", "holds no postcodes"),
        ("", "is empty"),
        ("a,b\n\0\0\n", "no column gives the postcode"),
    ],
)
def test_another_file_is_refused_and_nothing_written(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFile, match=says):
        build_postcodes(tmp_path / "in.csv", tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_a_zip_cut_short_is_refused(tmp_path: Path) -> None:
    rows = "\n".join(place(f"YO{one} {two}ZZ") for one in range(1, 99) for two in range(10))
    source = zipped(tmp_path / "onspd.zip", {"Data/ONSPD_MAY_2099_UK.csv": f"{OLD}\n{rows}\n"})
    whole = source.read_bytes()
    # The list at its end is left whole, so that only reading the file itself shows the damage.
    source.write_bytes(whole[:200] + bytes(200) + whole[400:])
    with pytest.raises(RefusedFile, match="damaged, cut short or protected"):
        build_postcodes(source, tmp_path / "out.parquet")


def test_postcodes_are_found_however_written_and_unknown_ones_have_no_row(tmp_path: Path) -> None:
    found = built(tmp_path, place("YO1 9ZZ"), place("AA1 1AA"))
    wanted = pl.Series(["yo1  9zz", "YO19ZZ", None, "", "ZZ9 9ZZ"])
    for source in (found, tmp_path / "out.parquet"):
        assert look_up(source, wanted)["postcode"].to_list() == ["YO19ZZ"]
    assert look_up(found, pl.Series([None, ""], dtype=pl.String)).schema == pl.Schema(COLUMNS)


def test_a_frame_of_texts_is_a_look_up_under_its_own_names_or_the_directorys() -> None:
    own = pl.DataFrame({"postcode": ["yo1 9zz"], "authority": ["816"], "easting": ["460000"], "northing": ["452000"]})
    theirs = pl.DataFrame({"pcds": ["YO1 9ZZ"], "lad25cd": ["E06000014"], "east1m": [460000], "north1m": [452000]})
    expected = [("YO19ZZ", "E06000014", 460000, 452000)]
    for frame in (own, theirs):
        found = postcodes_of(frame)
        assert isinstance(found, pl.DataFrame)
        assert found.rows() == expected


def test_what_is_no_look_up_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no column postcode"):
        postcodes_of(pl.DataFrame({"town": ["York"]}))
    pl.DataFrame({"postcode": ["YO19ZZ"]}).write_parquet(tmp_path / "other.parquet")
    with pytest.raises(RefusedFile, match="has no authority, easting, northing"):
        postcodes_of(tmp_path / "other.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(RefusedFile, match="cannot be read"):
        postcodes_of(tmp_path / "broken.parquet")
    with pytest.raises(RefusedFile, match="cannot be read"):
        postcodes_of(tmp_path / "absent.parquet")
