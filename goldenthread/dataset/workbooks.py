"""An XLSX workbook's sheets as rows of plain values, opened only after its zip and its sheets were found harmless.

The sheet reader lays a sheet out as a full rectangle, so one cell far out on an empty sheet would take all memory;
and a zip may say less than it holds. Both are measured here first, reading the archive as a stream. Formulas are
never evaluated: a cell gives the result that was saved with it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from goldenthread.dataset.hostile import counted_chunks, ordinary_file
from goldenthread.dataset.rejects import RefusedFile
from goldenthread.dataset.workbook_texts import check_copied_text

MOST_FILE_BYTES = 200_000_000
MOST_UNPACKED_BYTES = 1_500_000_000
MOST_PARTS = 2_000
MOST_RATIO = 400
"""Unpacked size over packed size of one part; honest sheets reach about 60."""
RATIO_MATTERS_FROM = 20_000_000
MOST_ROWS = 300_000
"""Rows of one sheet; the largest authority's contacts of a year are about a tenth of that."""
MOST_COLUMNS = 200
MOST_CELLS = 20_000_000
"""Rows times columns of one sheet."""
LONGEST_TEXT = 32_767
"""Characters in a cell, Excel's own limit. A longer one is an attack: it is copied for each cell that shows it."""

EMPTY_CELL = re.compile(rb'<(?:\w+:)?c(?:\s+\w+\s*=\s*"[^"<>]*")*\s*/>')
COLUMN = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})[0-9]""")
FAR_ROW = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]{1,3}([0-9]{6,9})\s*["']""")
"""A reference to row 100,000 or beyond. Nearer ones need no counting: they cannot make too many cells."""
NO_RESULT = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]*>"""
    rb"""<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<>]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?</(?:\w+:)?c>"""
)
ERROR = re.compile(rb"""<(?:\w+:)?c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*?\br\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']""")
MAIN = "{*}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

Cell = str | float | bool | date | datetime | time | timedelta | int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows, the first being row 1.

    `no_result`: references of formula cells saved without a value; `errors`: of cells that show an error (#REF!).
    Both read as empty.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    no_result: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scan:
    """What reading one part through showed; `pointers` is at least the number of cells that share a text."""

    no_result: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    pointers: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in order, and the day the workbook was last saved when it says so."""

    sheets: tuple[Sheet, ...]
    saved_on: date | None


def read_workbook(path: Path) -> Workbook:
    """Every sheet of the workbook. RefusedFile, saying what to do, for anything that is not a sound XLSX file."""
    ordinary_file(path, most_bytes=MOST_FILE_BYTES)
    _refuse_other_formats(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
            names = _sheet_parts(path, archive)
            found = {part: _check_part(path, archive, part) for part in archive.namelist()}
            check_copied_text(archive, list(names), sum(scan.pointers for scan in found.values()), _too_big(path))
            saved_on = _saved_on(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise RefusedFile(f"{path} is damaged or cut short ({fault}). Copy or export it again.") from None
    return Workbook(tuple(_sheets(path, {names[part]: found[part] for part in names if part in found})), saved_on)


def _sheets(path: Path, scans: dict[str, _Scan]) -> list[Sheet]:
    try:
        with path.open("rb") as opened, CalamineWorkbook.from_filelike(opened) as book:
            return [
                Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), scan.no_result, scan.errors)
                for name in book.sheet_names
                if (scan := scans.get(name, _Scan()))
            ]
    except (CalamineError, ValueError, OSError) as fault:
        raise RefusedFile(f"{path} cannot be read as a workbook ({fault}). Save it again as .xlsx.") from None


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as opened:
        head = opened.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedFile(
            f"{path} is protected with a password or in the old .xls format. Open it, take the password off and save "
            "it as 'Excel Workbook (.xlsx)'."
        )
    if not head.startswith(b"PK"):
        raise RefusedFile(f"{path} is no Excel workbook. Save it as 'Excel Workbook (.xlsx)'.")


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise RefusedFile(
            f"{path} is no .xlsx workbook (an .ods or .xlsb file, or another archive). Save it as "
            "'Excel Workbook (.xlsx)'."
        )
    if len(parts) > MOST_PARTS or len(names) != len(set(names)):
        raise RefusedFile(f"{path} holds too many parts or the same part twice. Save it again from Excel.")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFile(f"{path} is protected with a password. Take it off and save the file again.")
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise _too_big(path)
    for part in parts:
        if part.file_size > RATIO_MATTERS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise RefusedFile(
                f"{path}: {part.filename} unpacks to {part.file_size // 1_000_000:,} MB from almost nothing, as a zip "
                "bomb does. Save the workbook again from Excel, without empty formatted rows."
            )


def _check_part(path: Path, archive: zipfile.ZipFile, part: str) -> _Scan:
    """Read the part through; RefusedFile for what it must not hold."""
    is_sheet = part.startswith("xl/worksheets/") and part.endswith(".xml")
    is_xml = part.endswith((".xml", ".rels"))
    no_result: list[str] = []
    errors: list[str] = []
    tail, most_row, most_column, run, pointers = b"", 0, 0, 0, 0
    with archive.open(part) as opened:
        for chunk in counted_chunks(opened, MOST_UNPACKED_BYTES, _too_big(path)):
            seen = tail + chunk
            if is_xml and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen):
                raise RefusedFile(f"{path}: {part} declares a document type. Save the workbook again from Excel.")
            if is_sheet:
                pointers += seen.count(b'"s"') + seen.count(b"'s'")
                rows, columns = _furthest(seen)
                most_row, most_column = max(most_row, rows), max(most_column, columns)
                _check_size(path, part, most_row, most_column)
                if b"<f" in seen or b":f" in seen:
                    no_result.extend(found.decode() for found in NO_RESULT.findall(seen))
                if b'"e"' in seen or b"'e'" in seen:
                    errors.extend(found.decode() for found in ERROR.findall(seen))
                cut = max(seen.rfind(b"</c>") + 4, len(seen) - (1 << 16)) if b"</c>" in seen else len(seen) - 200
                tail = seen[max(cut, 0) :]
            elif is_xml:
                run = _check_text(path, part, chunk, run)
                tail = chunk[-16:]
    return _Scan(tuple(dict.fromkeys(no_result)), tuple(dict.fromkeys(errors)), pointers)


def _furthest(seen: bytes) -> tuple[int, int]:
    """The furthest row, when beyond 100,000 (else 0), and column that a piece of a sheet refers to.

    Cells that are plainly empty do not count: people format whole columns.
    """
    columns, far = set(COLUMN.findall(seen)), FAR_ROW.findall(seen)
    if far or any(len(column) == 3 for column in columns):
        filled = EMPTY_CELL.sub(b"", seen)
        columns, far = set(COLUMN.findall(filled)), FAR_ROW.findall(filled)
    return max(map(int, far), default=0), max(map(_column_number, columns), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_size(path: Path, part: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise RefusedFile(
            f"{path}: {part} reaches to row {rows:,}, column {columns:,}; at most {MOST_ROWS:,} rows, {MOST_COLUMNS} "
            f"columns and {MOST_CELLS:,} cells a sheet are read. Delete what is not part of the list, or split it."
        )


def _check_text(path: Path, part: str, chunk: bytes, run: int) -> int:
    """The length of the text still open at the end of `chunk`, `run` being what was open before it."""
    pieces = re.split(rb"[<>]", chunk)
    longest = max(run + len(pieces[0]), max((len(piece) for piece in pieces[1:]), default=0))
    if longest > 4 * LONGEST_TEXT and part.startswith("xl/"):
        raise RefusedFile(
            f"{path}: a text of more than {LONGEST_TEXT:,} characters, beyond Excel's own limit. Save it from Excel."
        )
    return run + len(pieces[0]) if len(pieces) == 1 else len(pieces[-1])


def _sheet_parts(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    """Which part holds which sheet, by the workbook's own list."""
    book, relations = _small_xml(path, archive, "xl/workbook.xml"), _small_xml(path, archive, _RELATIONS)
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations.iter(f"{MAIN}Relationship")}
    parts: dict[str, str] = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION) or sheet.get(RELATION_STRICT) or "", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        parts[part] = sheet.get("name", "")
    return parts


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _small_xml(path: Path, archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with archive.open(part) as opened:
            found = b"".join(counted_chunks(opened, 10_000_000, _too_big(path)))
        if b"<!DOCTYPE" in found:
            raise RefusedFile(f"{path}: {part} declares a document type. Save the workbook again from Excel.")
        return etree.fromstring(found, parser)
    except (KeyError, etree.XMLSyntaxError) as fault:
        raise RefusedFile(f"{path}: {part} is missing or broken ({fault}). Save the workbook again.") from None


def _saved_on(archive: zipfile.ZipFile) -> date | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    with archive.open("docProps/core.xml") as opened:
        found = re.search(rb"modified[^>]*>(\d{4}-\d\d-\d\d)T", opened.read(100_000))
    try:
        return date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


def _too_big(path: Path) -> RefusedFile:
    most = MOST_UNPACKED_BYTES // 1_000_000
    return RefusedFile(f"{path} unpacks to more than {most:,} MB. Save it again from Excel with only the lists in it.")
