"""How a plan goes: what happened with an action, and what is different for the child."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.planning import policies
from casework.planning.models import Action, Change, Outcome, Progress


@transaction.atomic
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


@transaction.atomic
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
