"""How a plan goes: what happened with an action, and what is different for the child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.people.models import Person
from casework.planning import policies
from casework.planning.models import Action, Change, Outcome, Progress


@dataclass(frozen=True)
class Said:
    """How an action goes (`Progress.State`), and what happened or gets in the way."""

    state: str
    what_happened: str = ""


@whole
def note_each(person: Person, said: Mapping[int, Said], *, noted_on: date, by: User, at: datetime) -> list[Progress]:
    """How actions of a child's plan go, by the action's key, as a meeting or a visit found them."""
    if not said:
        return []
    actions = {one.pk: one for one in Action.objects.filter(pk__in=said, outcome__need__person=person)}
    if set(said) - set(actions):
        raise Refused(f"One of the actions is not in a plan of {person.full_name}.")
    return [
        note_progress(
            actions[key], state=one.state, noted_on=noted_on, what_happened=one.what_happened, by=by, at=at
        )
        for key, one in said.items()
    ]  # fmt: skip


@whole
def note_progress(
    action: Action, *, state: str, noted_on: date, what_happened: str = "", by: User, at: datetime
) -> Progress:
    """What happened with an action. Done, or not to be done with the reason, it is open no more."""
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    policies.check_to_do(action)
    check_day(noted_on, timezone.localdate(at), "noted_on")
    if state == Progress.State.NOT_DONE and not what_happened.strip():
        raise Refused("Say why it will not be done: the plan has to do without it.", "what_happened")
    noted = Progress.objects.create(
        action=action, noted_on=noted_on, state=state, what_happened=what_happened, **stamp(by, at)
    )
    if state == Progress.State.DONE:
        action.done_on, action.closed_recorded_at = noted_on, at
    elif state == Progress.State.NOT_DONE:
        action.not_done_because, action.closed_recorded_at = what_happened, at
    save_over(action, None)
    return noted


@whole
def note_change(
    outcome: Outcome, *, direction: str, noted_on: date, what_changed: str = "", by: User, at: datetime
) -> Change:
    """What is different for the child, towards an outcome or away from it."""
    check_day(noted_on, timezone.localdate(at), "noted_on")
    if direction not in Change.Direction.values:
        raise Refused("Choose how things are for the child now.", "direction")
    return Change.objects.create(
        outcome=outcome, noted_on=noted_on, direction=direction, what_changed=what_changed, **stamp(by, at)
    )
