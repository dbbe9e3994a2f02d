"""The CSV set and the XML file: what is in them, and that they are written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from goldenthread.dataset.readers.ssda903_load import load_tables
from goldenthread.dataset.store import DatasetError, Manifest, dataset_of
from goldenthread.writers.built import Built
from goldenthread.writers.ssda903 import FILES, build, write_csv_set, write_xml
from writers.ssda903.drawn import ALL_YEAR, AS_AT, YEAR, returned

RECORD = {
    "people": """
        person_id born_on    sex ethnicity upn           unaccompanied unaccompanied_until
        C1        2010-02-03 F   WBRI      A123456789012 no            -
        C2        2007-02-03 M   AOTH      -             yes           2024-01-05
        C3        2004-06-15 -   -         -             -             -
        """,
    "care_episodes": """
        child_id started_on ended_on   start_reason legal_status placement_type end_reason urn
        C1       2022-05-01 -          S            C2           U4             -          SC1
        C2       2023-05-01 2023-09-01 S            V2           K2             X1         SC2
        C2       2023-09-01 -          P            V2           U6             -          -
        """,
    "looked_after_reviews": "child_id held_on participation\nC1 2023-05-01 PN1\nC1 2023-11-01 PN2",
    "care_leavers": "child_id\nC3",
    "care_leaver_contacts": "child_id contacted_on in_touch\nC3 2023-06-01 YES",
    "care_leaver_activity": "child_id activity started_on\nC3 F2 2023-06-01",
    "outcomes": "child_id year_end teeth_checked\nC1 2024-03-31 yes",
    "adoptions": "child_id decided_on\nC1 2023-05-05\nC1 2023-06-06",
    "previous_permanence": "child_id option\nC1 Z1",
    "missing_episodes": "child_id kind started_on ended_on\nC2 M 2023-10-01 2023-10-02",
    "allocations": "child_id worker_id started_on\nC1 SW1 2023-05-01",
}


def same(tables: Mapping[str, pl.DataFrame], built: Built, without: frozenset[str] = frozenset()) -> list[str]:
    """The tables that a reader does not find as they were built."""
    wanted = {name: frame for name, frame in built.tables.items() if name not in without and frame.height}
    return [
        name
        for name, frame in wanted.items()
        if name not in tables or not tables[name].select(frame.columns).equals(frame)
    ]


def test_a_reader_of_the_csv_files_finds_the_tables_row_for_row(tmp_path: Path) -> None:
    built = returned(**RECORD)
    paths = write_csv_set(built, tmp_path / "return")
    assert {path.name for path in (tmp_path / "return").iterdir()} == {path.name for path in paths}
    assert {path.name for path in paths} == {name for table, name in FILES.items() if table != "DoLo"}
    found = load_tables(tmp_path / "return")
    assert not found.rejects.found and not found.warnings.found
    assert set(found.tables) == set(built.tables)
    assert same(found.tables, built) == []


def test_a_reader_of_the_xml_finds_the_tables_row_for_row(tmp_path: Path) -> None:
    built = returned(**RECORD)
    said = write_xml(built, tmp_path / "return.xml")
    found = load_tables(tmp_path / "return.xml")
    assert not found.rejects.found
    assert same(found.tables, built, frozenset({"SWEpisodes"})) == []
    assert found.tables["Header"]["UASC"].to_list() == ["0", "1", "0"]
    assert said == ("The XML has no place for the 1 rows of SWEpisodes: upload them as CSV.",)


def test_the_xml_is_a_child_with_a_header_and_its_episodes(tmp_path: Path) -> None:
    write_xml(returned(**RECORD), tmp_path / "return.xml")
    root = etree.parse(tmp_path / "return.xml").getroot()
    assert root.tag == "EXPSSDA903"
    assert [[part.tag for part in child] for child in root] == [
        ["HEADER", "EPISODE"],
        ["HEADER", "EPISODE", "EPISODE"],
        ["HEADER"],
    ]
    assert [part.tag for part in root[0][0]] == [
        "CHILDID", "SEX", "DOB", "ETHNIC", "UPN", "UASC",
        "AREVIEW", "AREVIEW", "OC2", "PERMANENCE", "AD_PLACED", "AD_PLACED",
    ]  # fmt: skip
    assert [(part.tag, part.text) for part in root[1][1]][:5] == [
        ("DECOM", "01/05/2023"), ("RNE", "S"), ("LS", "V2"), ("PL", "K2"), ("DEC", "01/09/2023"),
    ]  # fmt: skip


def test_the_xml_says_which_care_leavers_it_cannot_tell_of(tmp_path: Path) -> None:
    built = returned(people="person_id born_on\nC3 2004-06-15", care_leavers="child_id\nC3")
    assert any("1 care leavers" in sentence for sentence in write_xml(built, tmp_path / "return.xml"))


@pytest.mark.parametrize("text", ['a"b', "a,b", "<a>&b", "=1+1", "Zoë", "-1"])
def test_odd_identifiers_are_neither_lost_nor_changed(tmp_path: Path, text: str) -> None:
    episodes = pl.DataFrame({"care_episode_id": ["E1"], "child_id": [text], "started_on": [date(2022, 5, 1)]})
    built = build(dataset_of({"care_episodes": episodes}, Manifest(as_at=AS_AT)), AS_AT, year=YEAR)
    write_csv_set(built, tmp_path / "return")
    write_xml(built, tmp_path / "return.xml")
    for path in (tmp_path / "return", tmp_path / "return.xml"):
        found = load_tables(path)
        assert not found.rejects.found
        assert {name: frame["CHILD"].to_list() for name, frame in found.tables.items() if frame.height} == {
            name: [text] for name in ("Header", "Episodes", "OC2")
        }


def test_an_earlier_set_is_replaced_whole(tmp_path: Path) -> None:
    with_dolo = returned(date(2027, 3, 31), None, care_episodes=ALL_YEAR)
    write_csv_set(with_dolo, tmp_path / "return")
    write_csv_set(returned(**RECORD), tmp_path / "return")
    assert not (tmp_path / "return" / FILES["DoLo"]).exists()
    assert [path.name for path in tmp_path.iterdir()] == ["return"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text("of the board")
    with pytest.raises(DatasetError, match="holds other files"):
        write_csv_set(returned(**RECORD), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "return").write_text("of the board")
    with pytest.raises(DatasetError, match="holds other files"):
        write_csv_set(returned(**RECORD), tmp_path / "return")
    with pytest.raises(DatasetError, match="cannot be written"):
        write_csv_set(returned(**RECORD), tmp_path / "return" / "inside")
    assert (tmp_path / "return").read_text() == "of the board"


def test_a_set_that_fails_half_way_leaves_the_earlier_one(tmp_path: Path) -> None:
    built = returned(**RECORD)
    write_csv_set(built, tmp_path / "return")
    before = {path.name: path.read_bytes() for path in (tmp_path / "return").iterdir()}
    unknown = replace(
        built,
        tables={**built.tables, "Moods": pl.DataFrame()},
        origins={**built.origins, "Moods": pl.DataFrame()},
    )
    with pytest.raises(KeyError):
        write_csv_set(unknown, tmp_path / "return")
    assert {path.name: path.read_bytes() for path in (tmp_path / "return").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["return"]


def test_a_cell_that_xml_cannot_hold_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    built = returned(**RECORD)
    header = built.tables["Header"].with_columns(UPN=pl.lit("A\x0112345"))
    with pytest.raises(DatasetError, match="UPN of child C1"):
        write_xml(replace(built, tables={**built.tables, "Header": header}), tmp_path / "return.xml")
    assert list(tmp_path.iterdir()) == []


def test_a_return_of_nothing_can_be_written_and_read(tmp_path: Path) -> None:
    write_csv_set(returned(), tmp_path / "return")
    found = load_tables(tmp_path / "return")
    assert {name: frame.height for name, frame in found.tables.items()} == dict.fromkeys(returned().tables, 0)
