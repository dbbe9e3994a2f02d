"""The commands, on a dataset written to disk."""

import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.dataset.store import Manifest, write_dataset
from indicators.drawn import table


@pytest.fixture
def folder(tmp_path: Path) -> str:
    contacts = table(
        "contacts",
        "child_id received_on outcome\nann 2019-04-01 referral\n=cmd() 2019-04-02 information\ncat 2018-04-02 -",
    )
    write_dataset(tmp_path / "data", {"contacts": contacts}, Manifest(as_at=date(2019, 6, 30)))
    return str(tmp_path / "data")


def test_json_is_one_document_with_figure_and_rows(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--dataset", folder, "--as-at", "2019-06-30", "CSC02", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["figure"]["numerator"], told["figure"]["denominator"], told["figure"]["value"]) == (1, 2, 50.0)
    assert [row["in_numerator"] for row in told["rows"]] == [True, False]
    assert told["definition"]["indicator"] == "CSC02"
    assert told["not_computed"] == ""


def test_csv_holds_no_formula(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--dataset", folder, "--as-at", "2019-06-30", "CSC02", "--format", "csv"]) == 0
    frame = pl.read_csv(io.StringIO(capsys.readouterr().out))
    assert frame.height == 2
    assert not any(str(child).startswith("=") for child in frame["child_id"])


def test_text_says_the_sum_and_each_reason(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--dataset", folder, "--as-at", "2019-06-30", "CONTACT_CONV"]) == 0
    told = capsys.readouterr().out
    assert "1 of 2" in told
    assert "The contact became a referral." in told


def test_known_on_leaves_out_later_facts(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [
        "explain",
        "--dataset",
        folder,
        "--as-at",
        "2019-06-30",
        "CSC02",
        "--known-on",
        "2019-04-01",
        "--format",
        "json",
    ]
    assert main(wanted) == 0
    assert json.loads(capsys.readouterr().out)["figure"]["denominator"] == 1


def test_indicator_the_dataset_cannot_answer_says_what_is_lacking(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "--dataset", folder, "--as-at", "2019-06-30", "EFL2"]) == 0
    assert "holds nothing in: cp plans" in capsys.readouterr().out


def test_unknown_indicator_is_wrong_use(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--dataset", folder, "--as-at", "2019-06-30", "CSC2"]) == 2
    assert "CSC02" in capsys.readouterr().err


def test_catalogue_lists_the_computed_the_not_computed_and_the_not_answered(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["indicators", "--format", "json", "--dataset", folder]) == 0
    told = json.loads(capsys.readouterr().out)
    lacking = {each["indicator"]: each["not_answered"] for each in told["indicators"]}
    assert lacking["CSC02"] is None
    assert "cp plans" in lacking["EFL2"]
    assert "CLA_SCHOOL" in {each["indicator"] for each in told["not_computed"]}
    assert main(["indicators"]) == 0
    assert "Not computed" in capsys.readouterr().out
