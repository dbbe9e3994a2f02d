"""Record -> workbook -> `import annex-a` -> record -> lists: what the lists can hold is in them again."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.dataset.checks import check_tables
from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.store import Dataset, Manifest, dataset_of, open_dataset
from goldenthread.writers.annex_a import build, write_workbook
from goldenthread.writers.annex_a.care import ABSENT, ACCEPTED, AGAIN, MISSING, OFFERED
from goldenthread.writers.annex_a.protection import EMERGENCY
from goldenthread.writers.built import Built
from writers.annex_a.authority import AS_AT, authority
from writers.annex_a.drawn import lists, record, reread, rows

ENTERED = "Date the Child Entered Care"
LOST = {
    # A count stands for dated rows that the workbook does not have, and the six months it covers are too few.
    ("List 3", "Number of Referrals in Last 12 Months"),
    ("List 5", "Number of Section 47 Enquiries in the last 12 months"),
    ("List 5", "Number of ICPCs in the last 12 months"),
    ("List 8", "Number of Placements in the Last 12 months"),
    ("List 8", MISSING),
    ("List 8", ABSENT),
    # An earlier period, and the use of a power, are held by dates that the workbook does not have.
    ("List 8", AGAIN),
    ("List 7", EMERGENCY),
}
"""The columns that a record made from the workbook cannot fill again: they come back empty, and the notes say so."""
UNSAID = {("List 8", OFFERED), ("List 8", ACCEPTED)}
"""Unknown comes back empty: the missing episode it is an answer about has no date in the workbook to be held by."""
SEEDS = [(1, AS_AT), (2, AS_AT), (3, AS_AT), (4, date(2017, 3, 31)), (5, date(2023, 12, 31))]


@pytest.mark.parametrize(("seed", "as_at"), SEEDS)
def test_the_lists_of_the_imported_workbook_are_the_lists(seed: int, as_at: date, tmp_path: Path) -> None:
    first = build(authority(seed, as_at=max(as_at, AS_AT)), as_at)
    assert all(table.height for name, table in first.tables.items() if name != "List 10")
    second = build(reread(first, tmp_path / "a.xlsx"), as_at)
    for name, table in first.tables.items():
        again = second.tables[name]
        assert again.height == table.height, name
        for column in table.columns:
            other = table[column].ne_missing(again[column])
            if (name, column) in LOST:
                assert again[column].null_count() == again.height or column == EMERGENCY
            elif (name, column) in UNSAID:
                assert set(table[column].filter(other)) <= {"c) Unknown"}
            elif (name, column) == ("List 10", ENTERED):
                # Only of an adopted child does list 10 say that the care has ended.
                assert not (other & table["Date of Adoption Order"].is_not_null()).any()
            else:
                assert not other.any(), (name, column, table.filter(other).head(2), again.filter(other).head(2))
    assert sum("The record holds everything only from" in note for note in second.notes) == 7


def test_a_second_time_loses_nothing_more(tmp_path: Path) -> None:
    second = build(reread(build(authority(6), AS_AT), tmp_path / "a.xlsx"), AS_AT)
    third = build(reread(second, tmp_path / "b.xlsx"), AS_AT)
    for name, table in second.tables.items():
        assert table.equals(third.tables[name], null_equal=True), name


def test_what_a_faulty_record_loses_was_refused_by_name(tmp_path: Path) -> None:
    first = build(authority(7, faults=0.02), AS_AT)
    write_workbook(first, tmp_path / "a.xlsx")
    read = read_annex_a(tmp_path / "a.xlsx", as_at=AS_AT)
    checked = check_tables(read.tables, as_at=AS_AT)
    second = build(dataset_of(checked.tables, Manifest(as_at=AS_AT, history_from=read.history_from)), AS_AT)
    lost = {name: table.height - second.tables[name].height for name, table in first.tables.items()}
    whole = {reject.place for reject in checked.rejects.found if reject.whole_row}
    assert lost["List 4"] == sum(reject.whole_row and reject.place == "assessments" for reject in checked.rejects.found)
    assert {name for name, rows_lost in lost.items() if rows_lost} <= {"List 4", "List 6", "List 7", "List 8"}
    assert (lost["List 7"] > 0) <= ("cp_plans" in whole)
    assert (lost["List 8"] > 0) <= ("care_periods" in whole)
    unstated = first.tables["List 6"].filter(pl.col("Primary Need Code") == "N0 - Not stated")
    assert lost["List 6"] <= unstated.height, (
        "a case with no need, reason or service in the workbook is a referral only"
    )


def test_the_command_reads_the_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built = build(authority(1), AS_AT)
    write_workbook(built, tmp_path / "a.xlsx")
    words = ["import", "annex-a", str(tmp_path / "a.xlsx"), "--out", str(tmp_path / "d"), "--as-at", str(AS_AT)]
    assert main(words) == 0
    assert "Everything was loaded" in capsys.readouterr().err
    assert sizes(build(open_dataset(tmp_path / "d"), AS_AT)) == sizes(built)


def sizes(built: Built) -> list[int]:
    return [table.height for table in built.tables.values()]


HELD = [
    # A child of each kind that chance seldom makes.
    ("unborn and overdue", {"people": "person_id expected_on gender\nC1 2024-06-20 0"}, 1, "Age of Child (Years)"),
    ("a team like a formula", {"referrals": "child_id received_on team\nC1 2024-02-01 =1+1"}, 3, "Allocated Team"),
    ("a team with a sign", {"referrals": "child_id received_on team\nC1 2024-02-01 -5"}, 3, "Allocated Team"),
]


@pytest.mark.parametrize(("tables", "number", "column"), [case[1:] for case in HELD], ids=[case[0] for case in HELD])
def test_a_seldom_thing_is_held(tables: dict[str, str], number: int, column: str, tmp_path: Path) -> None:
    first = lists(contacts="child_id received_on\nC1 2024-02-01", **tables)
    second = build(reread(first, tmp_path / "a.xlsx"), first.as_at)
    assert rows(first, number, column) == rows(second, number, column)
    assert rows(first, number, column)[0][0] is not None


def test_a_placement_outside_england_and_a_place_kept_secret_are_held(tmp_path: Path) -> None:
    data = record(
        care_periods="child_id started_on\nC1 2024-02-01\nC2 2024-02-01\nC3 2024-02-01",
        placements="""
            child_id started_on placement_type authority
            C1       2024-02-01 K3             WAL
            C2       2024-02-01 Z1             CON
            C3       2024-02-01 U6             Amberford
        """,
    )
    first = build(data, data.manifest.as_at)
    again = reread(first, tmp_path / "a.xlsx")
    assert placed(again) == placed(data)
    assert rows(first, 8, "LA of Placement") == [
        ("WAL - Child placed in Wales",),
        ("CON - Child placed in confidential placement",),
        ("Amberford",),
    ]
    assert any("1 rows say 'K3: Supported accommodation'" in note for note in first.notes)


def placed(dataset: Dataset) -> list[tuple[str, str, str]]:
    (frame,) = dataset.collect(dataset.lazy("placements").select("child_id", "placement_type", "authority"))
    return frame.sort("child_id").rows()
