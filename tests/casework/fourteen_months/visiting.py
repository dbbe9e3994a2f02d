"""Visits, from the plan's first to the closing: York's twenty working days, and then as the plan says."""

from __future__ import annotations

from datetime import date, datetime

from casework.visits.models import ChildVisited
from goldenthread.timeliness.status import Status
from tests.casework.fourteen_months.case import Case

RULE = "cp_plan_visit"


def she_is_visited(case: Case, on: date, *, next_by: date | None, words: str = "I like it.") -> None:
    """At home at half past three, seen alone: the visit that was due is made, and the next is due on that day."""
    running = [one.row for one in case.clocks(RULE) if one.row.satisfied_on is None and one.row.ended_on is None]
    case.it_is(on, 17)
    visited_at = datetime(on.year, on.month, on.day, 15, 30)
    answers = case.own(seen="yes", seen_alone="yes", words=words)
    case.worker.sends(f"{case.record}/visits/add", visited_at=visited_at, **answers)
    for due in (one.due_on for one in running):
        assert due is not None
        case.stands(RULE, due, Status.met if on <= due else Status.late)
    if next_by is not None:
        case.stands(RULE, next_by, Status.due)


def her_words_are_kept(case: Case) -> None:
    """On Monday 18 January, a day before the last: what she says is among her words and in her story."""
    words = "The nights are quiet now."
    # 18 and 21 to 24 December are five, 29 to 31 eight; 4 to 8 and 11 to 15 January eighteen; Tuesday 19 twenty.
    case.stands(RULE, date(2027, 1, 19), Status.due)
    # 19 to 22 January are four, 25 to 29 nine; 1 to 5 February fourteen, 8 to 12 nineteen; Monday 15 twenty.
    she_is_visited(case, date(2027, 1, 18), next_by=date(2027, 2, 15), words=words)
    case.stands(RULE, date(2027, 1, 19), Status.met)
    for page in ("words", "story"):
        assert words in case.worker.reads(f"{case.record}/{page}"), page


def a_visit_is_late(case: Case) -> None:
    """Due on Monday 15 February, made on Wednesday: on Tuesday My work and the daily report say so."""
    case.time.is_now(2027, 2, 16, 8)
    (late,) = (one.row for one in case.clocks(RULE) if one.status == Status.overdue)
    assert "Ada Sample" in case.director.reads(f"/timeliness?clock={late.clock}")
    work = case.worker.reads("/")
    assert "Visit to a child on a protection plan" in work
    assert "15 February 2027" in work
    case.pictured("my-work", "/")
    # 18 and 19 February are two, 22 to 26 seven; 1 to 5 March twelve, 8 to 12 seventeen; Wednesday 17 twenty.
    she_is_visited(case, date(2027, 2, 17), next_by=date(2027, 3, 17))
    case.stands(RULE, date(2027, 2, 15), Status.late)


def she_is_visited_as_a_child_in_need(case: Case) -> None:
    """The protection plan's visits are over with it. York sets no number of days for a child in need: how often is
    written on her plan, and no clock says otherwise."""
    # 20 August is one, 23 to 27 six; 31 August to 3 September ten, 6 to 10 fifteen, 13 to 17 twenty.
    (last,) = (one for one in case.clocks(RULE) if one.row.due_on == date(2027, 9, 17))
    assert last.row.ended_on == date(2027, 9, 8)
    before = len(case.clocks(RULE))
    she_is_visited(case, date(2027, 9, 29), next_by=None, words="I can sleep.")
    visited = ChildVisited.objects.latest("pk")
    assert visited.protection_plan is None
    assert visited.need_plan is not None
    assert len(case.clocks(RULE)) == before
    assert not case.clocks("cin_visit_local")
