"""Reading Ofsted's lists of providers, in the layouts it sends to authorities.

- Children's homes: one sheet "Provider information", or "Settings and Inspection Info" with the postcodes apart in
  "Address Details".
- Social care providers: one sheet of those registered, one of those closed, with the day they were deregistered.
- Both in one workbook: one sheet, or "Providers" and "SA Providers". Supported accommodation is placement K3 and
  provider PR4 (private) where the list does not say.

A list is known by its headings, wherever they stand in the sheet's first lines; hidden sheets are not read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from goldenthread.dataset import values
from goldenthread.dataset.hostile import utf8_text
from goldenthread.dataset.rejects import RefusedFile, Reject, Rejects
from goldenthread.dataset.workbooks import Cell, read_workbook
from goldenthread.quality.reference.providers import NAMES, fields_of, normalised

HEADING_LINES = 30
"""Lines of a sheet among which its headings are looked for; a title and notes may come first."""
ALL_IN_ONE = "provider information"
SETTINGS, ADDRESSES = "settings and inspection info", "address details"
SUPPORTED = re.compile(r"\bsa\b|supported accommodation")
SUPPORTED_CODES: Mapping[str, str] = {"PLACE_CODES": "K3", "PROVIDER_CODES": "PR4"}
NEEDED = ("URN", "POSTCODE", "PLACE_CODES", "PROVIDER_CODES")
NOT_SAID = frozenset({"REDACTED", "N/A", "NA", "-", "NOT APPLICABLE", "NOT KNOWN", "UNKNOWN", "NULL"})
"""What stands in a cell for nothing; Ofsted withholds the addresses of children's homes in its open lists."""
URN = r"^[A-Za-z]*[0-9][0-9A-Za-z]*$"
"""One word with a digit in it; notes below a list are sentences."""
SHEET, ROW = "_sheet", "_row"


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet that names providers. `rows`: its row number, as a person counts, with the text of each field."""

    sheet: str
    fields: frozenset[str]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_providers(path: Path) -> pl.DataFrame:
    """The providers in the workbook or CSV file, as `normalised` gives them. RefusedFile when it holds no such list."""
    return read_provider_list(path)[0]


def read_provider_list(path: Path) -> tuple[pl.DataFrame, Rejects]:
    """The providers, and the rows and cells of the list that could not be used."""
    rows: list[dict[str, str | int]] = []
    for listed in _lists(path):
        if absent := [field for field in NEEDED if field not in listed.fields]:
            raise _lacks(path, listed, absent)
        rows.extend({SHEET: listed.sheet, ROW: number, **cells} for number, cells in listed.rows)
    if not rows:
        raise RefusedFile(f"{path} names no provider. Give Ofsted's list as it was sent.")
    schema = {SHEET: pl.String(), ROW: pl.Int64(), **dict.fromkeys(NAMES, pl.String())}
    usable, rejects = _usable(path, pl.DataFrame(rows, schema=schema))
    return normalised(usable), rejects


def _lists(path: Path) -> list[Listed]:
    """The sheets to read, by the layout the workbook has. RefusedFile when none names providers."""
    found = {_plain(listed.sheet): listed for listed in _listed(path)}
    if ALL_IN_ONE in found:
        return [found[ALL_IN_ONE]]
    if SETTINGS in found and ADDRESSES in found:
        return [_with_postcodes(found[SETTINGS], found[ADDRESSES])]
    lists = [_supported(listed) if SUPPORTED.search(name) else listed for name, listed in found.items()]
    with_codes = [listed for listed in lists if "PLACE_CODES" in listed.fields or "PROVIDER_CODES" in listed.fields]
    if not lists:
        raise RefusedFile(
            f"{path} has no sheet with a column URN in its first {HEADING_LINES} lines. Give Ofsted's list of "
            "children's homes or of social care providers."
        )
    return with_codes or lists


def _listed(path: Path) -> Iterator[Listed]:
    for sheet, lines in _sheets(path):
        for place, line in enumerate(islice(lines, HEADING_LINES)):
            fields = fields_of(dict.fromkeys(text for cell in line if (text := _text(cell))))
            if "URN" in fields:
                yield _rows_below(sheet, lines, place, fields)
                break


def _rows_below(
    sheet: str, lines: Sequence[Sequence[Cell]], place: int, fields: Mapping[str, tuple[str, ...]]
) -> Listed:
    headings = [_text(cell) for cell in lines[place]]
    where = {field: [headings.index(heading) for heading in held] for field, held in fields.items()}
    rows = []
    for number, line in enumerate(lines[place + 1 :], start=place + 2):
        cells = {
            field: next((text for at in held if at < len(line) and (text := _said(line[at]))), "")
            for field, held in where.items()
        }
        if any(cells.values()):
            rows.append((number, cells))
    return Listed(sheet, frozenset(fields), tuple(rows))


def _sheets(path: Path) -> Iterator[tuple[str, Sequence[Sequence[Cell]]]]:
    if path.suffix.lower() == ".csv":
        try:
            yield path.stem, list(csv.reader(StringIO(utf8_text(path), newline="")))
        except csv.Error as fault:
            raise RefusedFile(f"{path} cannot be read as a table ({fault}). Save it again as 'CSV UTF-8'.") from None
        return
    sheets = read_workbook(path).sheets
    with CalamineWorkbook.from_path(path) as book:
        hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    yield from ((sheet.name, sheet.rows) for sheet in sheets if sheet.name not in hidden)


def _with_postcodes(settings: Listed, addresses: Listed) -> Listed:
    held = {cells["URN"]: cells.get("POSTCODE", "") for _, cells in addresses.rows}
    rows = tuple(
        (number, {**cells, "POSTCODE": cells.get("POSTCODE") or held.get(cells["URN"], "")})
        for number, cells in settings.rows
    )
    return Listed(settings.sheet, settings.fields | addresses.fields & {"POSTCODE"}, rows)


def _supported(listed: Listed) -> Listed:
    rows = tuple(
        (number, {**cells, **{field: cells.get(field) or code for field, code in SUPPORTED_CODES.items()}})
        for number, cells in listed.rows
    )
    return Listed(listed.sheet, listed.fields | SUPPORTED_CODES.keys(), rows)


def _usable(path: Path, rows: pl.DataFrame) -> tuple[pl.DataFrame, Rejects]:
    """The rows that have a URN, without the cells that cannot be used; each row and cell lost is noted."""
    rejects = Rejects()
    named = (pl.col("URN").str.contains(URN)).fill_null(False)
    rejects.extend(
        _reject(path, row, "URN", "is no URN", "Correct it.") for row in rows.filter(~named).iter_rows(named=True)
    )
    rows = rows.filter(named)
    for field, parser in (("REG_END", values.day(serials=True)), ("POSTCODE", values.postcode())):
        bad = parser(rows[field])[1]
        rejects.extend(
            _reject(path, row, field, parser.reason, parser.what_to_do)
            for row in rows.filter(bad).iter_rows(named=True)
        )
        rows = rows.with_columns(rows[field].set(bad, None))
    return rows.drop(SHEET, ROW), rejects


def _reject(
    path: Path,
    row: Mapping[str, Any],  # texts, and the row's number
    field: str,
    reason: str,
    what_to_do: str,
) -> Reject:
    value = row[field] or ""
    return Reject(path.name, row[SHEET], row[ROW], field, value, reason, what_to_do, whole_row=field == "URN")


def _lacks(path: Path, listed: Listed, absent: Sequence[str]) -> RefusedFile:
    names = "; ".join(f"{field} ({' or '.join(map(repr, NAMES[field]))})" for field in absent)
    return RefusedFile(
        f"{path}, sheet {listed.sheet!r}: there is no column for {names}. Give Ofsted's list as it was sent."
    )


def _said(cell: Cell) -> str:
    text = _text(cell)
    return "" if text.upper() in NOT_SAID else text


def _text(cell: Cell) -> str:
    match cell:
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()[:10]
        case _:
            return " ".join(str(cell).split())


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()
