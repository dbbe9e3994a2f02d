"""An SSDA903 return as it was uploaded: the first stage of reading, and what the return's own rules are run on.

`load_tables` gives text and nothing but text: column names in upper case, values untouched, blank cells null. `_line`
is the line of the file and `_file` its name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from goldenthread.dataset.hostile import ordinary_file, ordinary_folder, utf8_text
from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.readers.ssda903_plain import plain_rows
from goldenthread.dataset.readers.ssda903_tables import COLUMNS, DERIVED, column_name, table_of
from goldenthread.dataset.readers.ssda903_xml import Row, xml_rows
from goldenthread.dataset.rejects import RefusedFile, Reject, Rejects

FILE = "_file"
LONGEST_CELL = 500
"""Characters; no value of the return comes near, so a longer one is a fault and is not carried on."""


@dataclass(slots=True)
class RawReturn:
    """One year's return as text. `rows_in` counts the rows met, by file, whether or not they could be used."""

    tables: dict[str, pl.DataFrame]
    rejects: Rejects
    warnings: Rejects
    prefix: str = ""
    rows_in: dict[Path, int] = field(default_factory=dict)

    def name_of(self, file: Path) -> str:
        """What rejects call the file: its name, with ? for what is no text."""
        return self.prefix + file.name.encode("utf-8", "replace").decode()


def load_tables(path: Path, *, prefix: str = "") -> RawReturn:
    """The tables in `path`: a folder of CSV files, one CSV file, or an XML file. `prefix` goes before file names.

    A CSV's table is known by its columns, whatever the file is called; columns and rows that fit nowhere are listed.
    Raises RefusedFile when nothing in `path` is an SSDA903 table, or for harmful XML.
    """
    raw = RawReturn({}, Rejects(), Rejects(), prefix)
    frames: dict[str, list[pl.DataFrame]] = {}
    for file in _files(path):
        for table, frame in _tables_in(file, raw, alone=not path.is_dir()):
            frames.setdefault(table, []).append(frame)
    if not frames:
        because = " ".join(sorted({reject.reason for reject in raw.rejects.found}))
        raise RefusedFile(f"{path} holds no SSDA903 table. {because}".strip())
    for table, parts in frames.items():
        if len(parts) > 1:
            names = ", ".join(str(part[FILE][0]) for part in parts if part.height)
            raw.warnings.add(
                Reject(path.name, table, None, "", names, "comes in several files, which are read together")
            )
        raw.tables[table] = pl.concat(parts, how="diagonal")
    return raw


def _files(path: Path) -> tuple[Path, ...]:
    if not path.is_dir():
        return (ordinary_file(path),)
    files = tuple(file for file in ordinary_folder(path) if file.suffix.lower() in {".csv", ".xml"})
    csvs = tuple(file for file in files if file.suffix.lower() == ".csv")
    if not files:
        raise RefusedFile(f"{path} holds no CSV or XML file. Give the folder that the return was exported to.")
    return csvs or files


def _tables_in(file: Path, raw: RawReturn, *, alone: bool) -> Iterator[tuple[str, pl.DataFrame]]:
    raw.rows_in.setdefault(file, 0)
    if file.suffix.lower() == ".xml":
        rows = xml_rows(file, raw.name_of(file), raw.rejects)
        for table, found in rows.items():
            raw.rows_in[file] += len(found)
            derived = (name for name in DERIVED.get(table, ()) if any(row.get(name) for row in found))
            columns = (*COLUMNS[table], *derived)
            yield table, _frame(file, table, columns, _of_rows(columns, found), raw)
        return
    try:
        read = _csv_table(file, raw)
    except RefusedFile as refused:
        if alone:
            raise
        raw.rejects.add(Reject(raw.name_of(file), "", None, "", "", str(refused), "Export it again.", whole_row=True))
        raw.rows_in[file] += 1
        return
    if read:
        yield read


def _csv_table(file: Path, raw: RawReturn) -> tuple[str, pl.DataFrame] | None:
    text = utf8_text(file)
    first = text.partition("\n")[0]
    headings = _cells(first)
    if headings is None or (len(headings) == 1 and any(mark in first for mark in ";\t|")):
        raise RefusedFile(f"{file.name}: its first line is not headings parted by commas. Save it as CSV.")
    columns = [column_name(heading) for heading in headings]
    table = table_of(columns)
    if table is None:
        reason = f"{file.name} has the columns of no SSDA903 table: {', '.join(columns)[:200]}."
        what_to_do = "Remove it from the folder, or correct its headings."
        raw.rejects.add(Reject(raw.name_of(file), "", 1, "", "", reason, what_to_do, whole_row=True))
        raw.rows_in[file] += 1
        return None
    kept = _kept_columns(file, table, columns, raw)
    rows = plain_rows(text, len(columns))
    if rows is None:
        rows = _of_rows(kept, list(_csv_rows(file, table, text.split("\n"), columns, kept, raw)))
    else:
        raw.rows_in[file] += rows.height
        rows = rows.select(LINE, **{name: pl.col(str(place)) for name, place in kept.items()})
    return table, _frame(file, table, tuple(kept), rows, raw)


def _kept_columns(file: Path, table: str, columns: list[str], raw: RawReturn) -> dict[str, int]:
    """Where each known column stands; those unknown, given twice or missing are listed."""
    known = (*COLUMNS[table], *DERIVED.get(table, ()))
    kept: dict[str, int] = {}
    for place, name in enumerate(columns):
        if name in known and name not in kept:
            kept[name] = place
        elif name:
            reason = "is given twice, and the first is kept" if name in kept else f"is no column of {table}"
            raw.rejects.add(Reject(raw.name_of(file), table, 1, name, "", reason, "Remove the column."))
    for name in COLUMNS[table]:
        if name not in kept:
            reason = "is missing: its values are unknown"
            raw.warnings.add(
                Reject(raw.name_of(file), table, 1, name, "", reason, "Add the column if the year has it.")
            )
    return kept


def _csv_rows(
    file: Path, table: str, lines: list[str], columns: list[str], kept: dict[str, int], raw: RawReturn
) -> Iterator[Row]:
    for number, line in enumerate(lines[1:], start=2):
        cells = _cells(line)
        if cells is not None and not any(cell.strip("\r ") for cell in cells):
            continue
        raw.rows_in[file] += 1
        fault = "has a quotation mark that is not closed" if cells is None else _wrong_length(cells, len(columns))
        if cells is None or fault:
            raw.rejects.add(
                Reject(raw.name_of(file), table, number, "", line[:60], fault, "Export it again.", whole_row=True)
            )
            continue
        row: Row = {name: cells[place] for name, place in kept.items()}
        yield row | {LINE: number}


def _cells(line: str) -> list[str] | None:
    """The cells of a line; None when its quotation marks do not pair. No value of the return holds a line break."""
    plain = line.rstrip("\r")
    if '"' not in plain:
        return plain.split(",")
    try:
        return next(csv.reader([plain], strict=True))
    except csv.Error:
        return None


def _wrong_length(cells: list[str], wanted: int) -> str:
    if len(cells) == wanted or (len(cells) > wanted and not any(cell.strip() for cell in cells[wanted:])):
        return ""
    return f"has {len(cells)} cells where the headings have {wanted}"


def _of_rows(columns: Iterable[str], rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={LINE: pl.Int64(), **dict.fromkeys(columns, pl.String())})


def _frame(file: Path, table: str, columns: tuple[str, ...], frame: pl.DataFrame, raw: RawReturn) -> pl.DataFrame:
    """The rows as text, blank cells null, cells beyond all reason listed and left out."""
    for name in columns:
        # In bytes first, which are there to be read: the characters of every cell would have to be counted.
        long = frame[name].str.len_bytes() > LONGEST_CELL
        if not long.any():
            continue
        for place in (long & (frame[name].str.len_chars() > LONGEST_CELL)).fill_null(False).arg_true():
            value, line = frame[name][place][:60] + "...", frame[LINE][place]
            reason = f"is longer than {LONGEST_CELL} characters"
            raw.rejects.add(Reject(raw.name_of(file), table, line, name, value, reason, "Correct it."))
    calm = pl.col(columns)
    blank = (calm.str.strip_chars() == "") | (calm.str.len_chars() > LONGEST_CELL)
    return frame.with_columns(pl.when(~blank).then(calm)).with_columns(pl.lit(raw.name_of(file)).alias(FILE))
