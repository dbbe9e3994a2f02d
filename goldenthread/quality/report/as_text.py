"""A check in a terminal."""

from __future__ import annotations

from io import StringIO

import polars as pl
from rich.console import Console
from rich.table import Table

from goldenthread.quality.report.lines import file_lines
from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.report.words import counted, headline, printable

RULES_SHOWN, CHILDREN_SHOWN, LINES_SHOWN, CODES_SHOWN = 25, 10, 10, 12


def print_report(report: CheckReport, console: Console) -> None:
    """The headline, rules that failed, the file's faults, findings by rule and by child, and what was skipped."""
    console.print(printable(f"{report.title}: check of {report.source}"))
    for sentence in headline(report):
        console.print(sentence)
    for rule, _, reason in report.result.failed.iter_rows():
        console.print(printable(f"RULE {rule} FAILED: {reason}"), style="bold red")
    _print_file(report, console)
    found = report.by_rule.filter(pl.col("findings") > 0).sort("findings", descending=True, maintain_order=True)
    if found.height:
        console.print(_rules(found.head(RULES_SHOWN)))
        _say_more(console, found.height - RULES_SHOWN, "rule has findings", "rules have findings")
        console.print(_children(report.with_rules(report.children.head(CHILDREN_SHOWN))))
        _say_more(console, report.children.height - CHILDREN_SHOWN, "child", "children")
    for reason, codes in report.skipped:
        more = f" and {len(codes) - CODES_SHOWN:,} more" if len(codes) > CODES_SHOWN else ""
        skipped = counted(len(codes), "rule", "rules")
        console.print(f"{skipped} skipped, as {reason}: {', '.join(codes[:CODES_SHOWN])}{more}.")


def _print_file(report: CheckReport, console: Console) -> None:
    lines = file_lines(report)
    for row in lines.head(LINES_SHOWN).iter_rows(named=True):
        where = ", ".join(str(part) for part in (row["file"], row["table"]) if part)
        at = f", line {row['line']:,}" if row["line"] is not None else ""
        value = f" ({row['values']})" if row["values"] else ""
        console.print(printable(f"{row['kind']}: {where}{at}: {row['says']}{value}"))
    _say_more(console, lines.height - LINES_SHOWN, "line of the file", "lines of the file")


def _say_more(console: Console, more: int, one: str, many: str) -> None:
    if more > 0:
        console.print(f"{counted(more, f'more {one}', f'more {many}')}: --out FILE.xlsx or .csv has all of them.")


def _rules(found: pl.DataFrame) -> Table:
    table = Table(title="By rule", title_justify="left")
    table.add_column("Rule", no_wrap=True)
    table.add_column("Severity")
    for name in ("Findings", "Children"):
        table.add_column(name, justify="right")
    table.add_column("What is wrong, and how to mend it", ratio=1)
    for row in found.iter_rows(named=True):
        table.add_row(row["rule"], row["severity"], f"{row['findings']:,}", f"{row['children']:,}", row["says"])
    return table


def _children(children: pl.DataFrame) -> Table:
    table = Table(title="Children with most", title_justify="left")
    for name in ("Child", "Errors", "Queries", "Rules"):
        table.add_column(name, justify="left" if name in {"Child", "Rules"} else "right")
    for row in children.iter_rows(named=True):
        table.add_row(printable(row["child"]), f"{row['errors']:,}", f"{row['queries']:,}", row["rules"])
    return table


def report_text(report: CheckReport, width: int) -> str:
    """What `print_report` prints, as text of that width."""
    into = StringIO()
    print_report(report, Console(file=into, width=width, highlight=False, markup=False))
    return into.getvalue()
