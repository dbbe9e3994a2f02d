"""Runs that are kept: opened as they were written, each finding once, with its team and the facts behind it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from goldenthread.dataset.store import Dataset, DatasetError, Manifest, dataset_of
from goldenthread.quality.kept.store import keep, open_run, run_of, runs_kept
from tests.quality.kept.drawn import day, result


def record(**visit: Any) -> Dataset:
    visits = {"visit_id": "V1", "child_id": "C1", "kind": "child_in_need", "visited_on": day(-1), "seen": None} | visit
    held = {"allocation_id": "A1", "child_id": "C1", "team": "Blue", "started_on": day(-9)}
    frames = {"visits": pl.DataFrame([visits], infer_schema_length=None), "allocations": pl.DataFrame([held])}
    return dataset_of(frames, Manifest(as_at=day(0)))


def facts(dataset: Dataset | None) -> str:
    return str(run_of(result(day(0), "Q1 C1"), dataset).findings["facts"].item())


def test_a_run_is_opened_as_it_was_kept(tmp_path: Path) -> None:
    kept = keep(result(day(0), "E1 C1", "Q1 C2 -"), tmp_path, record())
    opened = open_run(tmp_path, day(0))
    assert opened.findings.equals(kept.findings, null_equal=True)
    assert opened.rules.equals(kept.rules)
    assert runs_kept(tmp_path) == (day(0),)


def test_a_finding_has_the_team_that_held_the_child_that_day(tmp_path: Path) -> None:
    kept = keep(result(day(0), "E1 C1", "E1 C2"), tmp_path, record())
    assert kept.findings["team"].to_list() == ["Blue", "No team recorded"]


def test_the_same_finding_twice_is_kept_once() -> None:
    assert run_of(result(day(0), "E1 C1", "E1 C1")).findings.height == 1


def test_facts_change_with_the_record_and_not_with_when_it_was_recorded() -> None:
    assert facts(record()) == facts(record(recorded_by="W9", recorded_at=datetime(2026, 1, 2, 9)))
    assert facts(record()) != facts(record(seen=True))
    assert facts(record()) != facts(record(visited_on=day(-2)))


def test_facts_not_to_be_had_are_the_findings_own() -> None:
    assert facts(None) == facts(None)
    assert facts(None) != facts(record())


def test_another_run_of_the_day_takes_its_place_only_when_asked(tmp_path: Path) -> None:
    keep(result(day(0), "E1 C1"), tmp_path)
    with pytest.raises(DatasetError, match="already holds another run"):
        keep(result(day(0), "E1 C2"), tmp_path)
    keep(result(day(0), "E1 C2"), tmp_path, replace=True)
    assert open_run(tmp_path, day(0)).findings["child_id"].to_list() == ["C2"]
    assert [found.name for found in tmp_path.iterdir()] == [day(0).isoformat()]


def test_a_run_changed_since_it_was_written_is_not_opened(tmp_path: Path) -> None:
    keep(result(day(0), "E1 C1"), tmp_path)
    with (tmp_path / day(0).isoformat() / "table_01.parquet").open("ab") as opened:
        opened.write(b"more")
    with pytest.raises(DatasetError, match="is not as it was written"):
        open_run(tmp_path, day(0))


def test_a_run_of_another_kind_is_not_taken_for_one_of_ours(tmp_path: Path) -> None:
    keep(result(day(0), "E1 C1"), tmp_path)
    manifest = tmp_path / day(0).isoformat() / "run.json"
    manifest.write_text(manifest.read_text().replace('"accuracy"', '"annex-a"'))
    with pytest.raises(DatasetError, match="it is a run of annex-a"):
        open_run(tmp_path, day(0))
