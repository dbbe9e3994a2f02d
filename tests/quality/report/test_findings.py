"""A finding says what its rule says, and where the row stands in the files."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from goldenthread.dataset.readers.cin_census_tables import load_tables as load_census
from goldenthread.quality import check
from goldenthread.quality.report.lines import all_lines
from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.report.shown import CHILDREN_SHOWN, ROWS_OF_A_RULE, child_parts, rule_parts
from goldenthread.quality.returns import checked
from tests.quality.drawn import example_of
from tests.quality.report.drawn import BROKEN, FAULTY, FOUND, HEADER, YEAR, folder, report_of, rules

PLACE = ("table", "row", "child", "file", "line", "values")


def test_a_finding_has_its_rule_its_place_and_its_cells(tmp_path: Path) -> None:
    report = report_of(folder(tmp_path, FAULTY))
    found = report.findings
    assert {row["rule"]: tuple(row[name] for name in PLACE) for row in found.to_dicts()} == FOUND
    assert found.select("rule", "table", "row", "child").equals(report.result.findings)
    declared = report.result.declared
    for row in found.to_dicts():
        assert row["says"] == declared[row["rule"]].says
        assert row["severity"] == declared[row["rule"]].severity
        assert row["fields"].split("; ") == list(declared[row["rule"]].fields)


def test_a_table_that_names_no_file_is_said_to_be_of_what_was_given() -> None:
    tables = {"Header": pl.DataFrame({"CHILD": ["A1"], "SEX": ["X"]})}
    report = CheckReport(check("ssda903", tables, rules=rules("101")), tables, "upload")
    assert report.findings.select(PLACE).rows() == [("Header", 0, "A1", "upload", None, "SEX: X")]


def test_a_finding_of_the_whole_return_has_no_row() -> None:
    (rule, *_) = [one for one in checked("cin-census").rules if example_of("cin-census", one).whole_return]
    example = example_of("cin-census", rule)
    result = check("cin-census", example.tables, None, example.year, example.period, rules=[rule])
    report = CheckReport(result, example.tables, "census.xml")
    whole = report.findings.filter(pl.col("table").is_null())
    assert whole.select("rule", *PLACE).rows() == [(rule.code, None, None, None, "census.xml", None, "")]
    (part,) = rule_parts(report)
    assert (part.tables, part.shown, part.more) == ((), 1, 0)


def test_a_rule_that_failed_has_no_number_of_findings(tmp_path: Path) -> None:
    report = report_of(folder(tmp_path, FAULTY), BROKEN, *rules("101", "503A"))
    told = {row["rule"]: (row["status"], row["findings"], row["children"]) for row in report.by_rule.to_dicts()}
    assert told == {"000": ("failed", None, None), "101": ("ran", 1, 1), "503A": ("skipped", None, None)}
    assert not report.clean
    assert report.totals["rules_failed"] == 1


def test_children_with_most_errors_come_first(tmp_path: Path) -> None:
    report = report_of(folder(tmp_path, FAULTY))
    assert report.by_child.select("child", "findings", "errors", "queries").rows() == [
        ("A2", 2, 2, 0),
        ("A3", 2, 2, 0),
        ("A1", 1, 1, 0),
    ]
    assert sorted(report.by_child["rules"][1].split(", ")) == ["101", "103"]


def test_a_clean_return_is_clean(tmp_path: Path) -> None:
    clean = {"header": f"{HEADER}\nA1,M,02/03/2015,WBRI,UN3,,"}
    report = report_of(folder(tmp_path, clean), *rules("101", "102"))
    assert report.clean
    assert report.findings.height == 0
    assert report.findings.columns == report_of(folder(tmp_path, FAULTY, "faulty")).findings.columns
    assert rule_parts(report) == []
    assert child_parts(report) == []


def test_what_could_not_be_read_is_a_line_too(tmp_path: Path) -> None:
    tables = FAULTY | {"reviews": f'{FAULTY["reviews"]}\nA9,"broken,,'}
    report = report_of(folder(tmp_path, tables))
    lines = all_lines(report)
    assert lines.filter(kind="not read").select("severity", "table", "file", "line", "says").rows() == [
        (
            "error",
            "Reviews",
            "reviews.csv",
            5,
            "The line has a quotation mark that is not closed. Export it again.",
        )
    ]
    assert lines.filter(kind="rule").drop("kind").equals(report.findings)
    assert not report.clean


def test_a_census_fault_of_structure_is_a_line_with_its_child(tmp_path: Path) -> None:
    from goldenthread.quality.cin_census.structure import structure_faults

    path = tmp_path / "census.xml"
    path.write_text(
        "<Message><Header/><Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID><Nonsense>x</Nonsense>"
        "</ChildIdentifiers></Child></Children></Message>"
    )
    raw = load_census(path)
    faults = structure_faults(path, YEAR)
    result = check("cin-census", raw.tables, collection_year=YEAR)
    report = CheckReport(result, raw.tables, path.name, raw.rejects.frame(), structure=faults)
    lines = all_lines(report).filter(kind="structure")
    assert lines.height == faults.height
    assert ("C1", "Nonsense", "x") in lines.select("child", "fields", "values").rows()


def test_the_page_shows_some_of_many_and_counts_the_rest(tmp_path: Path) -> None:
    many = 2 * CHILDREN_SHOWN
    header = "\n".join([HEADER, *(f"A{n},X,02/03/2015,WBRI,UN3,," for n in range(many))])
    report = report_of(folder(tmp_path, {"header": header}), *rules("101"))
    (part,) = rule_parts(report)
    assert (part.findings, part.shown, part.more) == (many, ROWS_OF_A_RULE, many - ROWS_OF_A_RULE)
    row = part.tables[0].rows[0]
    assert (row.child, row.line, row.cells[0].name, row.cells[0].value, row.cells[0].at_fault) == (
        "A0",
        2,
        "SEX",
        "X",
        True,
    )
    assert [cell.name for cell in row.cells if not cell.at_fault] == ["DOB", "ETHNIC", "UPN"]
    assert len(child_parts(report)) == CHILDREN_SHOWN
