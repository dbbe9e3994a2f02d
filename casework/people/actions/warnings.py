"""Looking at a warning note again: it stays until another day, or ends."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.people.models import WarningNote


@whole
def keep_warning(note: WarningNote, *, review_on: date | None, by: User, at: datetime) -> WarningNote:
    """The warning stands, to be looked at again on a later day. The history says who looked at it and when."""
    _check_running(note)
    if review_on is None or review_on <= timezone.localdate(at):
        raise Refused("Give a day after today on which the warning is looked at again.", "review_on")
    note.review_on = review_on
    save_over(note, None)
    return note


@whole
def end_warning(note: WarningNote, *, reason: str, by: User, at: datetime) -> WarningNote:
    """The danger is over, from today. The note stays on the record with the reason."""
    _check_running(note)
    if not reason.strip():
        raise Refused("Say why the warning ends.", "reason")
    note.ended_on, note.ended_reason = timezone.localdate(at), reason.strip()
    save_over(note, None)
    return note


def _check_running(note: WarningNote) -> None:
    if note.ended_on:
        raise Refused(f"This warning ended on {note.ended_on:%-d %B %Y}. Add a new one if there is danger again.")
