"""The changes as a workbook: every change on one sheet, and the numbers of them by list on another."""

from __future__ import annotations

from io import BytesIO

import polars as pl
from openpyxl.utils import get_column_letter

from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.writers.annex_a.changes.compare import BY_ITSELF, Changes, What
from goldenthread.writers.annex_a.changes.wording import WORDS
from goldenthread.writers.annex_a.columns import DAY
from goldenthread.writers.annex_a.sheets import dated_cell, new_book, open_sheet, widths_of

CHANGES = {
    "list": "List",
    "child_id": "Child or adopter",
    "key": "Date of the row",
    "said": "What changed",
    "column": "Column",
    "old": "Was",
    "new": "Is now",
    "team": "Allocated Team",
    "worker": "Allocated Worker",
    "look": "To look at",
    "record": "Table of the record",
    "record_id": "Row of the record",
}
DATE = list(CHANGES).index("key")


def changes_xlsx(changes: Changes) -> bytes:
    """The workbook's bytes. "To look at" is No for what came by itself: days passed, or a later date of its kind."""
    book = new_book(f"Annex A: changes from {changes.before:{DAY}} to {changes.after:{DAY}}")
    table = _changes(changes)
    sheet = open_sheet(book, "Changes", table.columns, widths_of(table.cast(pl.String)), "C2")
    dated = dated_cell(sheet)
    days = changes.rows["key"].str.to_datetime(DAY, strict=False)
    for row, day in zip(table.iter_rows(), days, strict=True):
        dated.value = day
        sheet.append([*row[:DATE], dated if day else None, *row[DATE + 1 :]])
    sheet.auto_filter.ref = f"A1:{get_column_letter(table.width)}{table.height + 1}"
    totals = changes.totals.rename({"list": "List", "title": "Title", "before": "Rows before", "after": "Rows now"})
    totals = totals.rename({what.value: WORDS[what] for what in What})
    by_list = open_sheet(book, "By list", totals.columns, widths_of(totals.cast(pl.String)), "C2")
    for row in totals.iter_rows():
        by_list.append(row)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def _changes(changes: Changes) -> pl.DataFrame:
    said = pl.col("what").replace_strict({what.value: words for what, words in WORDS.items()})
    look = pl.when(pl.col("what").is_in(BY_ITSELF)).then(pl.lit("No")).otherwise(pl.lit("Yes"))
    told = changes.rows.with_columns(said.alias("said"), look.alias("look")).select(*CHANGES)
    return neutralised_frame(told.rename(CHANGES))
