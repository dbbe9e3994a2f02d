"""An analyst's worst day: whatever is wrong, the command says so in a sentence and ends with 1 or 2."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.dataset.store import MANIFEST, Manifest, write_dataset
from goldenthread.dates.asked import day_asked

AS_AT = date(2022, 3, 31)


def ended(*words: str | Path) -> int:
    try:
        return main([str(word) for word in words])
    except SystemExit as stopped:
        return int(stopped.code or 0)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    people = pl.DataFrame({"person_id": ["[/b] =1"], "sex": ["F"], "born_on": [date(2010, 1, 1)]})
    referrals = pl.DataFrame({"referral_id": ["R1"], "child_id": ["[/b] =1"], "received_on": [date(2022, 1, 4)]})
    write_dataset(tmp_path / "held", {"people": people, "referrals": referrals}, Manifest(AS_AT))
    return tmp_path / "held"


@pytest.mark.parametrize("day", ["1985-01-01", "2040-01-01"])
def test_a_day_outside_the_calendar_is_wrong_use(dataset: Path, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("timeliness", "--dataset", dataset, "--as-at", day) == 2
    assert "working-day calendar" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["31/03/2022", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["board", "timeliness"])
def test_a_slip_in_a_day_is_wrong_use(
    dataset: Path, command: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(command, "--dataset", dataset, "--as-at", day) == 2
    assert day in capsys.readouterr().err


def test_a_day_is_read_as_written() -> None:
    assert day_asked("2022-03-31") == AS_AT


@pytest.mark.parametrize("command", ["board", "timeliness"])
def test_a_report_that_cannot_be_written_says_where(
    dataset: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words: list[str | Path] = [command, "--dataset", dataset, "--as-at", "2022-03-31", "--format", "html", "--out"]
    assert ended(*words, dataset / MANIFEST / "x.html") == 2
    assert f"{dataset / MANIFEST}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "manifest", ["{", "[]", '{"as_at": 3}', '{"as_at": "2020-01-01", "tables": []}', '{"as_at": "x"}']
)
def test_a_spoilt_manifest_is_said(tmp_path: Path, manifest: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / MANIFEST).write_text(manifest)
    assert ended("board", "--dataset", tmp_path) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_table_cut_short_is_said(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = dataset / "people.parquet"
    table.write_bytes(table.read_bytes()[:100])
    assert ended("board", "--dataset", dataset) == 2
    assert "people.parquet is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["board", "timeliness"])
def test_a_table_damaged_in_the_middle_is_said(dataset: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for table in dataset.glob("*.parquet"):
        held = bytearray(table.read_bytes())
        body = slice(4, len(held) - 8 - int.from_bytes(held[-8:-4], "little"))  # all before the footer
        held[body] = bytes(len(held[body]))
        table.write_bytes(held)
    assert ended(command, "--dataset", dataset, "--as-at", "2022-03-31") == 2
    assert "damaged" in capsys.readouterr().err


def test_a_file_in_place_of_a_folder_is_no_dataset(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("board", "--dataset", dataset / MANIFEST) == 2
    assert "is not a dataset" in capsys.readouterr().err


def test_square_brackets_in_an_identifier_are_shown_as_they_are(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("chronology", "--dataset", dataset, "--child", "[/b] =1") == 0
    assert "Chronology of [/b] =1" in capsys.readouterr().out
    assert ended("timeliness", "--dataset", dataset, "--as-at", "2022-03-31") == 0


def test_a_merge_never_takes_the_place_of_its_own_source(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(dataset.parent)
    assert ended("import", "merge", dataset.name, "--out", dataset) == 2
    assert "one of the datasets to merge" in capsys.readouterr().err
    assert json.loads((dataset / MANIFEST).read_text())["tables"] == {"people": 1, "referrals": 1}


@pytest.mark.parametrize(
    "text", ["\0", "? [a, b]\n: 1\n", "targets:\n- {id: CSB05, target: {kind: value, value: .inf}}"]
)
def test_targets_that_cannot_be_used_are_reported(dataset: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    own = dataset.parent / "own.yaml"
    own.write_text(text)
    assert ended("board", "--dataset", dataset, "--targets", own, "--months", "1") == 1
    assert "own.yaml" in capsys.readouterr().err


def test_a_local_layer_that_is_no_text_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.yaml").write_text("\0")
    assert ended("statute", "--local", tmp_path / "own.yaml") == 1
    assert "not a text file" in capsys.readouterr().err


@pytest.mark.parametrize("wish", [["--as-at", "1985-01-01"], ["--as-at", "2040-01-01"], ["--seed", "-1"]])
def test_an_authority_that_cannot_be_made_is_wrong_use(tmp_path: Path, wish: list[str]) -> None:
    assert ended("synthesise", "--children", "5", *wish, "--out", tmp_path / "made") == 2
    assert list(tmp_path.iterdir()) == []


def test_a_single_child_is_an_authority_too(tmp_path: Path) -> None:
    assert ended("synthesise", "--children", "1", "--out", tmp_path / "made") == 0
