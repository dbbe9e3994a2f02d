"""Long sheets of a workbook, written a column at a time: a hundred thousand findings take a second, not a minute.

openpyxl makes the workbook with its headings, widths and frozen rows; the lines of a long sheet are then put into the
sheet's own XML as plain text and numbers.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import polars as pl

from goldenthread.dataset.hostile import neutralised_frame

MOST_ROWS = 1_048_576
"""The rows of a sheet in Excel, the headings among them (Microsoft, Excel specifications and limits)."""
NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
"""What no XML may hold."""
FAST = 1
END = b"</sheetData>"


def with_rows(workbook: bytes, rows: Mapping[str, tuple[pl.DataFrame, int]]) -> bytes:
    """The workbook with lines put at the end of its sheets.

    `rows`: by the path of the sheet in the file (`xl/worksheets/sheet2.xml`), the lines and the number of the row the
    first of them is to be. Text that would be a formula is neutralised.
    """
    into = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as given,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, True, FAST) as made,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name in rows:
                before, end, after = _parted(content)
                content = b"".join((before, rows_xml(*rows[name]).encode(), end, after))
            made.writestr(name, content)
    return into.getvalue()


def _parted(sheet: bytes) -> tuple[bytes, bytes, bytes]:
    before, end, after = sheet.partition(END)
    if not end:  # openpyxl writes a sheet without rows so
        before, _, after = sheet.partition(b"<sheetData/>")
        return before + b"<sheetData>", END, after
    return before, end, after


def rows_xml(frame: pl.DataFrame, first: int) -> str:
    """The lines as `row` elements, the first of them with the number `first`."""
    if not frame.height:
        return ""
    cells = [_cell(pl.col(name), dtype) for name, dtype in neutralised_frame(frame).schema.items()]
    number = pl.int_range(pl.len(), dtype=pl.Int64) + first
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    return str(neutralised_frame(frame).select(row.str.join("")).item())


def _cell(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_numeric():
        written = pl.concat_str(pl.lit("<c><v>"), column, pl.lit("</v></c>"))
    else:
        calm = column.str.replace_all(NOT_XML, "�").str.replace_all("&", "&amp;", literal=True)
        calm = calm.str.replace_all("<", "&lt;", literal=True).str.replace_all(">", "&gt;", literal=True)
        written = pl.concat_str(pl.lit('<c t="inlineStr"><is><t xml:space="preserve">'), calm, pl.lit("</t></is></c>"))
    return written.fill_null("<c/>")
