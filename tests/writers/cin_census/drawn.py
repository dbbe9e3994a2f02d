"""Censuses built from records drawn as tables, and what their files say."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

from goldenthread.dataset.readers.cin_census_structure import MESSAGE, Element, of_year
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.writers.built import Built
from goldenthread.writers.cin_census import build
from indicators.drawn import table

AS_AT = date(2026, 6, 10)
"""Some weeks after the reference date, when censuses are sent."""
YEAR = 2026


def record(authority: str | None = "999", history_from: date | None = None, **tables: str) -> Dataset:
    """A record of drawn tables, as the authority of that number holds it."""
    manifest = Manifest(as_at=AS_AT, authority=authority, history_from=history_from)
    return dataset_of({name: table(name, text) for name, text in tables.items()}, manifest)


def census(as_at: date = AS_AT, year: int | None = YEAR, history_from: date | None = None, **tables: str) -> Built:
    """The census of 2025-26, or of another year, of a record of drawn tables."""
    return build(record(history_from=history_from, **tables), as_at, year=year)


def rows(built: Built, name: str, *columns: str) -> list[tuple[str | None, ...]]:
    """The rows of one table, and of it these columns."""
    return built.tables[name].select(columns).rows()


def one(built: Built, name: str, *columns: str) -> tuple[str | None, ...]:
    """The only row of one table."""
    (row,) = rows(built, name, *columns)
    return row


def faults_of(path: Path, year: int) -> list[str]:
    """Where the file departs from the order and number of elements declared for the year."""
    root = ET.parse(path).getroot()
    if root.tag != MESSAGE.name:
        return [f"the root is {root.tag}"]
    return _faults(root, of_year(MESSAGE, year))


def _faults(found: ET.Element, declared: Element) -> list[str]:
    faults, left = [], list(found)
    for inner in declared.inside:
        here = [each for each in left if each.tag == inner.name]
        if inner.required and not here:
            faults.append(f"{found.tag} without {inner.name}")
        if not inner.many and len(here) > 1:
            faults.append(f"{found.tag} with {len(here)} {inner.name}")
        if here != left[: len(here)]:
            faults.append(f"{inner.name} out of its place in {found.tag}")
        left = [each for each in left if each.tag != inner.name]
        for each in here:
            faults += _faults(each, inner)
    return faults + [f"{each.tag} in {found.tag}" for each in left]
