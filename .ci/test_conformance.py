"""The recorded cases of the returns' rules: every open one is answered as recorded, save the reasoned deviations."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

DEVIATIONS = {"ssda903": {"210"}, "cin_census": set[str]()}
"""Rules whose recorded answer is not the DfE's: see docs/reference/deviations.md."""


@pytest.fixture(scope="module")
def runner(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("runner", shared / "conformance" / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def doubtful(case: dict[str, object], wrong: set[str]) -> bool:
    """The cases that the runner itself leaves out."""
    flags = case.get("flags", ())
    assert isinstance(flags, list | tuple)
    return bool(
        str(case["rule"]) in wrong or case.get("portable") is False or case.get("note") or "non_default_index" in flags
    )


@pytest.mark.parametrize("source", ["ssda903", "cin_census"])
def test_open_cases_are_answered_as_recorded(shared: Path, runner: ModuleType, source: str) -> None:
    lines = (shared / "conformance" / f"{source}_open.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if not doubtful(case, runner.NOT_TRUTH[source])]
    assert len(cases) > 25
    different = {str(case["rule"]) for case in cases if not answered(runner, source, case)}
    assert different == DEVIATIONS[source]


def answered(runner: ModuleType, source: str, case: dict[str, object]) -> bool:
    result, wanted = getattr(runner, source)(case)
    mine = result.findings.filter(pl.col("rule") == str(case["rule"]))
    state = result.rules.filter(pl.col("rule") == str(case["rule"]))["status"].to_list()
    assert state in (["ran"], ["skipped"]), (case["rule"], state)
    expected = case["expected"]
    assert isinstance(expected, dict)
    if expected.get("la_level"):
        return not mine.is_empty()
    got = {table: set(mine.filter(pl.col("table") == table)["row"]) for table in wanted}
    return bool(got == wanted and (wanted or mine.is_empty()))
