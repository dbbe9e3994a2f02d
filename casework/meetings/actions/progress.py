"""How the actions of a child's plan go, as a meeting talks them over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.meetings.models import ActionTalkedOver, ChildAtMeeting
from casework.planning.actions.progress import Said, note_each


def note_progress(child: ChildAtMeeting, said: Mapping[int, Said], *, by: User, at: datetime) -> None:
    """How each action goes, by its key. In the transaction that records the meeting."""
    held_on = child.meeting.held_on
    assert held_on is not None  # the meeting is recorded first
    for progress in note_each(child.person, said, noted_on=held_on, by=by, at=at):
        ActionTalkedOver.objects.create(child=child, progress=progress, **stamp(by, at))
