"""Where the same child is found: on the board and in the daily report, each with why, and with her name to whoever
may see her."""

from __future__ import annotations

import re
from datetime import date

from casework.reports.behind import behind
from goldenthread.timeliness.status import Status
from tests.casework.fourteen_months.case import Case

ADA = "Ada Sample"


def she_is_on_the_board(case: Case) -> None:
    """On 10 March 2027: one contact that became a referral, an assessment in time, a first plan."""
    for figure, part, there in (
        ("efl3", "counted", True), ("65", "counted", False), ("65", "not_counted", True),
    ):  # fmt: skip
        page = case.director.reads(f"/board/{figure}?part={part}")
        assert (ADA in page) is there, (figure, part)
    for figure in ("EFL2", "ICPC_15", "SEEN_24H", "CORE_GROUP_4W"):
        assert _behind(case, figure, date(2027, 3, 10)) == {case.ada}, figure
    it_says_why_she_is_counted(case)


def it_says_why_she_is_counted(case: Case) -> None:
    """From the board to the figure of contacts to what is behind it: hers, on its day, to whoever may see her."""
    figure = "/board/csc02"
    assert f'href="{figure}"' in case.director.reads("/board")
    found = _words(case.director.reads(figure))
    for said in (
        "Contacts linked to a referral", "1 counted; 0 looked at", "1: The contact became a referral.",
        f"{ADA} 27 November 2026",
    ):  # fmt: skip
        assert said in found, said
    case.pictured("figure", figure, by="director")
    for viewer, hidden in ((case.elsewhere, True), (case.analyst, False)):
        numbers = _words(viewer.reads(figure))
        assert "1 counted; 0 looked at" in numbers
        assert "Sample" not in numbers
        assert ("And 1 child whom you may not see." in numbers) is hidden


def the_report_says_so(case: Case) -> None:
    """On 26 May 2027, a day after the last day of the core group: in the daily report, with why."""
    case.time.is_now(2027, 5, 26, 8)
    (late,) = (one.row for one in case.clocks("core_group_subsequent") if one.status == Status.overdue)
    assert _behind(case, "CPP_REVIEW", case.time().date()) == {case.ada}  # not before three months of the plan
    report, why = f"/timeliness?clock={late.clock}", f"/deadlines/{late.pk}"
    page, explained = case.director.reads(report), _words(case.director.reads(why))
    assert f'href="{why}"' in page
    assert f"{ADA} " in _words(page)
    for said in (ADA, "Core group", "4 weeks from 27 April 2027", "25 May 2027", "City of York"):
        assert said in explained, said
    case.pictured("report", report, by="director")
    case.pictured("deadline", why, by="director")
    for viewer, hidden in ((case.elsewhere, True), (case.analyst, False)):
        numbers = _words(viewer.reads(report))
        assert "1 overdue for 1 child" in numbers
        assert "Sample" not in numbers
        assert ("And 1 of children whom you may not see." in numbers) is hidden
        assert viewer.client.get(why).status_code == 404


def _behind(case: Case, figure: str, on: date) -> set[object]:
    found = behind(figure, as_at=on, part="counted", page=1, user=case.director.user, names=True)
    return {line.person for line in found.lines}


def _words(page: str) -> str:
    """What the page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
