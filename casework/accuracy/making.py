"""A return built from the live record and written to a file, with what is to be known of it before it is sent."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from casework.accuracy.models import Return
from goldenthread.dataset.readers.annex_a_lists import LISTS
from goldenthread.dataset.store import Dataset
from goldenthread.quality.record.check import RECORD, RecordResult
from goldenthread.writers import annex_a, cin_census, ssda903
from goldenthread.writers.annex_a.changes import Changes, What
from goldenthread.writers.annex_a.changes.compare import BY_ITSELF
from goldenthread.writers.built import Built

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the same files make the same archive."""
CHECKED_AS: Mapping[str, str] = {
    Return.Kind.ANNEX_A: RECORD,
    Return.Kind.CIN_CENSUS: "cin-census",
    Return.Kind.SSDA903: "ssda903",
}
"""Whose rules speak of a return. Annex A has none of its own: the record's stand for what an inspector looks for."""
EYED = tuple(what for what in What if what not in BY_ITSELF)


@dataclass(frozen=True)
class Made:
    """How a return is made: its tables, its file, and what the file is called."""

    build: Callable[[Dataset, date], Built]
    write: Callable[[Built, Path], object]
    suffix: str


def _zip(built: Built, path: Path) -> None:
    """The set of CSV files as one archive."""
    unpacked = path.with_name(f"{path.name}-files")
    written = ssda903.write_csv_set(built, unpacked)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in written:
            archive.writestr(zipfile.ZipInfo(file.name, EPOCH), file.read_bytes(), zipfile.ZIP_DEFLATED)


HOW: Mapping[str, Made] = {
    Return.Kind.ANNEX_A: Made(annex_a.build, annex_a.write_workbook, "xlsx"),
    Return.Kind.CIN_CENSUS: Made(cin_census.build, cin_census.write_xml, "xml"),
    Return.Kind.SSDA903: Made(ssda903.build, _zip, "zip"),
}


def file_name(kind: str, as_at: date) -> str:
    """What the file is called: annex-a-2026-03-31.xlsx."""
    return f"{kind}-{as_at.isoformat()}.{HOW[kind].suffix}"


def children_in(built: Built) -> set[str]:
    """The numbers of everybody whose record is in it."""
    return {child for origin in built.origins.values() for child in origin["child_id"].drop_nulls()}


def summary(kind: str, built: Built, checked: RecordResult) -> dict[str, Any]:
    """Rows by table, what the return could not hold, and the rules that find something in it: counts, no child."""
    titles = {wanted.place: f"{wanted.place}: {wanted.title}" for wanted in LISTS}
    its_own = pl.col("checked_as") == CHECKED_AS[kind]
    found = checked.findings.filter(its_own)
    by_rule = found.group_by("checked_as", "rule", "severity", "says").agg(
        findings=pl.len(), children=pl.col("child_id").drop_nulls().n_unique()
    )
    not_run = checked.rules.filter(its_own, pl.col("status") != "ran")
    return {
        "tables": [{"name": titles.get(name, name), "rows": frame.height} for name, frame in built.tables.items()],
        "notes": list(built.notes),
        "findings": by_rule.sort("severity", "findings", "rule", descending=[False, True, False]).to_dicts(),
        "not_run": not_run.height,
    }


def changes_summary(changes: Changes) -> list[dict[str, Any]]:
    """What changed since the run before, list by list: rows then and now, and what wants an eye."""
    return [
        {
            "title": f"List {row['list']}: {row['title']}",
            "before": row["before"],
            "after": row["after"],
            "counts": [row[what.value] for what in EYED],
            "by_itself": sum(row[what.value] for what in BY_ITSELF),
        }
        for row in changes.totals.to_dicts()
    ]
