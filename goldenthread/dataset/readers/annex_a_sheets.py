"""Which sheet of a workbook is which list, where its headings stand, and its rows as text under Ofsted's own names.

Nothing here interprets a cell. What cannot be placed (a sheet that is no list, a heading that no list has) is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from goldenthread.dataset.hostile import FORMULA_STARTS
from goldenthread.dataset.readers.annex_a_lists import LISTS, AnnexList, spelt
from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.rejects import Reject, Rejects
from goldenthread.dataset.workbooks import Cell, Sheet, Workbook

HEADING_ROWS = 10
"""How far down the row of headings is looked for: templates put a title, and sometimes notes, above it."""
VALUELESS = "Open the workbook in Excel, put the value itself in the cell, and save."
NUMBERED = re.compile(r"^\W*(?:annex\W*a\W*)?list\W*_?0?(\d{1,2})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawList:
    """One list as it stands in the workbook: its sheet and its rows as text, with the sheet row in `LINE`."""

    annex_list: AnnexList
    sheet: str
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Laid:
    """The lists found in a workbook, what could not be placed, and what is said about the whole."""

    lists: tuple[RawList, ...]
    rejects: Rejects
    notes: tuple[str, ...]


def lay_out(workbook: Workbook, file: str) -> Laid:
    """The lists of the workbook, in order of their number."""
    rejects, notes = Rejects(), []
    found: dict[int, RawList] = {}
    ignored: list[str] = []
    for sheet in workbook.sheets:
        wanted = list_named(sheet.name)
        if wanted is None:
            ignored.append(sheet.name)
        elif wanted.number in found:
            earlier = found[wanted.number].sheet
            rejects.add(_whole_sheet(file, sheet, f"is a second sheet for {wanted.place}; '{earlier}' was read"))
        elif raw := _raw_list(wanted, sheet, file, rejects):
            found[wanted.number] = raw
    if ignored:
        notes.append(f"Sheets that are no list and were not read: {', '.join(ignored)}.")
    notes += _missing(found)
    return Laid(tuple(found[number] for number in sorted(found)), rejects, tuple(notes))


def list_named(title: str) -> AnnexList | None:
    """The list a sheet's title means: 'List 1', 'list_01', 'List 1 - Contacts' or 'Contacts'; None for another."""
    if numbered := NUMBERED.match(title):
        return next((found for found in LISTS if found.number == int(numbered[1])), None)
    plain = spelt(title)
    return next(
        (found for found in LISTS if plain in {spelt(name) for name in (found.title, *found.also_titled)}), None
    )


def _raw_list(wanted: AnnexList, sheet: Sheet, file: str, rejects: Rejects) -> RawList | None:
    at = _heading_row(wanted, sheet.rows)
    if at is None:
        if any(_text(cell) for row in sheet.rows for cell in row):
            reason = f"has no row with the headings of {wanted.place} in its first {HEADING_ROWS} rows"
            rejects.add(_whole_sheet(file, sheet, reason))
        return None
    places = _places(wanted, sheet, at, file, rejects)
    body = sheet.rows[at + 1 :]
    columns = {name: pl.Series(name, _column(body, where), dtype=pl.String) for name, where in places.items()}
    lines = pl.Series(LINE, range(at + 2, at + 2 + len(body)), dtype=pl.Int64)
    frame = pl.DataFrame([lines, *columns.values()])
    frame = frame.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in columns))
    _list_valueless(sheet, at, places, file, rejects)
    return RawList(wanted, sheet.name, frame)


def _heading_row(wanted: AnnexList, rows: Sequence[Sequence[Cell]]) -> int | None:
    """The row, from 0, with most of the list's headings; it must have the row's key and two more."""
    best, most = None, 2
    for at, row in enumerate(rows[:HEADING_ROWS]):
        known = {wanted.names.get(spelt(_text(cell) or "")) for cell in row} - {None}
        if wanted.row_key in known and len(known) > most:
            best, most = at, len(known)
    return best


def _places(wanted: AnnexList, sheet: Sheet, at: int, file: str, rejects: Rejects) -> dict[str, int]:
    """Each known heading and its column, from 0; other columns that hold anything are listed as rejects."""
    places: dict[str, int] = {}
    for where, cell in enumerate(sheet.rows[at]):
        heading = _text(cell) or ""
        meant = wanted.names.get(spelt(heading))
        if meant and meant not in places:
            places[meant] = where
            continue
        held = sum(1 for row in sheet.rows[at + 1 :] if where < len(row) and _text(row[where]))
        if held or heading:
            reason = "stands twice; the first was read" if meant else f"is no column of {wanted.place}"
            rejects.add(
                Reject(
                    file,
                    sheet.name,
                    at + 1,
                    heading or f"column {where + 1}, without a heading",
                    f"{held} cells",
                    f"{reason}, so it was not loaded",
                    "Take the column out, or give it the heading of the template.",
                )
            )
    return places


def _list_valueless(sheet: Sheet, at: int, places: dict[str, int], file: str, rejects: Rejects) -> None:
    """A formula saved without its result, or with an error for one, has no value to read; nothing is worked out."""
    names = {where: name for name, where in places.items()}
    for references, reason in (
        (sheet.no_result, "holds a formula that was saved without its result; formulas are never worked out"),
        (sheet.errors, "shows an error instead of a value"),
    ):
        for reference in references:
            letters = reference.rstrip("0123456789")
            row, where = int(reference[len(letters) :]), _column_of(letters)
            if where in names and row > at + 1:
                rejects.add(Reject(file, sheet.name, row, names[where], "", reason, VALUELESS))


def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _missing(found: dict[int, RawList]) -> list[str]:
    notes: list[str] = []
    if absent := [f"{wanted.number} ({wanted.title})" for wanted in LISTS if wanted.number not in found]:
        notes.append(f"Lists not in the workbook: {', '.join(absent)}.")
    for raw in found.values():
        wanted = raw.annex_list
        gone = [heading for heading in wanted.headings if heading.name not in raw.frame.columns]
        newer = [heading for heading in wanted.headings if heading.since > 2019]
        if newer and set(newer) <= set(gone):
            notes.append(f"{wanted.place} is in the layout of 2019, without {_quoted(newer)}.")
            gone = [heading for heading in gone if heading not in newer]
        if gone:
            notes.append(f"{wanted.place} lacks the columns {_quoted(gone)}.")
    return notes


def _quoted(headings: Sequence[object]) -> str:
    return ", ".join(f"'{getattr(heading, 'name', heading)}'" for heading in headings)


def _whole_sheet(file: str, sheet: Sheet, reason: str) -> Reject:
    rows = sum(1 for row in sheet.rows if any(_text(cell) for cell in row))
    return Reject(
        file,
        sheet.name,
        None,
        "",
        f"{rows} rows",
        reason,
        "Lay the sheet out as in Ofsted's template, one sheet for each list.",
        whole_row=True,
    )


def _column(body: Sequence[Sequence[Cell]], where: int) -> list[str | None]:
    return [_text(row[where]) if where < len(row) else None for row in body]


def _text(cell: Cell) -> str | None:
    """A cell as text: dates in ISO form, whole numbers without decimals, empty as None.

    The apostrophe that keeps a spreadsheet from taking a text for a formula is no part of the text.
    """
    if isinstance(cell, str):
        bare = cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA_STARTS) else cell
        return bare if bare and not bare.isspace() else None
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != datetime.min.time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return None if cell is None else str(cell)
