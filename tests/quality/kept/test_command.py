"""``goldenthread accuracy``: checks, keeps, compares and reports; a reason given is carried to the next run."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.cli import main
from goldenthread.dataset.store import Manifest, write_dataset
from goldenthread.quality.kept.store import runs_kept

MONDAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)
EXPLAINED = ["--rule", "visits.seen", "--child", "C1", "--by", "W1", "--on", str(MONDAY)]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A visit that does not say whether the child was seen: a query."""
    people = pl.DataFrame([{"person_id": "C1", "is_child": True, "born_on": date(2015, 1, 1), "ethnicity": "WBRI"}])
    visits = pl.DataFrame(
        [{"visit_id": "V1", "child_id": "C1", "kind": "child_in_need", "visited_on": date(2026, 2, 1)}]
    )
    write_dataset(tmp_path / "dataset", {"people": people, "visits": visits}, Manifest(as_at=NEXT))
    return tmp_path / "dataset"


def report(dataset: Path, day: date, keep: Path) -> dict[str, object]:
    out = keep.with_name("report.json")
    words = ["--dataset", str(dataset), "--as-at", str(day), "--keep", str(keep), "--format", "json"]
    assert main(["accuracy", *words, "--out", str(out)]) == 0
    told: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return told


def test_a_reason_given_after_one_run_explains_the_query_in_the_next(dataset: Path, tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    first = report(dataset, MONDAY, keep)
    assert queries(first) == (1, 0)
    assert main(["accuracy", "explain", "--keep", str(keep), *EXPLAINED, "--reason", "Seen with a sibling."]) == 0
    second = report(dataset, NEXT, keep)
    assert queries(second) == (0, 1)
    assert second["last_run"] == str(MONDAY)
    assert runs_kept(keep) == (MONDAY, NEXT)
    assert main(["accuracy", "withdraw", "--keep", str(keep), *EXPLAINED]) == 0
    assert queries(report(dataset, NEXT, keep)) == (1, 0)


def queries(told: dict[str, object]) -> tuple[int, int]:
    returns = told["returns"]
    assert isinstance(returns, list)
    row = next(row for row in returns if row["checked_as"] == "record")
    return row["queries"], row["explained"]


def test_each_format_is_written(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["accuracy", "--dataset", str(dataset), "--as-at", str(NEXT), "--keep", str(tmp_path / "kept")]
    assert main(words) == 0
    assert "This is the first run kept" in capsys.readouterr().out
    assert main([*words, "--format", "html", "--out", str(tmp_path / "page.html")]) == 0
    assert main([*words, "--format", "xlsx", "--out", str(tmp_path / "book.xlsx")]) == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "book.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--dataset, --as-at and --keep are all needed"),
        (["--dataset", "d", "--as-at", "2026-03-09", "--keep", "k", "--format", "xlsx"], "needs --out"),
        (["explain", "--keep", "k", *EXPLAINED, "--reason", "Seen."], "keeps no run"),
        (["withdraw", "--keep", "k", *EXPLAINED], "no visits.seen of child C1"),
    ],
)
def test_wrong_use_says_what_is_wanted(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accuracy", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_year_without_rules_is_said_to_be(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--dataset", str(dataset), "--as-at", "2019-06-30", "--keep", str(tmp_path / "kept")]
    assert main(["accuracy", *words, "--format", "json"]) in (0, 1)
    assert "no rules are held for the collection that ends in 2020" in capsys.readouterr().out
    assert runs_kept(tmp_path / "kept") == (date(2019, 6, 30),)
