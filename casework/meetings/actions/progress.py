"""How the actions of a plan go, as a meeting said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.meetings.models import ActionTalkedOver, ChildAtMeeting
from casework.planning.models import Action, Progress


@dataclass(frozen=True)
class Said:
    """How an action goes (`Progress.State`), and what gets in the way."""

    state: str
    in_the_way: str = ""


def note_progress(child: ChildAtMeeting, said: Mapping[int, Said], *, by: User, at: datetime) -> None:
    """How each action goes, by its key; one that is done is closed. In the transaction that records the meeting."""
    held_on = child.meeting.held_on
    assert held_on is not None  # the meeting is recorded first
    actions = {one.pk: one for one in Action.objects.filter(pk__in=said, outcome__need__person=child.person_id)}
    if set(said) - set(actions):
        raise Refused(f"One of the actions is not in a plan of {child.person.full_name}.")
    for key, one in said.items():
        progress = Progress.objects.create(
            action=actions[key], noted_on=held_on, state=one.state, what_happened=one.in_the_way, **stamp(by, at)
        )
        ActionTalkedOver.objects.create(child=child, progress=progress, **stamp(by, at))
        if one.state == Progress.State.DONE:
            actions[key].done_on, actions[key].closed_recorded_at = held_on, at
            save_over(actions[key], None)
