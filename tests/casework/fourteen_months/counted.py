"""Where the same child is found: on the board, in the daily report, in its explanation, in the lists of Annex A."""

from __future__ import annotations

from datetime import date

from casework.canonical import dataset
from casework.reports.behind import behind
from goldenthread.timeliness.status import Status
from goldenthread.writers import annex_a
from tests.casework.fourteen_months.case import Case


def she_is_on_the_board(case: Case) -> None:
    """On 10 March 2027: one contact that became a referral, an assessment in time, a first plan."""
    for figure, part, there in (
        ("csc02", "counted", True), ("efl3", "counted", True), ("65", "counted", False), ("65", "not_counted", True),
    ):  # fmt: skip
        page = case.director.reads(f"/board/{figure}?part={part}")
        assert ("Ada Sample" in page) is there, (figure, part)
    for figure in ("EFL2", "ICPC_15", "SEEN_24H", "CORE_GROUP_4W"):
        assert _behind(case, figure, date(2027, 3, 10)) == {case.ada}, figure


def the_report_says_so(case: Case) -> None:
    """On 26 May 2027, a day after the last day of the core group: in the daily report, with why."""
    case.time.is_now(2027, 5, 26, 8)
    (late,) = (one.row for one in case.clocks("core_group_subsequent") if one.status == Status.overdue)
    assert _behind(case, "CPP_REVIEW", case.time().date()) == {case.ada}  # not before three months of the plan
    assert "Ada Sample" in case.director.reads(f"/timeliness?clock={late.clock}")
    page = case.director.reads(f"/deadlines/{late.pk}")
    for said in ("Ada Sample", "4 weeks from 27 April 2027", "25 May 2027"):
        assert said in page, said


def _behind(case: Case, figure: str, on: date) -> set[object]:
    found = behind(figure, as_at=on, part="counted", page=1, user=case.director.user, names=True)
    return {line.person for line in found.lines}


def in_annex_a(case: Case, on: date, lists: tuple[str, ...]) -> None:
    """She has one row in each of these lists of Annex A at the end of that day, made from the live record, and none in
    any other."""
    built = annex_a.build(dataset(on), on)
    found = {name: (frame["child_id"] == case.ada.reference).sum() for name, frame in built.origins.items()}
    assert {name: rows for name, rows in found.items() if rows} == dict.fromkeys(lists, 1)
