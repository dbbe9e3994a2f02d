"""What the statute book says of child protection, asked for one day: no number of days is written here."""

from __future__ import annotations

from datetime import date, datetime

from casework.deadlines.book import rule_on
from casework.deadlines.working_out import the_book

CONFERENCE_AFTER_ENQUIRY = "s47_to_icpc_15wd"
TRANSFER_IN = "transfer_in_conference_15wd"
FIRST_REVIEW = "cp_review_first_3m"
LATER_REVIEW = "cp_review_subsequent_6m"


def transfer_in(told_on: date) -> tuple[date, str]:
    """By when an authority that was told that day holds the conference of a child who moved in on a plan, and within
    how long that is."""
    by = last_day(TRANSFER_IN, told_on)
    assert by is not None  # The limit is a number of days.
    return by, str(rule_on(TRANSFER_IN, told_on).limit)


def last_day(rule: str, start: date) -> date | None:
    """The last lawful day by the rule as it was in force on `start`; None where it gives none."""
    version = the_book().version_for(rule, start)
    due = version.limit.due(start) if version else None
    return due.date() if isinstance(due, datetime) else due
