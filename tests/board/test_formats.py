"""The same board in every format: JSON, page, workbook, PDF and terminal."""

import json
import re
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook

from goldenthread.board.command import FORMATS, rendered
from goldenthread.board.drawing import control_chart, sparkline
from goldenthread.board.model import Board, BoardRow
from goldenthread.board.terminal import WIDTH
from goldenthread.board.xlsx import harmless
from tests.papers import TAGGED

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def book(board: Board) -> Workbook:
    return load_workbook(BytesIO(rendered(board, "xlsx")))


@pytest.fixture(scope="module")
def page(board: Board) -> str:
    return rendered(board, "html").decode()


def row(board: Board, key: str) -> BoardRow:
    return next(row for row in board.rows if row.key == key)


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_is_the_same_bytes_for_the_same_board(board: Board, form: str) -> None:
    if form != "xlsx":  # the workbook library stamps the moment of saving
        assert rendered(board, form) == rendered(board, form)


def test_json_is_one_document_with_every_row_and_its_counts(board: Board) -> None:
    read = json.loads(rendered(board, "json"))
    assert read["as_at"] == "2019-06-30"
    assert [one["key"] for one in read["rows"]] == [one.key for one in board.rows]
    current = read["rows"][1]["current"]
    assert current["numerator"] == row(board, "CSB05").current.numerator
    assert current["on"] == "2019-06-30"


def test_the_page_needs_no_script_and_fetches_nothing(page: str) -> None:
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "@import" not in page


def test_the_page_has_every_row_and_a_way_to_its_definition(page: str, board: Board) -> None:
    for one in board.rows:
        assert f'id="{one.anchor}"' in page
        if one.definition:
            assert f'id="definition-{one.anchor}"' in page
    assert len({one.anchor for one in board.rows}) == len(board.rows)


def test_names_on_the_page_are_escaped(page: str) -> None:
    assert "&amp; &lt;plans&gt;" in page
    assert "<plans>" not in page


def test_the_page_says_who_may_see_it(page: str, published: Board) -> None:
    assert "Do not publish" in page
    for_all = rendered(published, "html").decode()
    assert "Do not publish" not in for_all
    assert "For publication: small numbers are hidden" in for_all
    assert "goldenthread explain" not in for_all


def test_the_workbook_holds_numbers_and_not_pictures_of_numbers(book: Workbook, board: Board) -> None:
    sheet = book["Board"]
    headings = [cell.value for cell in sheet[1]]
    line = next(line for line in sheet.iter_rows(min_row=2) if line[1].value == "CSB05")
    now = line[headings.index("2019/20 Q1")]
    value = row(board, "CSB05").current.value
    assert value and now.value == pytest.approx(value / 100)
    assert now.number_format == "0.00%"
    assert line[headings.index("2019/20 Q1 of")].value == row(board, "CSB05").current.denominator


def test_the_workbook_keeps_its_headings_in_sight(book: Workbook) -> None:
    assert book.sheetnames == ["Board", "Months", "Definitions"]
    assert {name: book[name].freeze_panes for name in book.sheetnames} == {
        "Board": "D2",
        "Months": "C2",
        "Definitions": "C2",
    }


def test_the_workbook_has_a_line_a_month(book: Workbook, board: Board) -> None:
    lines = [line for line in book["Months"].iter_rows(min_row=2, values_only=True) if line[0] == "CSB05"]
    assert len(lines) == 36
    assert lines[-1][2] == datetime(2019, 6, 30)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


def test_no_cell_of_the_workbook_is_a_formula(book: Workbook) -> None:
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds
    titles = [line[2] for line in book["Board"].iter_rows(min_row=2, values_only=True)]
    assert "'=Early help assessments & <plans>" in titles


def test_the_pdf_is_tagged_titled_and_in_english(board: Board) -> None:
    made = rendered(board, "pdf")
    assert made.startswith(b"%PDF-1.7")
    assert [mark for mark in TAGGED if mark not in made] == []


def test_the_terminal_board_fits_120_columns_without_colour(board: Board) -> None:
    text = rendered(board, "text").decode()
    assert max(map(len, text.splitlines())) <= WIDTH == 120
    assert "\x1b" not in text
    assert "Getting worse 1" in text
    for one in board.rows:
        assert one.key in text


def test_hidden_numbers_are_marked_in_every_format(published: Board) -> None:
    hidden = [one.key for one in published.rows if any(cell.suppressed for cell in one.series)]
    assert hidden
    sheet = load_workbook(BytesIO(rendered(published, "xlsx")))["Months"]
    marks = {line[0] for line in sheet.iter_rows(min_row=2, values_only=True) if line[3] == "c"}
    assert marks == set(hidden)


def test_a_chart_is_a_picture_with_words_for_those_who_cannot_see_it(board: Board) -> None:
    for draw in (sparkline, control_chart):
        root = ElementTree.fromstring(draw(row(board, "CSB05")))
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        assert "No change shown" in (root.get("aria-label") or "")


def test_a_chart_draws_a_dot_a_month_inside_its_frame(board: Board) -> None:
    for one in board.rows:
        if not one.series:
            continue
        root = ElementTree.fromstring(control_chart(one))
        dots = root.findall(f"{SVG}circle")
        assert len(dots) == sum(cell.value is not None for cell in one.series)
        assert all(0 <= float(dot.get("cy", "-1")) <= 240 and 0 <= float(dot.get("cx", "-1")) <= 680 for dot in dots)


def test_no_band_of_a_percentage_goes_beyond_a_hundred(board: Board) -> None:
    for one in board.rows:
        if one.unit == "percent" and one.series:
            shown = re.findall(r">Upper limit ([\d.]+)%<", control_chart(one))
            assert all(float(limit) <= 100 for limit in shown)
