"""A check as a workbook: a summary by rule, the children with findings, every finding, and what the files lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import count

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from goldenthread.dataset.hostile import neutralise
from goldenthread.quality.report.lines import file_lines
from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.report.sheets import MOST_ROWS, with_rows
from goldenthread.quality.report.words import headline, printable, status_words

HEAD = PatternFill("solid", fgColor="1D4F7C")
LOUD = PatternFill("solid", fgColor="F6D7D2")
WRAP = Alignment(wrap_text=True, vertical="top")
BY_RULE = {"Rule": 9, "Severity": 10, "What is wrong, and how to mend it": 80, "Findings": 10, "Children": 10,
           "Checked": 24, "Why not": 60, "Fields": 44}  # fmt: skip
BY_CHILD = {"Child": 18, "Findings": 10, "Errors": 10, "Queries": 10, "Rules": 70}
FINDINGS = {"Rule": 9, "Severity": 10, "Child": 16, "Table": 18, "File": 24, "Line": 9, "Cells at fault": 60,
            "What is wrong, and how to mend it": 80}  # fmt: skip
FILE = {"What": 12, "Place": 20, "File": 24, "Line": 9, "Child": 16, "What is wrong, and how to mend it": 80,
        "Value": 40}  # fmt: skip


def as_xlsx(report: CheckReport, *, most_rows: int = MOST_ROWS) -> bytes:
    """The workbook's bytes. Sheets: Summary (every rule), By child, Findings, The file.

    A sheet that would be longer than `most_rows` ends early, and Summary says so and where the rest is.
    """
    found = report.findings.select("rule", "severity", "child", "table", "file", "line", "values", "says")
    others = file_lines(report).select("kind", "table", "file", "line", "child", "says", "values")
    longer = {"By child": (report.by_child, BY_CHILD), "Findings": (found, FINDINGS), "The file": (others, FILE)}
    most = most_rows - 1
    book = Workbook(write_only=True)
    book.properties.title = f"{report.title}: check of {report.source}"
    book.properties.creator = "Golden Thread"
    book.properties.language = "en-GB"
    _summary(
        book.create_sheet("Summary"), report, [_cut(n, f, most) for n, (f, _) in longer.items() if f.height > most]
    )
    for name, (frame, headings) in longer.items():
        _headed(book.create_sheet(name), headings, [], min(frame.height, most))
    into = BytesIO()
    book.save(into)
    sheets = {
        f"xl/worksheets/sheet{number}.xml": (frame.head(most), 2)
        for number, (frame, _) in zip(count(2), longer.values(), strict=False)
    }
    return with_rows(into.getvalue(), sheets)


def _cut(name: str, frame: pl.DataFrame, most: int) -> str:
    more = frame.height - most
    return f"The sheet {name} is full and leaves out {more:,} lines. The report as CSV or Parquet has every one."


def _summary(sheet: Worksheet, report: CheckReport, cut: Iterable[str]) -> None:
    above = [f"{report.title}: check of {report.source}", *headline(report), *cut]
    _headed(sheet, BY_RULE, above, report.by_rule.height)
    order = pl.col("status").replace_strict({"failed": 0, "ran": 1, "skipped": 2}, default=1, return_dtype=pl.Int8)
    found = pl.col("findings").fill_null(0)
    rules = report.by_rule.sort(order, found == 0, pl.col("severity"), -found, maintain_order=True)
    for row in rules.iter_rows(named=True):
        failed = row["status"] == "failed"
        values = (
            *(row["rule"], row["severity"], row["says"], row["findings"], row["children"]),
            *(status_words(row["status"]), row["reason"], row["fields"]),
        )
        sheet.append([_cell(sheet, value, failed) for value in values])


def _cell(sheet: Worksheet, value: str | int | None, loud: bool) -> Cell:
    cell = WriteOnlyCell(sheet, neutralise(printable(value)) if isinstance(value, str) else value)
    cell.alignment = WRAP
    if loud:
        cell.fill, cell.font = LOUD, Font(bold=True)
    return cell


def _headed(sheet: Worksheet, headings: dict[str, int], above: Sequence[str], rows: int) -> None:
    """The headings on top, kept in sight and filtered by; `above` them sentences, the title first; `rows` to come."""
    for place, width in enumerate(headings.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    at = len(above) + 1
    sheet.freeze_panes = f"A{at + 1}"
    sheet.auto_filter.ref = f"A{at}:{get_column_letter(len(headings))}{at + rows}"
    for place, text in enumerate(above):
        cell = WriteOnlyCell(sheet, neutralise(printable(text)))
        cell.font = Font(bold=True, size=14 if place == 0 else 11)
        sheet.append([cell])
    row = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), HEAD, WRAP
        row.append(cell)
    sheet.append(row)
