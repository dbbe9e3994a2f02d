"""Annex A built from records drawn as tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from goldenthread.dataset.checks import check_tables
from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.writers.annex_a import build, write_workbook
from goldenthread.writers.built import Built
from indicators.drawn import table

AS_AT = date(2024, 6, 30)
"""The six months before it begin on 30 December 2023, the twelve on 30 June 2023."""

CHILD = """
    person_id gender ethnicity disabled born_on
    C1        2      WBRI      no       2012-05-01
"""
"""A girl of 12."""


def record(history_from: date | None = None, engine: Engine = POLARS, **tables: str) -> Dataset:
    """A record of drawn tables. The child C1 is in it unless `people` are given."""
    drawn = {"people": CHILD} | tables
    manifest = Manifest(as_at=AS_AT, history_from=history_from)
    return dataset_of({name: table(name, text) for name, text in drawn.items()}, manifest, engine)


def lists(as_at: date = AS_AT, history_from: date | None = None, **tables: str) -> Built:
    """The lists of a record of drawn tables."""
    return build(record(history_from, **tables), as_at)


def rows(built: Built, number: int, *columns: str) -> list[tuple[str | None, ...]]:
    """The rows of one list, and of it these columns; with none, the child alone."""
    return built.tables[f"List {number}"].select(*(columns or ("Child Unique ID",))).rows()


def one(built: Built, number: int, column: str) -> str | None:
    """The cell of the list's only row."""
    ((found,),) = rows(built, number, column)
    return found


def reread(built: Built, path: Path) -> Dataset:
    """The lists written to a workbook and imported again; nothing in it may be refused."""
    write_workbook(built, path)
    read = read_annex_a(path, as_at=built.as_at)
    checked = check_tables(read.tables, as_at=built.as_at)
    assert not read.rejects.found
    assert not checked.rejects.found
    return dataset_of(checked.tables, Manifest(as_at=built.as_at, history_from=read.history_from))
