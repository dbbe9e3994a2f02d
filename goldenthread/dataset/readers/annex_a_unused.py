"""What a list holds and no table took: every such cell is listed, so that nothing is lost in silence."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.checks import shown
from goldenthread.dataset.readers.annex_a_lists import (
    AGE,
    CASE_STATUS,
    CHILD_ID,
    ENTERED_CARE,
    LISTS,
    TEAM,
    UASC_8,
    UASC_9,
    WORKER,
    Heading,
)
from goldenthread.dataset.readers.annex_a_needs import CLOSED, NEED, REASON, START
from goldenthread.dataset.readers.annex_a_parts import ROW_ID
from goldenthread.dataset.readers.annex_a_people import FACTS, ParsedList
from goldenthread.dataset.readers.annex_a_shares import Share, headings_of
from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.rejects import Reject, Rejects

ELSEWHERE = {CHILD_ID, AGE, UASC_8, UASC_9, ENTERED_CARE, CASE_STATUS, TEAM, WORKER, *FACTS}
"""Headings used for people, workers or checks, or to choose a table, rather than held in a row's own tables."""
NEED_HEADINGS = {START, CLOSED, REASON, NEED}


def report_unused(found: ParsedList, shares: list[Share], file: str, rejects: Rejects) -> None:
    """List each cell that no part could hold, and each row without the date its list is about."""
    frame = found.frame
    main = next((share.part for share in shares if share.part.main), None)
    needs = main.needs if main else (START,)
    barren = frame.filter(pl.all_horizontal(pl.col(heading).is_null() for heading in needs))
    used_anywhere = pl.concat([share.used for share in shares]) if shares else pl.Series(ROW_ID, [], dtype=pl.String)
    rejects.extend(
        Reject(
            file,
            found.sheet,
            line,
            needs[0],
            "",
            "is empty or was rejected, and the row is nothing without it",
            f"Fill in {needs[0]}.",
            whole_row=not used,
        )
        for line, used in barren.select(LINE, pl.col(ROW_ID).is_in(used_anywhere.implode())).iter_rows()
    )
    fruitful = frame.join(barren.select(LINE), on=LINE, how="anti", maintain_order="left")
    for heading in LISTS[found.number - 1].headings:
        if heading.name not in ELSEWHERE | NEED_HEADINGS and not heading.why_not_held:
            _report_stray(fruitful, found, heading, shares, file, rejects)


def _report_stray(
    frame: pl.DataFrame, found: ParsedList, heading: Heading, shares: list[Share], file: str, rejects: Rejects
) -> None:
    # A part that only reads a fact off the heading does not hold it, where another part has a column for it.
    takers = [share for share in shares if heading.name in share.part.all_columns().values()] or [
        share for share in shares if heading.name in headings_of(share.part)
    ]
    used = pl.concat([share.used for share in takers]) if takers else pl.Series(ROW_ID, [], dtype=pl.String)
    stray = frame.filter(pl.col(heading.name).is_not_null() & ~pl.col(ROW_ID).is_in(used.implode()))
    wanted = " or ".join(dict.fromkeys(need for share in takers for need in share.part.needs if need != heading.name))
    rejects.extend(
        Reject(
            file,
            found.sheet,
            line,
            heading.name,
            shown(value),
            "has no date or other fact beside it to be held with",
            f"Fill in {wanted or 'the dates of the row'}.",
        )
        for line, value in stray.select(LINE, heading.name).iter_rows()
    )
