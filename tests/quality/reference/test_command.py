"""`goldenthread reference` makes the folder that a check looks up, and says what it kept and refused."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.quality import check
from goldenthread.quality.reference import reference_of
from tests.quality.reference.drawn import COMBINED, HOMES, directory, place, workbook, zipped

GOOD = ["SC111111", "York", "K2", "PR1", None, "YO1 9ZZ"]
BAD = ["@home without number", "York", "K2", "PR1", None, "YO1 9ZZ"]


def files_in(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


def test_a_whole_folder_is_made_and_a_check_uses_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv = directory(tmp_path / "ONSPD_MAY_2099_UK.csv", place("YO1 9ZZ"), place("LS1 1ZZ", "E08000035"))
    onspd = zipped(tmp_path / "onspd.zip", {"Data/ONSPD_MAY_2099_UK.csv": csv.read_text(encoding="utf-8")})
    one = workbook(tmp_path / "all.xlsx", {"Sheet1": [COMBINED, GOOD]})
    two = workbook(
        tmp_path / "homes.xlsx", {"Provider information": [HOMES, ["SC222222", "Leeds", "PR4", "K2", None, "LS1 1ZZ"]]}
    )
    out = tmp_path / "reference"
    status = main(
        [
            "reference",
            "--postcodes",
            str(onspd),
            "--providers",
            str(one),
            str(two),
            "--authority",
            "York",
            "--out",
            str(out),
        ]
    )
    assert status == 0
    assert files_in(out) == {"postcodes.parquet", "providers.parquet", "authority.txt", "manifest.json"}
    shown = capsys.readouterr().out
    assert "2 postcodes of 2 rows" in shown
    assert "providers 2, entries 2" in shown
    assert "E06000014 (York)" in shown
    kinds = [source["kind"] for source in json.loads((out / "manifest.json").read_text(encoding="utf-8"))["sources"]]
    assert kinds == ["postcodes", "providers", "providers"]
    episodes = pl.DataFrame({"CHILD": ["1", "2"], "URN": ["SC222222", "SC999999"], "PL_POST": ["LS1 1ZZ", "YO1 9ZZ"]})
    result = check("ssda903", {"Episodes": episodes}, reference=out)
    assert result.findings.filter(rule="1008")["row"].to_list() == [1]


def test_what_was_refused_is_shown_and_listed_and_the_rest_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "reference"
    listed = workbook(tmp_path / "all.xlsx", {"Sheet1": [COMBINED, GOOD, *[BAD] * 12]})
    assert main(["reference", "--providers", str(listed), "--out", str(out)]) == 1
    shown = capsys.readouterr().out
    assert "refused: all.xlsx, Sheet1, row 3: URN '@home without number' is no URN." in shown
    assert "refused: 2 more, all listed in" in shown
    rejects = pl.read_csv(out / "rejects.csv")
    assert rejects["value"].unique().to_list() == ["'@home without number"]
    assert rejects.height == 12
    found = reference_of(out).providers
    assert found is not None
    assert found["URN"].to_list() == ["SC111111"]


def test_making_one_thing_again_leaves_the_others_and_their_record(tmp_path: Path) -> None:
    out = tmp_path / "reference"
    csv = directory(tmp_path / "ONSPD_MAY_2099_UK.csv", place("YO1 9ZZ"), place("NO POSTCODE"))
    good = workbook(tmp_path / "all.xlsx", {"Sheet1": [COMBINED, GOOD]})
    assert main(["reference", "--postcodes", str(csv), "--out", str(out)]) == 1
    assert "rejects.csv" in files_in(out)
    assert main(["reference", "--providers", str(good), "--out", str(out)]) == 0
    assert files_in(out) == {"postcodes.parquet", "providers.parquet", "manifest.json"}
    sources = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["sources"]
    assert [(source["file"], source["rows_kept"], source["rows_refused"]) for source in sources] == [
        ("ONSPD_MAY_2099_UK.csv", 1, 1),
        ("all.xlsx", 1, 0),
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Nothing to make"),
        (["--authority", "Nowhere"], "There is no authority 'Nowhere'"),
        (["--authority", "WAL"], "There is no authority 'WAL'"),
        (["--providers", "absent.xlsx"], "There is no file absent.xlsx"),
        (["--postcodes", "absent.zip"], "There is no file absent.zip"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    out = tmp_path / "reference"
    assert main(["reference", *arguments, "--out", str(out)]) == 2
    assert says in capsys.readouterr().err
    assert not out.exists()


def test_a_bad_list_stops_the_run_before_anything_is_written(tmp_path: Path) -> None:
    out = tmp_path / "reference"
    csv = directory(tmp_path / "ONSPD_MAY_2099_UK.csv", place("YO1 9ZZ"))
    (tmp_path / "list.xlsx").write_text("URN", encoding="utf-8")
    arguments = ["--postcodes", str(csv), "--providers", str(tmp_path / "list.xlsx"), "--out", str(out)]
    assert main(["reference", *arguments]) == 2
    assert not out.exists()
