"""Finding the lists in a workbook: titles, layouts, headings; what is not a list is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.readers.annex_a_lists import LISTS, declared
from goldenthread.dataset.readers.annex_a_sheets import list_named
from goldenthread.dataset.rejects import RefusedFile
from goldenthread.dataset.schema import Kind
from goldenthread.dataset.tables import TABLES
from tests.dataset.readers.annex_a_workbooks import AS_AT, child, headings, workbook

CONTACT = {"Date of Contact": date(2024, 3, 1), "Contact Source": "q) 6: Police"}


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("List 1", 1),
        ("List_1", 1),
        ("list 01", 1),
        ("LIST  10", 10),
        ("List11", 11),
        ("List 7 - Child Protection", 7),
        ("Annex A List 3", 3),
        ("Contacts", 1),
        ("care leavers", 9),
        ("Section 47 and ICPC", 5),
        ("Guidance", None),
        ("Codes_used", None),
        ("List 12", None),
        ("Checklist 1", None),
    ],
)
def test_a_sheets_title_says_which_list_it_is(title: str, number: int | None) -> None:
    found = list_named(title)
    assert (found.number if found else None) == number


def test_every_heading_that_a_column_names_is_in_its_list() -> None:
    for wanted in LISTS:
        assert set(declared(wanted.number)) <= set(headings(wanted.number))


def test_list_nine_grew_from_thirteen_columns_to_seventeen() -> None:
    assert len(headings(9, layout=2019)) == 13
    assert len(headings(9)) == 17
    assert [len(headings(number)) for number in range(1, 12)] == [7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19]


def test_every_code_of_a_canonical_column_is_read_back() -> None:
    for wanted in LISTS:
        for heading in wanted.headings:
            for table, column in declared(wanted.number).get(heading.name, ()):
                if column.kind is Kind.CODE:
                    assert wanted.parser(heading).dtype == TABLES[table].schema[column.name]


@pytest.mark.parametrize("sheet", ["List {}", "List_{}", "LIST  {}"])
@pytest.mark.parametrize("title", [False, True])
def test_a_title_above_the_headings_and_the_sheets_spelling_change_nothing(
    tmp_path: Path, sheet: str, title: bool
) -> None:
    path = workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT]}, sheet=sheet, title=title, others=["Guidance"])
    result = read_annex_a(path, as_at=AS_AT)
    assert result.tables["contacts"].height == 1
    assert result.tables["contacts"]["contact_id"][0] == ("A1-000003" if title else "A1-000002")
    assert not len(result.rejects)
    assert any("Guidance" in note for note in result.notes)


def test_other_spellings_of_headings_are_known_and_their_order_is_free(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.title = "List 8"
    page.append(
        [
            "LA of placement ",
            "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
            "Age",
            "ChildUniqueID",
            "DATE STARTED TO BE LOOKED AFTER",
            "Start Date of Most Recent Placement",
        ]
    )
    page.append(["Madeupshire", 2, 12, "C-7", date(2023, 1, 2), date(2023, 1, 2)])
    made.save(tmp_path / "a.xlsx")
    result = read_annex_a(tmp_path / "a.xlsx", as_at=AS_AT)
    assert not len(result.rejects)
    assert result.tables["placements"].select("child_id", "authority", "started_on").rows() == [
        ("C-7", "Madeupshire", date(2023, 1, 2))
    ]
    assert any("List 8 lacks the columns" in note and "'Gender'" in note for note in result.notes)
    assert any("'Missing'" in note and "not held (1 cells)" in note for note in result.notes)


def test_an_unknown_column_is_listed_with_what_it_holds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT | {"Ward": "Upper Example"}, child() | CONTACT]})
    (reject,) = read_annex_a(path, as_at=AS_AT).rejects.found
    assert (reject.place, reject.row, reject.column, reject.value) == ("List 1", 1, "Ward", "1 cells")
    assert "no column of List 1" in reject.reason


def test_a_second_sheet_for_a_list_is_not_read_and_said(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT]}))
    made.copy_worksheet(made.worksheets[0]).title = "List 1 (2)"
    made.save(tmp_path / "b.xlsx")
    result = read_annex_a(tmp_path / "b.xlsx", as_at=AS_AT)
    (reject,) = result.rejects.found
    assert reject.whole_row
    assert "second sheet for List 1" in reject.reason
    assert result.tables["contacts"].height == 1


def test_a_list_without_its_headings_is_listed_and_the_others_are_read(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT]}))
    made.create_sheet("List 2").append(["1001", "b) Female"])
    made.save(tmp_path / "b.xlsx")
    result = read_annex_a(tmp_path / "b.xlsx", as_at=AS_AT)
    (reject,) = result.rejects.found
    assert (reject.place, reject.value) == ("List 2", "1 rows")
    assert result.tables["contacts"].height == 1


def test_absent_lists_are_named(tmp_path: Path) -> None:
    result = read_annex_a(workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT]}), as_at=AS_AT)
    assert any(note.startswith("Lists not in the workbook: 2 (Early Help), 3") for note in result.notes)


def test_a_workbook_without_any_list_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {}, others=["Guidance"])
    with pytest.raises(RefusedFile, match="no sheet that is a list"):
        read_annex_a(path, as_at=AS_AT)


def test_a_formula_saved_without_its_result_is_listed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT | {"Contact Source": "=A1"}]})
    (reject,) = read_annex_a(path, as_at=AS_AT).rejects.found
    assert (reject.row, reject.column) == (2, "Contact Source")
    assert "formula" in reject.reason


def test_a_cell_that_shows_an_error_is_listed(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx", {1: [child() | CONTACT]}))
    cell = made.worksheets[0].cell(2, 7, "#REF!")
    cell.data_type = "e"
    made.save(tmp_path / "b.xlsx")
    (reject,) = read_annex_a(tmp_path / "b.xlsx", as_at=AS_AT).rejects.found
    assert (reject.row, reject.column) == (2, "Contact Source")
    assert "shows an error" in reject.reason


@pytest.mark.parametrize(("layout", "said"), [(2019, True), (2024, False)])
def test_the_layout_of_2019_is_recognised(tmp_path: Path, layout: int, said: bool) -> None:
    leaver = child() | {"Eligibility Category": "b) Former relevant child"}
    result = read_annex_a(workbook(tmp_path / "a.xlsx", {9: [leaver]}, layout=layout), as_at=AS_AT)
    assert any("layout of 2019" in note for note in result.notes) is said
    assert not len(result.rejects)
