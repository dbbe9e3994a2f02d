"""The forms of the report, and giving one: to a file, whole or not at all, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.dataset.whole_files import write_whole
from goldenthread.quality.report.words import headline

if TYPE_CHECKING:
    from goldenthread.quality.report.model import CheckReport

ENDINGS = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".txt": "text",
}
FORMATS = tuple(dict.fromkeys(ENDINGS.values()))
BINARY = ("xlsx", "parquet")
LINES_ALONE = ("csv", "parquet")
"""Forms of one table, with no room for what each rule did: that is written to a file beside them."""
WIDTH = 160
"""Characters of a line where no terminal says how many it has."""


def give(report: CheckReport, form: str, out: Path | None) -> None:
    """Write the report to `out`, or to standard output; with a file, say on standard error what was found.

    DatasetError when the file cannot be written.
    """
    if form == "text" and out is None:
        from rich.console import Console

        from goldenthread.quality.report.as_text import print_report

        print_report(report, Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False))
        return
    content = rendered(report, form)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write_whole(out, content)
    written = [str(out)]
    if form in LINES_ALONE:
        from goldenthread.quality.report.tabular import rules_csv

        beside = out.with_name(f"{out.stem}-rules.csv")
        write_whole(beside, rules_csv(report))
        written.append(f"{beside} (every rule: run, skipped or failed, and why)")
    print("\n".join((*headline(report), f"Wrote {' and '.join(written)}.")), file=sys.stderr)


def rendered(report: CheckReport, form: str) -> bytes:
    """The report in one of `FORMATS`, as the bytes of a file. Only the library that the form needs is loaded."""
    match form:
        case "json":
            from goldenthread.quality.report.as_json import as_json

            return f"{as_json(report)}\n".encode()
        case "html":
            from goldenthread.quality.report.as_html import as_html

            return as_html(report).encode()
        case "csv":
            from goldenthread.quality.report.tabular import as_csv

            return as_csv(report)
        case "parquet":
            from goldenthread.quality.report.tabular import as_parquet

            return as_parquet(report)
        case "xlsx":
            from goldenthread.quality.report.as_xlsx import as_xlsx

            return as_xlsx(report)
        case _:
            from goldenthread.quality.report.as_text import report_text

            return report_text(report, WIDTH).encode()
