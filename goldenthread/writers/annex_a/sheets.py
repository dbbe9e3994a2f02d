"""What the workbooks of Annex A share: the look of a heading, and columns wide enough for what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HEAD = PatternFill("solid", fgColor="1D4F7C")
HEAD_FONT = Font(bold=True, color="FFFFFF")
WRAPPED = Alignment(wrap_text=True, vertical="top")
SHOWN_DAY = "dd/mm/yyyy"
NARROWEST, WIDEST = 11, 40
"""Column widths, in characters."""
ROWS_MEASURED = 200


def new_book(title: str) -> Workbook:
    """A workbook to be written row by row."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "Golden Thread"
    book.properties.language = "en-GB"
    return book


def open_sheet(book: Workbook, name: str, headings: Sequence[str], widths: Iterable[int], freeze: str) -> Worksheet:
    """A sheet with its headings in the first row, frozen from the cell `freeze` on."""
    sheet: Worksheet = book.create_sheet(name)
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = freeze
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.append([_heading(sheet, heading) for heading in headings])
    return sheet


def dated_cell(sheet: Worksheet) -> Cell:
    """A cell for dates, to be given one value after another: a row is written before the next is made."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = SHOWN_DAY
    return cell


def widths_of(table: pl.DataFrame) -> list[int]:
    """Wide enough for what a column of text holds, and for its heading on several lines."""
    longest = table.head(ROWS_MEASURED).select(pl.all().str.len_chars().max()).transpose().to_series().fill_null(0)
    wide = zip(longest.to_list(), table.columns, strict=True)
    return [min(max(most + 2, len(name) // 3, NARROWEST), WIDEST) for most, name in wide]


def _heading(sheet: Worksheet, name: str) -> Cell:
    cell = WriteOnlyCell(sheet, name)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD, WRAPPED
    return cell
