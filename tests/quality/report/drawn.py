"""Small returns with known faults, on disk and checked."""

from __future__ import annotations

from pathlib import Path

from goldenthread.dataset.readers.ssda903_load import load_tables
from goldenthread.quality import Result, Rule, check
from goldenthread.quality.conditions import col
from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.returns import checked

YEAR = 2026
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"
FAULTY = {
    "header": f"""{HEADER}
        A1,M,02/03/2015,WBRI,UN3,,
        A2,F,31/02/2015,WBRI,UN3,0,
        A3,X,02/03/2015,XXXX,UN3,,""",
    "reviews": f"""{REVIEWS}
        A1,02/03/2015,01/05/2025,PN1
        A1,02/03/2015,,PN1
        A2,02/03/2015,01/05/2025,PN9""",
}
"""A return in which rules 101, 102, 103, 166 and 167 find a row each."""
FOUND = {
    "101": ("Header", 2, "A3", "header.csv", 4, "SEX: X"),
    "102": ("Header", 1, "A2", "header.csv", 3, "DOB: 31/02/2015"),
    "103": ("Header", 2, "A3", "header.csv", 4, "ETHNIC: XXXX"),
    "166": ("Reviews", 1, "A1", "reviews.csv", 3, "REVIEW: blank"),
    "167": ("Reviews", 2, "A2", "reviews.csv", 4, "REVIEW_CODE: PN9"),
}
CODES = ",".join(FOUND)


def folder(tmp_path: Path, tables: dict[str, str], name: str = "return") -> Path:
    """A return: each table's lines, headings first, in a file of its own."""
    made = tmp_path / name
    made.mkdir(parents=True)
    for table, text in tables.items():
        lines = "\n".join(line.strip(" ") for line in text.strip(" \n").split("\n"))
        (made / f"{table}.csv").write_text(lines, "utf-8", newline="")
    return made


def rules(*codes: str) -> list[Rule]:
    """The SSDA903 rules with those codes."""
    return [rule for rule in checked("ssda903").rules if rule.code in codes]


BROKEN = Rule(
    code="000",
    says="A rule that cannot be run.",
    fields=("Header.SEX",),
    needs=("Header",),
    source="none",
    examples="",
    on="Header",
    where=col("NO_SUCH_COLUMN") == 1,
)


def report_of(path: Path, *chosen: Rule) -> CheckReport:
    """The report of that folder, checked with the rules chosen: those of `FOUND` unless given."""
    raw = load_tables(path)
    result: Result = check("ssda903", raw.tables, collection_year=YEAR, rules=chosen or rules(*FOUND))
    return CheckReport(result, raw.tables, path.name, raw.rejects.frame(), raw.warnings.frame())
