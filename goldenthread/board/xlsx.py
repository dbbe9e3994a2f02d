"""The board as a workbook: real numbers with formats, the board, the months and the definitions on three sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from goldenthread.board import present
from goldenthread.board.model import Board, BoardRow, Cell
from goldenthread.indicators.model import Unit

HEAD = PatternFill("solid", fgColor="1D4F7C")
RATING_FILL = {"Green": PatternFill("solid", fgColor="EAF6EE"), "Red": PatternFill("solid", fgColor="FDEEEE")}
WRAP = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Shown: TypeAlias = str | float | date | SheetCell | None


def board_xlsx(board: Board) -> bytes:
    """The workbook's bytes. Percentages are fractions with a per cent format, so that they can be worked on."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"{board.title}: {board.authority}, {present.day_text(board.as_at)}"
    book.properties.creator = "Golden Thread"
    book.properties.language = "en-GB"
    _board_sheet(book.create_sheet("Board"), board)
    _months_sheet(book.create_sheet("Months"), board)
    _definitions_sheet(book.create_sheet("Definitions"), board)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe before a leading = + - @, tab or return."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _board_sheet(sheet: Worksheet, board: Board) -> None:
    years = [heading for label in board.previous_labels for heading in (label, f"{label} counted", f"{label} of")]
    now = board.current_label
    headings = [
        "Section", "Id", "Indicator", "Collection frequency", "Basis", *years, now, f"{now} counted", f"{now} of",
        "Target", "Against target", "Polarity", "Direction of travel", "Why", "Mean month", "Lower limit",
        "Upper limit", "National", "National year", "Regional", "Regional year", "Comparator", "Comparator year",
        "Target rationale", "Notes",
    ]  # fmt: skip
    widths = [16, 12, 46, 11, 14, *[11] * 12, 14, 11, 11, 17, 34, *[11] * 9, 50, 60]
    _open(sheet, headings, widths, freeze="D2")
    for row in board.rows:
        sheet.append(_cells(sheet, _board_line(sheet, row)))
    for note in board.notes:
        sheet.append([_text(sheet, note)])


def _board_line(sheet: Worksheet, row: BoardRow) -> Iterable[Shown]:
    yield from (row.section, row.key, row.title, row.frequency, row.basis)
    for cell in (*row.previous, row.current):
        yield _value(sheet, cell, row)
        yield from _counts(cell)
    yield from (present.target_text(row.target, row.unit), present.JUDGEMENT_WORDS[row.target_judgement])
    yield present.POLARITY_WORDS[row.polarity]
    yield _text(sheet, present.travel_text(row), RATING_FILL.get(row.travel.rating))
    yield row.travel.because
    chart = row.chart
    for limit in (chart.mean, chart.lower, chart.upper) if chart else (None, None, None):
        yield _number(sheet, limit, row)
    for benchmark in row.benchmarks:
        yield _number(sheet, benchmark.value, row)
        yield present.benchmark_year(benchmark)
    not_computed = (f"Not computed. {row.not_computed}",) if row.not_computed else ()
    yield from (row.rationale, " ".join((*not_computed, *row.notes)))


def _months_sheet(sheet: Worksheet, board: Board) -> None:
    headings = ["Id", "Indicator", "Month ending", "Value", "Counted", "Of", "Values are"]
    _open(sheet, headings, [12, 60, 13, 12, 12, 12, 40], freeze="C2")
    for row in board.rows:
        for cell in row.series:
            # Few styles here: there are two thousand lines, and each styled cell costs more than its value.
            line = (harmless(row.key), harmless(row.title), _cell(sheet, cell.on), _value(sheet, cell, row))
            sheet.append([*line, *_counts(cell), row.series_of])


def _definitions_sheet(sheet: Worksheet, board: Board) -> None:
    headings = [
        "Id", "Indicator", "Unit", "Question", "Counted", "Out of", "Left out", "Source", "National definition",
        "The children behind it",
    ]  # fmt: skip
    _open(sheet, headings, [12, 40, 16, 40, 40, 40, 40, 30, 40, 50], freeze="C2")
    for row in board.rows:
        if row.definition is None:
            continue
        told = row.definition
        national = told.national_definition or "None: the counting is local."
        line = (
            row.key, row.title, present.UNIT_WORDS[row.unit], told.question, told.numerator, told.denominator,
            told.exclusions, told.source, national, row.explain,
        )  # fmt: skip
        sheet.append(_cells(sheet, line))


def _open(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], *, freeze: str) -> None:
    for place, width in enumerate(widths):
        sheet.column_dimensions[_letters(place)].width = width
    sheet.freeze_panes = freeze
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = f"A1:{_letters(len(headings) - 1)}1"
    sheet.append([_heading(sheet, heading) for heading in headings])


def _letters(place: int) -> str:
    """The name of a column, the first being 0: A, B, ... Z, AA."""
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _heading(sheet: Worksheet, text: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, harmless(text))
    cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), HEAD, WRAP
    return cell


def _cells(sheet: Worksheet, values: Iterable[Shown]) -> list[SheetCell]:
    return [_cell(sheet, value) for value in values]


def _cell(sheet: Worksheet, value: Shown) -> SheetCell:
    match value:
        case SheetCell():
            return value
        case str():
            return _text(sheet, value)
        case date():
            cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
            cell.number_format = "d mmm yyyy"
        case _:
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = "#,##0.##" if value is not None and value % 1 else "#,##0"
    cell.alignment = TOP
    return cell


def _text(sheet: Worksheet, text: str, fill: PatternFill | None = None) -> SheetCell:
    cell = WriteOnlyCell(sheet, harmless(text))
    cell.alignment = WRAP
    if fill:
        cell.fill = fill
    return cell


def _value(sheet: Worksheet, cell: Cell, row: BoardRow) -> SheetCell:
    if cell.value is None:
        return _text(sheet, present.cell_text(cell, row))
    return _number(sheet, cell.value, row)


def _number(sheet: Worksheet, value: float | None, row: BoardRow) -> SheetCell:
    percent = row.unit is Unit.PERCENT
    cell = WriteOnlyCell(sheet, value / 100 if percent and value is not None else value)
    decimals = "." + "0" * row.places if row.places else ""
    cell.number_format = f"0{decimals}%" if percent else f"#,##0{decimals}"
    cell.alignment = TOP
    return cell


def _counts(cell: Cell) -> tuple[float | None, float | None]:
    return cell.numerator, cell.denominator
