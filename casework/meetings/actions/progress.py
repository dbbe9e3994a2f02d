"""How the actions of a plan go, as a meeting said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.common.refused import Refused
from casework.meetings.models import ActionTalkedOver, ChildAtMeeting
from casework.planning.actions import progress as of_plans
from casework.planning.models import Action


@dataclass(frozen=True)
class Said:
    """How an action goes (`Progress.State`), and what gets in the way."""

    state: str
    in_the_way: str = ""


def note_progress(child: ChildAtMeeting, said: Mapping[int, Said], *, by: User, at: datetime) -> None:
    """How each action goes, by its key. In the transaction that records the meeting."""
    held_on = child.meeting.held_on
    assert held_on is not None  # the meeting is recorded first
    actions = {one.pk: one for one in Action.objects.filter(pk__in=said, outcome__need__person=child.person_id)}
    if set(said) - set(actions):
        raise Refused(f"One of the actions is not in a plan of {child.person.full_name}.")
    for key, one in said.items():
        progress = of_plans.note_progress(
            actions[key], state=one.state, noted_on=held_on, what_happened=one.in_the_way, by=by, at=at
        )
        ActionTalkedOver.objects.create(child=child, progress=progress, **stamp(by, at))
