"""Every form of the report, opened again, holds what the check found and how every rule fared."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from lxml import html
from rich.console import Console

from goldenthread.quality.report.as_html import as_html
from goldenthread.quality.report.as_json import as_json
from goldenthread.quality.report.as_text import print_report
from goldenthread.quality.report.as_xlsx import as_xlsx
from goldenthread.quality.report.lines import LINES, all_lines
from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.report.tabular import as_csv, as_parquet, rules_csv
from tests.quality.report.drawn import BROKEN, FAULTY, FOUND, HEADER, REVIEWS, folder, report_of, rules

POINT = ["rule", "table", "row", "child"]
FORMULA = "=HYPERLINK(0)"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "header": f"""{HEADER}
        {FORMULA},X,02/03/2015,WBRI,UN3,,
        {SCRIPT},\x1b[31mred,02/03/2015,WBRI,UN3,,
        A\x01\ufffe\x0b&amp;,]]>,02/03/2015,WBRI,UN3,,
        {"L" * 500},{"x" * 500},02/03/2015,WBRI,UN3,,
        {"T" * 600},X,02/03/2015,WBRI,UN3,,""",
    "reviews": f"""{REVIEWS}
        A1,02/03/2015,@SUM(1+1),PN1""",
}


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    """Findings, a rule that failed, one that was skipped, and a line that could not be read."""
    tables = FAULTY | {"reviews": f'{FAULTY["reviews"]}\nA9,"broken,,'}
    return report_of(folder(tmp_path, tables), BROKEN, *rules(*FOUND, "503A"))


@pytest.fixture
def hostile(tmp_path: Path) -> CheckReport:
    return report_of(folder(tmp_path, HOSTILE, "hostile"), *rules("101", "166"))


def sheet(book: openpyxl.Workbook, name: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in book[name].iter_rows(values_only=True)]


def test_parquet_holds_every_line_as_it_stands(report: CheckReport, hostile: CheckReport) -> None:
    for one in (report, hostile):
        opened = pl.read_parquet(as_parquet(one))
        assert opened.equals(all_lines(one))
        assert opened.filter(kind="rule").select(POINT).equals(one.result.findings)


def test_csv_holds_every_line(report: CheckReport) -> None:
    opened = pl.read_csv(as_csv(report), schema=LINES)
    assert opened.filter(kind="rule").select(POINT).equals(report.result.findings)
    assert opened.height == report.findings.height + report.unread.height + report.notices.height


def test_every_rule_is_in_the_list_of_rules_and_what_failed_is_on_top(report: CheckReport) -> None:
    opened = pl.read_csv(rules_csv(report), infer_schema=False)
    assert sorted(opened["rule"]) == sorted(report.result.rules["rule"])
    assert opened.row(0)[0] == "000"
    assert "NO_SUCH_COLUMN" in opened["reason"][0]
    assert dict(opened.select("rule", "findings").rows()) == {"000": None, "503A": None} | dict.fromkeys(FOUND, "1")


def test_json_is_one_document_with_everything(report: CheckReport) -> None:
    document = json.loads(as_json(report))
    assert [[row[name] for name in POINT] for row in document["findings"]] == [
        list(row) for row in report.result.findings.rows()
    ]
    assert {row["rule"]: row["status"] for row in document["rules"]} == dict(
        report.result.rules.select("rule", "status").rows()
    )
    assert document["totals"]["rules_failed"] == 1
    assert document["clean"] is False
    assert [row["row"] for row in document["not_read"]] == [5]
    assert document["structure"] == []


def test_the_workbook_holds_the_summary_the_children_and_every_finding(report: CheckReport) -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx(report)))
    assert book.sheetnames == ["Summary", "By child", "Findings", "The file"]
    findings = sheet(book, "Findings")[1:]
    assert {row[0]: row[2:7] for row in findings} == {
        code: (child, table, file, line, values) for code, (table, _, child, file, line, values) in FOUND.items()
    }
    assert [row[0] for row in sheet(book, "By child")[1:]] == report.by_child["child"].to_list()
    assert [row[0] for row in sheet(book, "The file")[1:]] == ["not read"]
    summary = sheet(book, "Summary")
    heading = next(place for place, row in enumerate(summary) if row[0] == "Rule")
    assert "FAILED" in str(summary[1][0])
    assert summary[heading + 1][0] == "000"
    assert "FAILED" in str(summary[heading + 1][5])
    assert {row[0] for row in summary[heading + 1 :]} == set(report.result.rules["rule"])
    for name in book.sheetnames:
        assert book[name].freeze_panes == f"A{heading + 2 if name == 'Summary' else 2}"
        assert book[name].column_dimensions["A"].width > 8


def test_a_sheet_that_is_full_says_so(tmp_path: Path) -> None:
    header = "\n".join([HEADER, *(f"A{n},X,02/03/2015,WBRI,UN3,," for n in range(30))])
    report = report_of(folder(tmp_path, {"header": header}), *rules("101"))
    book = openpyxl.load_workbook(BytesIO(as_xlsx(report, most_rows=11)))
    assert len(sheet(book, "Findings")) == 11
    assert "The sheet Findings is full and leaves out 20 lines. The report as CSV or Parquet has every one." in [
        row[0] for row in sheet(book, "Summary")
    ]


def test_the_page_tells_every_finding_every_failure_and_every_reason(report: CheckReport) -> None:
    page = html.fromstring(as_html(report))
    for code, (_, _, child, _, line, values) in FOUND.items():
        (section,) = [one for one in page.iter("section") if one.get("aria-labelledby") == f"rule-{code}"]
        (row,) = section.xpath(".//tbody/tr")
        assert row.xpath("string(th)").strip() == child
        assert row.xpath("string(td[1])") == str(line)
        (marked,) = row.xpath(".//td[contains(@class, 'bad')]")
        column, value = values.split(": ")
        assert marked.get("data-name") == f"{column}: at fault"
        assert marked.text_content() == f"{value} (at fault)"
        assert report.result.declared[code].says in section.text_content()
    assert "NO_SUCH_COLUMN" in page.get_element_by_id("failed").getparent().text_content()
    assert "503A" in page.xpath("string(//table[@class='reasons'])")
    assert "quotation mark" in page.xpath("string(//h2[@id='file']/following-sibling::table)")


def test_the_terminal_shouts_about_a_rule_that_failed(report: CheckReport) -> None:
    into = StringIO()
    print_report(report, Console(file=into, width=160))
    said = into.getvalue()
    assert "RULE 000 FAILED" in said
    assert "1 rule FAILED" in said
    assert "not read: reviews.csv, Reviews, line 5" in said
    assert all(code in said for code in FOUND)


def test_no_spreadsheet_runs_a_cell(hostile: CheckReport) -> None:
    opened = pl.read_csv(as_csv(hostile), infer_schema=False)
    assert f"'{FORMULA}" in opened["child"]
    assert not opened["child"].drop_nulls().str.starts_with("=").any()
    book = openpyxl.load_workbook(BytesIO(as_xlsx(hostile)))
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert f"'{FORMULA}" in [cell.value for cell in cells]


def test_a_workbook_holds_no_sign_that_would_break_it(hostile: CheckReport) -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx(hostile)))
    children = [row[2] for row in sheet(book, "Findings")[1:]]
    assert f"A{chr(0xFFFD) * 3}&amp;" in children
    assert SCRIPT in children


def test_a_page_holds_what_was_typed_as_text(hostile: CheckReport) -> None:
    written = as_html(hostile)
    assert SCRIPT not in written
    assert written.count("<script>") == 1
    page = html.fromstring(written)
    assert SCRIPT in page.xpath("string(//section[@aria-labelledby='rule-101'])")


def test_no_cell_steers_a_terminal(hostile: CheckReport) -> None:
    into = StringIO()
    print_report(hostile, Console(file=into, width=160))
    assert "\x1b" not in into.getvalue()
    assert "\x01" not in into.getvalue()


def test_a_cell_beyond_all_reason_is_told_and_makes_no_form_fail(hostile: CheckReport) -> None:
    assert [(row["column"], row["row"]) for row in hostile.unread.to_dicts()] == [("CHILD", 6)]
    assert json.loads(as_json(hostile))["not_read"][0]["column"] == "CHILD"
    assert "is longer than 500 characters" in as_html(hostile)
