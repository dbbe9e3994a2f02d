"""Files that nobody here made go in; what could not be read is listed; board, daily report and reasons come out."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = [
    ("annex-a", "annex_a/Annex_A.xlsx"),
    ("ssda903", "ssda903"),
    ("ssda903", "ssda903/fake_903.xml"),
    ("cin-census", "cin_census/CIN_Census_2021.xml"),
    ("cin-census", "cin_census/CIN_Census_2024.xml"),
    ("cin-census", "cin_census/CIN_Census_2026.xml"),
    ("cin-census", "cin_census/fake_CIN_data.xml"),
]


def goldenthread(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", *map(str, words)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("kind", "file"), SOURCES)
def test_a_real_file_becomes_a_dataset_with_its_board(kind: str, file: str, shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "dataset"
    read = goldenthread("import", kind, shared / "data" / file, "--out", out, "--as-at", "2026-03-31")
    assert read.returncode in (0, 1), read.stderr
    manifest = json.loads((out / "manifest.json").read_text())
    assert sum(manifest["tables"].values()) > 0
    listed = []
    if (out / "rejects.csv").exists():
        with (out / "rejects.csv").open(newline="", encoding="utf-8-sig") as rejects:
            listed = list(csv.DictReader(rejects))
    assert (read.returncode == 1) == bool(listed), "the exit status says whether anything was rejected"
    for reject in listed:
        assert reject["file"] and reject["reason"], reject

    as_at = ("--dataset", out, "--as-at", "2026-03-31", "--format", "json")
    board = goldenthread("board", *as_at)
    assert board.returncode == 0, board.stderr
    assert json.loads(board.stdout)
    report = goldenthread("timeliness", *as_at)
    assert report.returncode == 0, report.stderr
    assert json.loads(report.stdout)
    reasons = goldenthread("explain", *as_at, "EFL2")
    assert reasons.returncode == 0, reasons.stderr
    assert json.loads(reasons.stdout) is not None
