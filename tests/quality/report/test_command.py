"""`goldenthread check` on real files: what it prints, writes and ends with."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.quality.report.forms import ENDINGS
from goldenthread.quality.returns import checked
from tests.quality.report.drawn import CODES, FAULTY, FOUND, HEADER, folder

CLEAN = {"header": f"{HEADER}\nA1,M,02/03/2015,WBRI,UN3,,"}
CENSUS = (
    "<Message><Header/><Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID><Nonsense>x</Nonsense>"
    "</ChildIdentifiers></Child></Children></Message>"
)


def ssda903(path: Path, *words: str) -> int:
    return main(["check", "ssda903", str(path), "--year", "2026", *words])


def test_findings_end_with_1_and_json_is_all_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ssda903(folder(tmp_path, FAULTY), "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert set(FOUND) <= {row["rule"] for row in document["findings"]}
    every = {rule.code for rule in checked("ssda903").rules if rule.applies(2026)}
    assert {row["rule"] for row in document["rules"]} == every


def test_nothing_to_mend_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ssda903(folder(tmp_path, CLEAN), "--rules", "101,102", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["clean"] is True


def test_a_query_alone_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queries = ",".join(
        rule.code for rule in checked("ssda903").rules if rule.severity.value == "query" and rule.applies(2026)
    )
    young = {"header": f"{HEADER},UASC\nA1,M,02/03/2024,WBRI,UN3,,,1", "uasc": "CHILD,SEX,DOB,DUC\nA1,M,02/03/2024,"}
    assert ssda903(folder(tmp_path, young), "--rules", queries, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["totals"]["queries"] > 0


def test_a_line_that_cannot_be_read_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = {"header": f'{CLEAN["header"]}\nA2,"M,02/03/2015'}
    assert ssda903(folder(tmp_path, broken), "--rules", "101") == 1
    assert "could not be read" in capsys.readouterr().out


def test_what_could_not_be_read_of_last_year_is_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = folder(tmp_path, {"header": f'{CLEAN["header"]}\nA2,"M,02/03/2015'}, "last")
    this = folder(tmp_path, CLEAN, "this")
    assert ssda903(this, "--previous", str(last), "--rules", "101,202", "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert [row["file"] for row in document["not_read"]] == ["last year's header.csv"]
    assert [row["status"] for row in document["rules"]] == ["ran", "ran"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_the_file_tells_the_form(tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"report{ending}"
    assert ssda903(folder(tmp_path, FAULTY), "--rules", CODES, "--out", str(out)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "5 errors to mend and 0 queries to look at, in 3 children." in said.err
    assert f"Wrote {out}" in said.err
    assert out.stat().st_size > 0
    starts = {"json": b"{", "html": b"<!doctype html>", "csv": b"kind,", "xlsx": b"PK", "parquet": b"PAR1",
              "text": b"SSDA903"}  # fmt: skip
    assert out.read_bytes().lstrip().startswith(starts[ENDINGS[ending]])


def test_beside_a_table_of_findings_stands_what_each_rule_did(tmp_path: Path) -> None:
    out = tmp_path / "report.csv"
    ssda903(folder(tmp_path, FAULTY), "--rules", f"{CODES},503A", "--out", str(out))
    beside = pl.read_csv(tmp_path / "report-rules.csv", infer_schema=False)
    assert dict(beside.select("rule", "status").rows()) == dict.fromkeys(FOUND, "ran") | {"503A": "skipped"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "report.docx"], "does not tell the form"),
        (["--rules", "101,NOPE"], "has no rule NOPE"),
        (["--rules", ","], "names no rule"),
        (["--reference", "no-such-folder"], "no-such-folder"),
        (["--previous", "no-such-folder"], "no-such-folder"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(
    tmp_path: Path,
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = folder(tmp_path, FAULTY)
    monkeypatch.chdir(tmp_path)
    assert ssda903(given, *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert [path.name for path in tmp_path.iterdir()] == [given.name]


def test_a_year_without_rules_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "ssda903", str(folder(tmp_path, FAULTY)), "--year", "2019"]) == 2
    assert "There are no rules for 2019: the first year with rules is 2023." in capsys.readouterr().err


def test_a_folder_with_nothing_of_the_return_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ssda903(folder(tmp_path, {"diary": "DAY,NOTE\n1,x"})) == 2
    assert "holds no SSDA903 table" in capsys.readouterr().err


def test_an_xml_upload_is_checked_for_what_only_xml_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "return.xml"
    path.write_text(
        "<Message><CHILD><HEADER><CHILDID>A1</CHILDID><SEX>M</SEX><UASC>5</UASC></HEADER></CHILD></Message>"
    )
    assert ssda903(path, "--rules", "105", "--format", "json") == 1
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert (rule["status"], rule["findings"]) == ("ran", 1)


def test_a_census_is_told_of_its_structure_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "census.xml"
    path.write_text(CENSUS)
    assert main(["check", "cin-census", str(path), "--year", "2026", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert ("C1", "Nonsense") in [(row["child"], row["element"]) for row in document["structure"]]
    assert [row["column"] for row in document["not_read"]] == ["Nonsense"]
    assert main(["check", "cin-census", str(path), "--year", "2026"]) == 1
    assert capsys.readouterr().out.splitlines()[1].startswith("The file has")


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = folder(tmp_path, FAULTY)
    (tmp_path / "taken.html").mkdir()
    assert ssda903(given, "--rules", CODES, "--out", str(tmp_path / "taken.html")) == 2
    assert "is a folder" in capsys.readouterr().err


def test_the_folder_one_stands_in_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder(tmp_path, FAULTY, "autumn"))
    ssda903(Path(), "--rules", CODES, "--format", "json")
    assert json.loads(capsys.readouterr().out)["source"] == "autumn"
