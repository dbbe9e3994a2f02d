"""The rules of the returns on files that nobody here made: every rule runs, and the faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.dataset.readers import cin_census_tables, ssda903_load
from goldenthread.dataset.readers.common import LINE
from goldenthread.quality import Result, check

CENSUSES = {"CIN_Census_2024.xml": 2024, "CIN_Census_2026.xml": 2026, "fake_CIN_data.xml": 2024}


def without_lines(tables: dict[str, object]) -> dict[str, object]:
    return {name: frame.drop(LINE, ssda903_load.FILE, strict=False) for name, frame in tables.items()}  # type: ignore[attr-defined]


def checked(kind: str, tables: dict[str, object], year: int) -> Result:
    given = without_lines(tables)
    result = check(kind, given, given if kind == "ssda903" else None, year)  # type: ignore[arg-type]
    assert result.failed.is_empty(), result.failed["reason"].to_list()
    return result


@pytest.mark.parametrize("upload", ["", "fake_903.xml"])
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_ssda903_upload_is_checked_by_every_rule(shared: Path, upload: str, year: int) -> None:
    raw = ssda903_load.load_tables(shared / "data" / "ssda903" / upload)
    result = checked("ssda903", raw.tables, year)
    ran = result.rules.filter(status="ran")["rule"]
    assert len(ran) > 200
    found = set(result.findings["rule"])
    assert len(found) > 10
    assert found <= set(ran)


@pytest.mark.parametrize("name", CENSUSES)
def test_census_is_checked_by_every_rule(shared: Path, name: str) -> None:
    raw = cin_census_tables.load_tables(shared / "data" / "cin_census" / name)
    result = checked("cin-census", raw.tables, CENSUSES[name])
    assert set(result.rules["status"]) == {"ran"}
    assert result.findings["rule"].n_unique() > 5


def test_a_census_before_the_rules_begin_is_refused_with_the_reason(shared: Path) -> None:
    raw = cin_census_tables.load_tables(shared / "data" / "cin_census" / "CIN_Census_2021.xml")
    with pytest.raises(ValueError, match="ends in 2021; they begin with the one that ends in 2023"):
        checked("cin-census", raw.tables, 2021)
