"""A check as one page: a summary, every rule with rows it found, the children with most, and what was not checked.

The page needs no script, fetches nothing, prints and reads on a phone. It stays under a few megabytes whatever was
found: beyond a number of rows it says how many more there are and where.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from goldenthread.quality.report.model import CheckReport
from goldenthread.quality.report.shown import child_parts, rule_parts
from goldenthread.quality.report.words import headline

FILE_LINES_SHOWN = 100
"""Faults of the file, and cells not read, on the page."""
LONG_CELL = 24
"""Characters from which a cell may be broken anywhere; codes and dates are kept whole."""


def as_html(report: CheckReport) -> str:
    """The page. Every text out of the files is escaped."""
    children = child_parts(report)
    files = {
        "structure": report.structure.head(FILE_LINES_SHOWN).to_dicts(),
        "not_read": report.unread.head(FILE_LINES_SHOWN).to_dicts(),
        "notices": report.notices.head(FILE_LINES_SHOWN).to_dicts(),
    }
    return _template().render(
        report=report,
        totals=report.totals,
        headline=headline(report),
        failed=report.result.failed.to_dicts(),
        rules=rule_parts(report),
        children=children,
        more_children=report.children.height - len(children),
        files=files,
        child=report.child_column,
        long=LONG_CELL,
    )


@cache
def _template() -> Template:
    environment = Environment(
        # The page's own template, and the style sheet of the daily report.
        loader=ChoiceLoader(
            [FileSystemLoader(Path(__file__).parent / "templates"), PackageLoader("goldenthread.timeliness.report")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["breakable"] = breakable
    return environment.get_template("check.html.j2")


def breakable(name: str) -> Markup:
    """The name of a column, which may be parted after an underscore: `REASON_PLACE_CHANGE` is wide."""
    return Markup(str(escape(name)).replace("_", "_<wbr>"))  # escaped first
