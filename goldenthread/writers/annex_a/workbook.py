"""The lists as the workbook that is sent: a sheet a list, dates and numbers as such, ready to open in Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.readers.annex_a_lists import LISTS, AnnexList
from goldenthread.dataset.whole_files import write_whole
from goldenthread.writers.annex_a.columns import DAY, days_of, numbers_of
from goldenthread.writers.annex_a.sheets import dated_cell, new_book, open_sheet, widths_of
from goldenthread.writers.built import Built

Value = str | int | datetime | None


def write_workbook(built: Built, path: Path) -> None:
    """Write the lists to `path`, whole or not at all: sheets "List 1" to "List 11", headings in row 1, frozen.

    Dates are dates and ages and counts numbers; a text that is neither, where one is asked for, is left as text to be
    seen. Text that a spreadsheet would take for a formula begins with an apostrophe, which the reader takes off again.
    DatasetError when `path` cannot be written.
    """
    book = new_book(f"Annex A child-level data as at {built.as_at:%d/%m/%Y}")
    for wanted in LISTS:
        _fill(book, wanted, built.tables[wanted.place])
    into = BytesIO()
    book.save(into)
    write_whole(path, into.getvalue())


def _fill(book: Workbook, wanted: AnnexList, table: pl.DataFrame) -> None:
    sheet = open_sheet(book, wanted.place, table.columns, widths_of(table), "B2")
    days = days_of(wanted.number)
    dated = [dated_cell(sheet) if name in days else None for name in table.columns]
    for row in _values(wanted.number, table):
        sheet.append([_cell(value, cell) for value, cell in zip(row, dated, strict=True)])


def _values(number: int, table: pl.DataFrame) -> Iterator[Sequence[Value]]:
    """The rows with their dates and numbers as such."""
    columns: list[list[Value]] = []
    for name, held in zip(table.columns, neutralised_frame(table).get_columns(), strict=True):
        text = held.to_list()
        if name in days_of(number):
            typed = table[name].str.to_datetime(DAY, strict=False).to_list()
        elif name in numbers_of(number):
            typed = table[name].cast(pl.Int64, strict=False).to_list()
        else:
            typed = text
        columns.append([found if found is not None else other for found, other in zip(typed, text, strict=True)])
    return zip(*columns, strict=True)


def _cell(value: Value, dated: Cell | None) -> Value | Cell:
    """The value, in the date cell of its column when it is a date."""
    if dated is None or not isinstance(value, datetime):
        return value
    dated.value = value
    return dated
