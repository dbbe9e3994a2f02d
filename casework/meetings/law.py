"""When core groups and child in need reviews are due, asked of the statute book: no number of days is written here."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from casework.deadlines.working_out import the_book
from casework.meetings.models import Meeting
from goldenthread.dates import is_working_day

FIRST = {
    Meeting.Kind.CORE_GROUP: "core_group_first_10wd",
    Meeting.Kind.CIN_REVIEW: "cin_plan_first_meeting_local",
}
LATER = {Meeting.Kind.CORE_GROUP: "core_group_subsequent", Meeting.Kind.CIN_REVIEW: "cin_plan_review_local"}
ONE_DAY = timedelta(days=1)


def rules_of(kind: str) -> tuple[str, str]:
    """The rule for the first meeting of that kind, and the rule for those after it."""
    return FIRST[Meeting.Kind(kind)], LATER[Meeting.Kind(kind)]


def next_by(kind: str, held_on: date) -> date | None:
    """The last day for the meeting after one that was held on that day; None where nobody has set a time."""
    return _last_day(LATER[Meeting.Kind(kind)], held_on)


def _last_day(rule: str, start: date) -> date | None:
    """The earliest last day of the rule's clocks: the nation's, and the authority's own."""
    dues = [clock.limit.due(start) for clock in the_book().clocks(start) if clock.rule.id == rule]
    days = [due.date() if isinstance(due, datetime) else due for due in dues if due is not None]
    return min(days, default=None)


def a_day_for(last: date) -> date:
    """The last working day by then: people do not meet on a Sunday or a bank holiday."""
    while not is_working_day(last):
        last -= ONE_DAY
    return last
