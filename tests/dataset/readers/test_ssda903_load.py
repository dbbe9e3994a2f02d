"""The SSDA903 return as uploaded: which table a file is, what is kept as it stands, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.readers.ssda903_load import RawReturn, load_tables
from goldenthread.dataset.readers.ssda903_tables import COLUMNS, DERIVED, table_of
from goldenthread.dataset.rejects import RefusedFile

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,27/03/2012,01/05/2023,PN1\n"


def load(tmp_path: Path, **files: str | bytes) -> RawReturn:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_tables(tmp_path)


def rejected(raw: RawReturn) -> list[tuple[int | None, str, bool]]:
    return [(reject.row, reject.column, reject.whole_row) for reject in raw.rejects.found]


@pytest.mark.parametrize("table", COLUMNS)
def test_each_table_is_known_by_its_columns_in_any_order(table: str) -> None:
    assert table_of(reversed(COLUMNS[table])) == table
    assert table_of([*COLUMNS[table], *DERIVED.get(table, ())]) == table


@pytest.mark.parametrize("table", [name for name, columns in COLUMNS.items() if len(columns) > 4])
def test_an_earlier_years_table_without_one_column_is_known(table: str) -> None:
    for absent in COLUMNS[table][2:]:
        assert table_of([name for name in COLUMNS[table] if name != absent]) == table


@pytest.mark.parametrize(
    "columns", [[], ["CHILD"], ["CHILD", "DOB", "SEX"], ["DOB", "REVIEW", "REVIEW_CODE"], ["A", "B"]]
)
def test_columns_of_no_table_are_no_table(columns: list[str]) -> None:
    assert table_of(columns) is None


def test_a_file_is_known_by_its_columns_not_its_name(tmp_path: Path) -> None:
    assert list(load(tmp_path, header=REVIEWS).tables) == ["Reviews"]


def test_values_stay_as_uploaded_and_blank_cells_are_null(tmp_path: Path) -> None:
    raw = load(tmp_path, a="\ufeffchild,Review_Code,dob,REVIEW\r\n a1 ,pn1,  ,31/02/2023\r\n,,,\r\n")
    assert raw.tables["Reviews"].select("CHILD", "DOB", "REVIEW", "REVIEW_CODE", "_line").rows() == [
        (" a1 ", None, "31/02/2023", "pn1", 2)
    ]
    assert not raw.rejects.found


def test_quoted_cells_may_hold_commas(tmp_path: Path) -> None:
    raw = load(tmp_path, a='CHILD,DOB,REVIEW,REVIEW_CODE\n"A,1",27/03/2012,"01/05/2023",PN1\n')
    assert raw.tables["Reviews"]["CHILD"].to_list() == ["A,1"]


def test_a_column_of_no_table_is_listed_and_a_missing_one_warned_of(tmp_path: Path) -> None:
    raw = load(tmp_path, a="CHILD,REVIEW,REVIEW_CODE,MOOD\nA1,01/05/2023,PN1,good\n")
    assert rejected(raw) == [(1, "MOOD", False)]
    assert [(warning.row, warning.column) for warning in raw.warnings.found] == [(1, "DOB")]
    assert "MOOD" not in raw.tables["Reviews"].columns


@pytest.mark.parametrize("row", ["A1,27/03/2012", "A1,27/03/2012,01/05/2023,PN1,more", '"A1,27/03/2012,01/05/2023,PN1'])
def test_a_row_of_the_wrong_shape_is_listed_with_its_line_and_the_next_loads(tmp_path: Path, row: str) -> None:
    raw = load(tmp_path, a=f"CHILD,DOB,REVIEW,REVIEW_CODE\n{row}\nB2,27/03/2012,01/05/2023,PN1\n")
    assert rejected(raw) == [(2, "", True)]
    assert raw.tables["Reviews"].select("CHILD", "_line").rows() == [("B2", 3)]


def test_a_file_of_no_table_is_listed_and_the_others_load(tmp_path: Path) -> None:
    raw = load(tmp_path, a=REVIEWS, b="NAME,AGE\nSam,4\n")
    assert [(reject.file, reject.whole_row) for reject in raw.rejects.found] == [("b.csv", True)]
    assert list(raw.tables) == ["Reviews"]


@pytest.mark.parametrize(
    "text", [REVIEWS.replace("A1", "Zoë").encode("windows-1252"), REVIEWS.encode("utf-16"), b"\0\1", b""]
)
def test_a_file_that_is_not_utf8_text_is_listed_and_the_others_load(tmp_path: Path, text: bytes) -> None:
    raw = load(tmp_path, a=REVIEWS, b=text)
    assert [(reject.file, reject.whole_row) for reject in raw.rejects.found] == [("b.csv", True)]
    assert raw.tables["Reviews"].height == 1


def test_a_huge_cell_is_listed_and_not_carried(tmp_path: Path) -> None:
    raw = load(tmp_path, a=f"CHILD,DOB,REVIEW,REVIEW_CODE\nA1,{'9' * 2_000_000},01/05/2023,PN1\n")
    assert rejected(raw) == [(2, "DOB", False)]
    assert raw.tables["Reviews"]["DOB"].to_list() == [None]


@pytest.mark.parametrize("text", ["CHILD;DOB;REVIEW;REVIEW_CODE\nA1;;;\n", "NAME,AGE\nSam,4\n", "no table"])
def test_a_folder_without_a_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RefusedFile, match="no SSDA903 table"):
        load(tmp_path, a=text)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="no CSV or XML"):
        load(tmp_path)


XML = """<EXPSSDA903>
<CHILD><HEADER><CHILDID>A1</CHILDID><SEX>2</SEX><DOB>28/07/2010</DOB><UASC>1</UASC><DUC>28/07/2028</DUC>
<AREVIEW><REVIEW>27/09/2023</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>
<AREVIEW><REVIEW>14/01/2024</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AMISSING><MISSING>M</MISSING><MIS_START>01/06/2023</MIS_START></AMISSING>
<PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE><OC2><SDQ_SCORE>21</SDQ_SCORE></OC2>
<AD_PLACED><DATE_PLACED>01/05/2023</DATE_PLACED></AD_PLACED>
<IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM><DATE_INT>01/05/2023</DATE_INT></HEADER>
<EPISODE><DECOM>06/01/2023</DECOM><RNE>S</RNE><PL>R5</PL><DEC /></EPISODE></CHILD>
<CHILD><HEADER><CHILDID>B2</CHILDID><UASC>0</UASC></HEADER></CHILD>
</EXPSSDA903>"""


def load_xml(tmp_path: Path, text: str) -> RawReturn:
    path = tmp_path / "return.xml"
    path.write_text(text, encoding="utf-8")
    return load_tables(path)


@pytest.mark.parametrize("root", ["<EXPSSDA903>", '<EXPSSDA903 xmlns="urn:made:up">'])
def test_the_xml_form_gives_the_same_tables(tmp_path: Path, root: str) -> None:
    raw = load_xml(tmp_path, XML.replace("<EXPSSDA903>", root, 1))
    heights = {name: frame.height for name, frame in raw.tables.items()}
    assert heights == {"Header": 2, "Reviews": 2} | dict.fromkeys(
        ("Missing", "PrevPerm", "OC2", "PlacedAdoption", "OC3", "AD1", "UASC", "Episodes"), 1
    )
    assert raw.tables["Episodes"].select("CHILD", "DECOM", "PLACE", "DEC", "_line").rows() == [
        ("A1", "06/01/2023", "R5", None, 9)
    ]
    assert raw.tables["OC3"].select("CHILD", "DOB", "ACCOM").rows() == [("A1", "28/07/2010", "B1")]
    assert not raw.rejects.found


def test_an_unknown_element_of_the_xml_is_listed_with_its_line(tmp_path: Path) -> None:
    raw = load_xml(tmp_path, XML.replace("<RNE>S</RNE>", "<RNE>S</RNE><MOOD>good</MOOD>"))
    assert rejected(raw) == [(9, "MOOD", False)]


def test_xml_cut_short_keeps_the_children_before_the_break_and_names_the_line(tmp_path: Path) -> None:
    raw = load_xml(tmp_path, XML[: XML.index("B2") + 1])
    assert raw.tables["Header"]["CHILD"].to_list() == ["A1"]
    assert rejected(raw) == [(10, "", True)]


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE a [<!ENTITY b "c">]><EXPSSDA903><CHILD>&b;</CHILD></EXPSSDA903>', "<a/>", "x"]
)
def test_harmful_or_other_xml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RefusedFile):
        load_xml(tmp_path, text)


def _blank(line: str) -> bool:
    """Whether a line holds nothing but empty cells, in quotation marks or not; a mark left open is something."""
    try:
        return not any(cell.strip(" ") for cell in next(csv.reader([line], strict=True), []))
    except csv.Error:
        return False


CELL = st.text(alphabet='A1/,"é \n', max_size=5)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=5), max_size=6))
def test_every_row_that_is_not_blank_is_in_the_table_or_listed(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("return")
    text = "\n".join(",".join(row) for row in rows)
    (folder / "a.csv").write_text(f"CHILD,DOB,REVIEW,REVIEW_CODE\n{text}\n", encoding="utf-8")
    raw = load_tables(folder)
    lines = [line for line in text.split("\n") if not _blank(line)]
    kept = raw.tables["Reviews"].height
    assert kept + len(raw.rejects) == len(lines) == raw.rows_in[folder / "a.csv"]
