"""The changes as one page that needs no script, prints well and reads on a phone, in the daily report's dress."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined, Template

from goldenthread.timeliness.report.as_html import day
from goldenthread.writers.annex_a.changes.compare import BY_ITSELF, Changes, What
from goldenthread.writers.annex_a.changes.wording import WORDS, to_look_at

CHILDREN_SHOWN = 100
"""Children on the page. It says how many more there are, and where."""


def changes_html(changes: Changes, *, authority: str = "", shown: int = CHILDREN_SHOWN) -> str:
    """The page. `shown`: how many children get their lines; what is left out is counted and said."""
    children = to_look_at(changes.rows)
    return _template().render(
        changes=changes,
        authority=authority,
        totals=changes.totals.to_dicts(),
        counts={what: changes.rows.filter(pl.col("what") == what).height for what in What},
        quiet=changes.rows.filter(pl.col("what").is_in(BY_ITSELF)).height,
        children=children[:shown],
        everyone=len([one for one in children if not one.adopter]),
        more=len(children) - len(children[:shown]),
        What=What,
        words=WORDS,
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
    environment.filters["day"] = day
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment.get_template("changes.html.j2")
