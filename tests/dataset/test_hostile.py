"""Files that would harm or mislead are refused, with a sentence on what to do."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.hostile import (
    FORMULA_STARTS,
    neutralise,
    neutralised_frame,
    ordinary_file,
    ordinary_folder,
    utf8_text,
    xml_elements,
)
from goldenthread.dataset.rejects import RefusedFile
from goldenthread.dataset.workbook_texts import check_copied_text
from goldenthread.dataset.workbooks import MOST_ROWS, read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def refused(read: Callable[[Path], object], path: Path) -> str:
    with pytest.raises(RefusedFile) as found:
        read(path)
    sentence = str(found.value)
    assert sentence.endswith(".")
    return sentence


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Made up"
    sheet.append(["Name", "Sum"])
    sheet.append(["Ada Example", "=1+1"])
    made.save(path)
    return path


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return changed


def test_folders_links_empty_and_absent_files_are_refused(tmp_path: Path) -> None:
    empty, link = tmp_path / "empty.xml", tmp_path / "link.xml"
    empty.touch()
    link.symlink_to(empty)
    assert "is a folder" in refused(ordinary_file, tmp_path)
    assert "is empty" in refused(ordinary_file, empty)
    assert "is a link" in refused(ordinary_file, link)
    assert "no file" in refused(ordinary_file, tmp_path / "absent.xml")
    assert "holds links" in refused(ordinary_folder, tmp_path)


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "not an ordinary file" in refused(ordinary_file, pipe)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(RefusedFile, match="2 MB; at most 1 MB"):
        ordinary_file(path, most_bytes=1_000_000)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("CHILD\n".encode("utf-16"), "UTF-16"),
        (b"CHILD,NAME\n1,Zo\xe9\n", "line 2: the byte 0xe9 is not UTF-8"),
        (b"CHILD\0\n", "not a text file"),
    ],
)
def test_other_encodings_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "header.csv"
    path.write_bytes(content)
    assert reason in refused(utf8_text, path)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_or_without_its_mark(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "header.csv"
    path.write_bytes(mark + "Zoë".encode())
    assert utf8_text(path) == "Zoë"


BOMB = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><m><c>&b;</c></m>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY f SYSTEM "file:///etc/hostname">]><m><c>&f;</c></m>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, BOMB.encode("utf-16").decode("latin-1")])
def test_a_document_type_is_refused_in_any_encoding(tmp_path: Path, text: str) -> None:
    path = tmp_path / "census.xml"
    path.write_bytes(text.encode("latin-1"))
    assert "document type" in refused(lambda found: list(xml_elements(found)), path)


@pytest.mark.parametrize("text", ["<m><c>1</c>", "<m><c></m>", "not xml", "<!-- only a comment -->"])
def test_broken_and_truncated_xml_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "census.xml"
    path.write_text(text, encoding="utf-8")
    refused(lambda found: list(xml_elements(found)), path)


def test_sound_xml_is_streamed_element_by_element(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text("<!-- <!DOCTYPE not> --><m xmlns='urn:x'><c>1</c><d/><c>2</c></m>", encoding="utf-8")
    assert [element.text for element in xml_elements(path, "{*}c")] == ["1", "2"]


def test_a_sound_workbook_is_read_and_its_formulas_are_not_worked_out(book: Path) -> None:
    (sheet,) = read_workbook(book).sheets
    assert sheet.name == "Made up"
    assert [list(row) for row in sheet.rows] == [["Name", "Sum"], ["Ada Example", ""]]
    assert sheet.no_result == ("B2",)


def test_a_saved_result_of_a_formula_is_the_cells_value(book: Path) -> None:
    changed = with_part(book, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    (sheet,) = read_workbook(changed).sheets
    assert sheet.rows[1][1] == 2
    assert sheet.no_result == ()


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    made = openpyxl.Workbook()
    cell = made.worksheets[0].cell(1, 1, "=cmd|' /C calc'!A0")
    cell.data_type = "s"
    made.save(path)
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows[0][0] == "=cmd|' /C calc'!A0"


def test_a_cell_far_out_on_an_empty_sheet_is_refused(book: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    changed = with_part(book, SHEET, lambda xml: xml.replace(b"</sheetData>", far))
    assert "at most" in refused(read_workbook, changed)


def test_a_million_rows_are_refused_and_formatted_empty_ones_are_not(book: Path) -> None:
    def rows(cell: str) -> bytes:
        made = io.BytesIO()
        for row in range(3, MOST_ROWS + 2, 1000):
            made.write(f'<row r="{row}">{cell.format(row)}</row>'.encode())
        last = MOST_ROWS + 2
        made.write(f'<row r="{last}">{cell.format(last)}</row></sheetData>'.encode())
        return made.getvalue()

    full, empty = rows('<c r="A{}"><v>1</v></c>'), rows('<c r="A{}" s="1"/>')
    changed = with_part(book, SHEET, lambda xml: xml.replace(b"</sheetData>", full))
    assert f"row {MOST_ROWS + 2:,}" in refused(read_workbook, changed)
    changed = with_part(book, SHEET, lambda xml: xml.replace(b"</sheetData>", empty))
    assert len(read_workbook(changed).sheets[0].rows) == 2


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Path) -> None:
    changed = with_part(book, "xl/media/picture.xml", lambda _: b" " * 30_000_000)
    assert "zip bomb" in refused(read_workbook, changed)


def test_an_entity_in_a_workbooks_xml_is_refused(book: Path) -> None:
    doctype = b'<!DOCTYPE w [<!ENTITY a "ha">]>'
    for part in ("xl/workbook.xml", SHEET, "xl/styles.xml"):
        changed = with_part(book, part, lambda xml: doctype + xml)
        assert "document type" in refused(read_workbook, changed)


def test_a_text_beyond_excels_own_limit_is_refused(book: Path) -> None:
    shared = b"<sst><si><t>" + b"x" * 200_000 + b"</t></si></sst>"
    assert "characters" in refused(read_workbook, with_part(book, "xl/sharedStrings.xml", lambda _: shared))


def test_one_long_text_in_very_many_cells_is_refused(book: Path) -> None:
    shared = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si><si><t>y</t></si></sst>"
    book = with_part(book, "xl/sharedStrings.xml", lambda _: shared).rename(book.with_name("shared.xlsx"))

    def cells(text: int) -> Callable[[bytes], bytes]:
        made = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (row, row, text) for row in range(3, 70_000)
        )
        return lambda xml: xml.replace(b"</sheetData>", made + b"</sheetData>")

    assert "unpacks to more than" in refused(read_workbook, with_part(book, SHEET, cells(0)))
    archive = with_part(book, SHEET, cells(1))
    refusal = RefusedFile("Too much.")
    with zipfile.ZipFile(archive) as opened:
        check_copied_text(opened, [SHEET], 70_000, refusal)


@pytest.mark.parametrize("kept", [100, 1500, 3000])
def test_a_truncated_workbook_is_refused(book: Path, kept: int) -> None:
    cut = book.with_name("cut.xlsx")
    cut.write_bytes(book.read_bytes()[:kept])
    assert "damaged or cut short" in refused(read_workbook, cut)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_sheet_cut_short_inside_a_sound_archive_is_refused(book: Path, kept: float) -> None:
    changed = with_part(book, SHEET, lambda xml: xml[: int(len(xml) * kept)])
    assert "cannot be read as a workbook" in refused(read_workbook, changed)


def test_a_damaged_byte_inside_is_refused(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        at = archive.getinfo(SHEET).header_offset + 60
    content = bytearray(book.read_bytes())
    content[at : at + 40] = bytes(40)
    broken = book.with_name("broken.xlsx")
    broken.write_bytes(content)
    refused(read_workbook, broken)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password or in the old .xls"),
        (b"Child Unique ID,Gender\n1,2\n", "no Excel workbook"),
        (b"<html></html>", "no Excel workbook"),
    ],
)
def test_other_formats_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert reason in refused(read_workbook, path)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert ".ods" in refused(read_workbook, path)


def test_a_sheet_whose_part_is_missing_is_refused(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    changed = book.with_name("changed.xlsx")
    with zipfile.ZipFile(changed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    refused(read_workbook, changed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+44 example", "'+44 example"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("-5", "-5"),
        ("-1.5%", "-1.5%"),
        ("-", "'-"),
        ("Example", "Example"),
        ("", ""),
    ],
)
def test_a_formula_is_neutralised_and_a_number_is_not(value: str, shown: str) -> None:
    assert neutralise(value) == shown


@settings(deadline=None)
@given(st.text(max_size=20))
def test_nothing_neutralised_begins_like_a_formula_unless_it_is_a_number(value: str) -> None:
    shown = neutralise(value)
    assert shown in (value, f"'{value}")
    if shown.startswith(FORMULA_STARTS):
        float(shown.rstrip("%").replace(",", ""))


def test_a_frame_is_neutralised_column_by_column() -> None:
    frame = pl.DataFrame({"name": ["=x", None], "rows": [1, 2]})
    assert neutralised_frame(frame).rows() == [("'=x", 1), (None, 2)]
