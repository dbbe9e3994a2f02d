"""`goldenthread import`: what it writes, says and gives back."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from goldenthread.cli import main
from goldenthread.dataset.store import open_dataset
from tests.dataset.readers.annex_a_workbooks import Row, child, workbook

REFERRAL = {
    "Date of referral": date(2024, 2, 5),
    "Referral Source": "6",
    "Referral NFA?": "No",
    "Allocated Team": "Front door",
}


def run(*words: object) -> int:
    return main(["import", *(str(word) for word in words)])


def lists(path: Path, rows: Mapping[int, Sequence[Row]]) -> Path:
    return workbook(path, rows)


def listed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_clean_workbook_becomes_a_dataset_and_the_status_is_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = lists(tmp_path / "a.xlsx", {3: [child() | REFERRAL]})
    assert run("annex-a", file, "--out", tmp_path / "set", "--as-at", "2024-06-30", "--authority", "E06000999") == 0
    dataset = open_dataset(tmp_path / "set")
    assert dataset.manifest.as_at == date(2024, 6, 30)
    assert dataset.manifest.authority == "E06000999"
    assert dataset.manifest.history_from == date(2023, 12, 30)
    assert dataset.manifest.tables == {"people": 1, "referrals": 1}
    (source,) = dataset.manifest.sources
    assert (source.file, source.kind, source.rows_in, source.rows_out, source.rejected) == (
        "a.xlsx",
        "annex-a",
        1,
        1,
        0,
    )
    assert len(source.sha256) == 64
    assert not (tmp_path / "set" / "rejects.csv").exists()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Everything was loaded" in printed.err


def test_rejects_are_listed_safely_and_the_status_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lists(tmp_path / "a.xlsx", {3: [child() | REFERRAL | {"Referral Source": "@evil"}]})
    rejects = tmp_path / "lists" / "rejects.csv"
    assert run("annex-a", file, "--out", tmp_path / "set", "--as-at", "2024-06-30", "--rejects", rejects) == 1
    (row,) = listed(tmp_path / "set" / "rejects.csv")
    assert (row["file"], row["place"], row["row"], row["value"]) == ("a.xlsx", "List 3", "2", "'@evil")
    assert listed(rejects) == [row]
    manifest = open_dataset(tmp_path / "set").manifest
    assert manifest.sources[0].rejected == 1
    assert manifest.notes[-1] == "1 cells or rows were not loaded: rejects.csv."
    assert "List 3 row 2, Referral Source: '@evil' is no referral source code" in capsys.readouterr().err


def test_what_the_schema_checks_refuse_counts_as_rejected(tmp_path: Path) -> None:
    plan = {"Child Protection Plan Start Date": date(2024, 1, 1)}
    file = lists(tmp_path / "a.xlsx", {7: [child() | plan, child() | plan]})
    assert run("annex-a", file, "--out", tmp_path / "set", "--as-at", "2024-06-30") == 1
    (row,) = listed(tmp_path / "set" / "rejects.csv")
    assert row["place"] == "cp_plans"
    assert "nobody has two cp plans at once" in row["reason"]


def test_a_file_that_is_refused_writes_nothing_and_the_status_is_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 cut short")
    assert run("annex-a", file, "--out", tmp_path / "set") == 2
    assert not (tmp_path / "set").exists()
    assert "damaged or cut short" in capsys.readouterr().err


def test_a_folder_with_other_files_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "thesis.txt").write_text("mine", encoding="utf-8")
    file = lists(tmp_path / "a.xlsx", {3: [child() | REFERRAL]})
    assert run("annex-a", file, "--out", tmp_path / "set", "--as-at", "2024-06-30") == 2
    assert [path.name for path in (tmp_path / "set").iterdir()] == ["thesis.txt"]
    assert "holds other files" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [("annex-a", "a.xlsx"), ("annex-a", "a.xlsx", "--out", "d", "--as-at", "30/06/2024"), ("thesis",), ()],
)
def test_wrong_use_ends_with_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2


def test_nothing_to_import_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("all", "--out", tmp_path / "set") == 2
    assert "Give at least one of --annex-a" in capsys.readouterr().err


def test_two_workbooks_are_merged_the_first_being_believed(tmp_path: Path) -> None:
    one = lists(tmp_path / "one.xlsx", {3: [child() | REFERRAL]})
    two = lists(
        tmp_path / "two.xlsx",
        {3: [child(Gender="a) Male") | REFERRAL], 1: [child("2") | {"Date of Contact": date(2024, 2, 1)}]},
    )
    assert run("annex-a", one, two, "--out", tmp_path / "set", "--as-at", "2024-06-30") == 1
    dataset = open_dataset(tmp_path / "set")
    assert dataset.manifest.tables == {"people": 2, "contacts": 1, "referrals": 1}
    (conflict,) = listed(tmp_path / "set" / "conflicts.csv")
    assert (conflict["column"], conflict["kept"], conflict["kept_from"], conflict["other"]) == (
        "gender",
        "2",
        "one.xlsx",
        "1",
    )


def test_datasets_are_merged(tmp_path: Path) -> None:
    for name, number, day in (("one", 3, "2024-03-31"), ("two", 7, "2024-06-30")):
        row = child() | (REFERRAL if number == 3 else {"Child Protection Plan Start Date": date(2024, 3, 1)})
        file = lists(tmp_path / f"{name}.xlsx", {number: [row]})
        assert run("annex-a", file, "--out", tmp_path / name, "--as-at", day) == 0
    assert run("merge", tmp_path / "one", tmp_path / "two", "--out", tmp_path / "both") == 0
    both = open_dataset(tmp_path / "both")
    assert both.manifest.tables == {"people": 1, "referrals": 1, "cp_plans": 1}
    assert both.manifest.as_at == date(2024, 6, 30)
    assert [source.file for source in both.manifest.sources] == ["one.xlsx", "two.xlsx"]


def test_a_dataset_is_not_merged_into_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("merge", tmp_path / "one", "--out", tmp_path / "one") == 2
    assert "another folder" in capsys.readouterr().err


def test_two_authorities_are_not_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, code in (("one", "E06000998"), ("two", "E06000999")):
        file = lists(tmp_path / f"{name}.xlsx", {3: [child() | REFERRAL]})
        run("annex-a", file, "--out", tmp_path / name, "--as-at", "2024-06-30", "--authority", code)
    assert run("merge", tmp_path / "one", tmp_path / "two", "--out", tmp_path / "both") == 2
    assert "is of authority E06000999" in capsys.readouterr().err


def test_the_order_of_belief_must_name_every_return(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lists(tmp_path / "a.xlsx", {3: [child() | REFERRAL]})
    assert run("all", "--annex-a", file, "--believe", "annex-a", "--out", tmp_path / "set") == 2
    assert "--believe must name each of" in capsys.readouterr().err
    assert run("all", "--annex-a", file, "--believe", "annex-a,ssda903,cin-census", "--out", tmp_path / "set") == 0


def test_importing_again_replaces_the_dataset_whole(tmp_path: Path) -> None:
    faulty = lists(tmp_path / "a.xlsx", {3: [child() | REFERRAL | {"Referral Source": "zz"}]})
    sound = lists(tmp_path / "b.xlsx", {1: [child() | {"Date of Contact": date(2024, 2, 1)}]})
    assert run("annex-a", faulty, "--out", tmp_path / "set", "--as-at", "2024-06-30") == 1
    assert run("annex-a", sound, "--out", tmp_path / "set", "--as-at", "2024-06-30") == 0
    assert {path.name for path in (tmp_path / "set").iterdir()} == {
        "manifest.json",
        "people.parquet",
        "contacts.parquet",
    }
