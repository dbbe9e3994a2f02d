"""The workbook that is sent: Ofsted's sheets, real dates and numbers, and never half a file."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.cell.cell import Cell

from goldenthread.dataset.readers.annex_a_lists import LISTS
from goldenthread.dataset.store import DatasetError
from goldenthread.writers.annex_a import write_workbook
from goldenthread.writers.built import Built
from writers.annex_a.drawn import lists

CONTACTS = "child_id received_on source\nC1 2024-02-01 6"


def sheet(built: Built, path: Path, name: str) -> list[tuple[Cell, ...]]:
    write_workbook(built, path)
    return list(openpyxl.load_workbook(path)[name].iter_rows())


def test_there_is_a_sheet_a_list_with_ofsteds_headings(tmp_path: Path) -> None:
    write_workbook(lists(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [f"List {number}" for number in range(1, 12)]
    for wanted in LISTS:
        page = book[wanted.place]
        assert [cell.value for cell in page[1]] == [heading.name for heading in wanted.headings]
        assert page.freeze_panes == "B2"
        assert all(page.column_dimensions[cell.column_letter].width >= 11 for cell in page[1])
    assert "30/06/2024" in (book.properties.title or "")


def test_dates_are_dates_and_numbers_are_numbers(tmp_path: Path) -> None:
    _, row = sheet(lists(contacts=CONTACTS), tmp_path / "a.xlsx", "List 1")
    assert [cell.value for cell in row] == [
        *("C1", "b) Female", "a) WBRI", datetime(2012, 5, 1), 12, datetime(2024, 2, 1), "q) 6: Police"),
    ]
    assert [row[place].number_format for place in (3, 5)] == ["dd/mm/yyyy"] * 2


def test_a_text_where_a_date_is_wanted_is_left_to_be_seen(tmp_path: Path) -> None:
    built = lists(contacts=CONTACTS)
    bad = built.tables["List 1"].with_columns(
        pl.lit("soon").alias("Date of Contact"), pl.lit("twelve").alias("Age of Child (Years)")
    )
    _, row = sheet(replace(built, tables={**built.tables, "List 1": bad}), tmp_path / "a.xlsx", "List 1")
    assert [row[place].value for place in (4, 5)] == ["twelve", "soon"]


@pytest.mark.parametrize("team", ["=cmd|'/C'!A0", "+Team", "@Team"])
def test_nothing_is_a_formula(tmp_path: Path, team: str) -> None:
    built = lists(referrals=f"child_id received_on team\nC1 2024-02-01 {team}")
    _, row = sheet(built, tmp_path / "a.xlsx", "List 3")
    assert (row[9].value, row[9].data_type) == (f"'{team}", "s")


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DatasetError, match="is a folder"):
        write_workbook(lists(), tmp_path / "folder")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match="cannot be written"):
        write_workbook(lists(), tmp_path / "file" / "a.xlsx")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["file", "folder"]
