"""The accuracy report as a workbook: one sheet a question."""

from __future__ import annotations

from io import BytesIO

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from goldenthread.dataset.hostile import neutralise
from goldenthread.quality.kept.report.model import AccuracyReport
from goldenthread.quality.kept.report.words import change_words, headline, how_it_stands, return_name, table_name
from goldenthread.quality.report.sheets import MOST_ROWS, with_rows

Sheet = tuple[str, pl.DataFrame]
WIDE = {"What is wrong, and how to mend it": 80, "How it stands": 50, "Rules": 60, "Reason": 50, "Why": 60}
HEADED = 3
"""The row of the headings: above them the title and a sentence."""
WIDTH = 18


def as_xlsx(report: AccuracyReport) -> bytes:
    """The workbook's bytes. Sheets: Returns, What changed, Findings, By week, Children, Recording, Rules not run.

    A sheet with more lines than a workbook can hold ends early, and says so on top.
    """
    sheets = _sheets(report)
    book = Workbook(write_only=True)
    book.properties.title = f"Data accuracy as at {report.as_at}"
    book.properties.creator = "Golden Thread"
    book.properties.language = "en-GB"
    most = MOST_ROWS - HEADED
    for name, frame in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = f"A{HEADED + 1}"
        sheet.auto_filter.ref = f"A{HEADED}:{get_column_letter(frame.width)}{HEADED}"
        for place, heading in enumerate(frame.columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = WIDE.get(heading, WIDTH)
        cut = f" The sheet is full and leaves out {frame.height - most:,} lines." if frame.height > most else ""
        title = f"{report.authority or 'Children’s services'}: data accuracy as at {report.as_at}. {name}"
        for line in ([title], [headline(report) + cut], frame.columns):
            cells = [WriteOnlyCell(sheet, neutralise(text)) for text in line]
            for cell in cells:
                cell.font = Font(bold=True)
            sheet.append(cells)
    into = BytesIO()
    book.save(into)
    rows = {
        f"xl/worksheets/sheet{number}.xml": (_written(frame).head(most), HEADED + 1)
        for number, (_, frame) in enumerate(sheets, start=1)
    }
    return with_rows(into.getvalue(), rows)


def _sheets(report: AccuracyReport) -> list[Sheet]:
    in_words = {"checked_as": "Checked as", "says": "What is wrong, and how to mend it", "child_id": "Child",
                "as_at": "Run", "ninetieth_days": "Days within which nine in ten were recorded",
                "median_days": "Median days to being recorded", "by": "Explained by", "on": "Explained on"}  # fmt: skip
    findings = report.findings.drop("as_at", "facts")
    children = report.children.with_columns(pl.col("rules").list.join(", "))
    recording = report.recording_by_table_and_team.with_columns(_named("table", table_name))
    frames = {
        "Returns": _returns(report),
        "What changed": report.changes,
        "Findings": findings,
        "By week": report.weekly,
        "Children": children,
        "Recording": recording,
        "Rules not run": report.not_run.rename({"reason": "why"}),
    }
    return [(name, _headed(frame, in_words)) for name, frame in frames.items()]


def _returns(report: AccuracyReport) -> pl.DataFrame:
    stands = [how_it_stands(row) for row in report.returns.iter_rows(named=True)]
    changes = [_named(name, change_words) for name in ("errors_change", "queries_change")]
    return report.returns.with_columns(*changes, pl.Series("how_it_stands", stands, pl.String))


def _headed(frame: pl.DataFrame, in_words: dict[str, str]) -> pl.DataFrame:
    named = frame.with_columns(_named("checked_as", return_name)) if "checked_as" in frame.columns else frame
    return named.rename({name: in_words.get(name, name.replace("_", " ").capitalize()) for name in frame.columns})


def _named(column: str, in_words: object) -> pl.Expr:
    assert callable(in_words)
    return pl.col(column).map_elements(in_words, return_dtype=pl.String)


def _written(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Date).cast(pl.String))
