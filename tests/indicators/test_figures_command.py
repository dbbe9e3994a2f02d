"""Figures by month and by group, from the command line."""

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.dataset.store import Manifest, write_dataset
from indicators.drawn import table

TABLES = {
    "contacts": """
        child_id received_on outcome
        ann      2019-04-01  referral
        ben      2019-05-02  information
        ann      2019-05-31  referral
        cat      2019-06-10  -
        """,
    "people": """
        person_id gender
        ann       2
        ben       1
        """,
}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    frames = {name: table(name, drawn) for name, drawn in TABLES.items()}
    manifest = Manifest(as_at=date(2019, 6, 15), history_from=date(2019, 4, 1))
    write_dataset(tmp_path / "data", frames, manifest)
    return str(tmp_path / "data")


def read(folder: str, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[Sequence[object]], str]:
    assert main(["figures", "--dataset", folder, "--format", "csv", *words]) == 0
    told = capsys.readouterr()
    frame = pl.read_csv(io.StringIO(told.out), schema_overrides={"group": pl.String})
    return frame.select("group", "start", "on", "numerator", "denominator").rows(), told.err


def test_each_month_counts_its_own_and_the_last_ends_with_the_dataset(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = read(folder, capsys, "--from", "2019-04", "CONTACT_CONV")
    assert found == [
        ("", "2019-04-01", "2019-04-30", 1, 1),
        ("", "2019-05-01", "2019-05-31", 1, 2),
        ("", "2019-06-01", "2019-06-15", 0, 1),
    ]


def test_its_own_period_runs_from_the_beginning_of_the_year(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = read(folder, capsys, "--from", "2019-05", "--to", "2019-05", "--own-period", "CSC02")
    assert found == [("", "2019-04-01", "2019-05-31", 2, 3)]


def test_without_months_it_is_the_figure_of_the_day(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = read(folder, capsys, "--as-at", "2019-05-02", "CSC02")
    assert found == [("", "2019-04-01", "2019-05-02", 1, 2)]


def test_groups_stand_under_the_whole_and_the_unrecorded_among_them(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = read(folder, capsys, "--by", "gender", "CSC02")
    assert [(row[0], *row[3:]) for row in found] == [("", 2, 4), ("1", 0, 1), ("2", 2, 2), ("Not known", 0, 1)]
    assert "not for publication" in said


def test_months_before_the_history_are_left_out_and_said(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    found, said = read(folder, capsys, "--from", "2019-03", "--to", "2019-04", "CONTACT_CONV")
    assert [row[1] for row in found] == ["2019-04-01"]
    assert "Left out: periods that begin before 2019-04-01" in said


def test_json_holds_definition_figures_and_what_is_lacking(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["figures", "--dataset", folder, "--format", "json", "--known-on", "2019-05-01", "CSC02", "EFL2"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    answered, lacking = told["indicators"]
    assert answered["definition"]["indicator"] == "CSC02"
    assert [row["denominator"] for row in answered["figures"]] == [1]
    assert lacking["figures"] == []
    assert "cp plans" in lacking["not_computed"]


def test_a_rate_without_a_population_says_why_it_has_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plans = """
        child_id cp_plan_id started_on
        ann      K1         2019-04-01
        """
    made = str(tmp_path / "plans")
    write_dataset(Path(made), {"cp_plans": table("cp_plans", plans)}, Manifest(as_at=date(2019, 6, 15)))
    why = "The number of children aged 0 to 17 is not known"
    for command in ("figures", "explain"):
        assert main([command, "--dataset", made, "--as-at", "2019-06-15", "EFL2"]) == 0
        assert why in " ".join(capsys.readouterr().out.split())
    assert main(["board", "--dataset", made, "--as-at", "2019-06-15", "--format", "json"]) == 0
    (row,) = (one for one in json.loads(capsys.readouterr().out)["rows"] if one["key"] == "EFL2")
    assert row["not_computed"].startswith(why)
    assert (row["current"]["numerator"], row["current"]["value"]) == (1, None)
    assert {cell["why"][: len(why)] for cell in row["series"]} == {why}


def test_text_has_a_line_a_group(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--dataset", folder, "--by", "gender", "CSC02", "EFL2"]) == 0
    told = capsys.readouterr().out
    assert "Not known" in told
    assert "All" in told
    assert "EFL2 is not computed." in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("CSC2",), "CSC02"),
        (("--to", "2019-05", "CSC02"), "go with --from"),
        (("--from", "2019-05", "--as-at", "2019-05-01", "CSC02"), "not for both"),
        (("--from", "2019-05", "--to", "2019-07", "CSC02"), "ends on 2019-06-15"),
        (("--from", "2019-05", "--to", "2019-04", "CSC02"), "is before"),
        (("--from", "2019-07", "CSC02"), "is before"),
    ],
)
def test_what_cannot_be_answered_is_wrong_use(
    folder: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert main(["figures", "--dataset", folder, *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--from", "May"), ("--from", "2019-13"), ("--from", "0019-01"), ("--by", "shoe")])
def test_a_slip_of_the_keys_is_refused(folder: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["figures", "--dataset", folder, *words, "CSC02"])
    assert refused.value.code == 2
    assert words[1] in capsys.readouterr().err
