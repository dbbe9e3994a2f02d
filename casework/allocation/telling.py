"""Telling whoever holds a child's case what somebody else has recorded."""

from __future__ import annotations

from datetime import datetime

from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.notices.actions import tell
from casework.people.models import Person


def tell_holders(person: Person, text: str, *, address: str, by: User, at: datetime) -> None:
    """Tell the child's worker and the team's manager, but not whoever did it."""
    held = Allocation.objects.filter(person=person, ended_on=None)
    accounts = [
        account
        for one in held.select_related("worker__account", "team__manager__account")
        for account in (one.worker.own_account if one.worker else None, one.team.managers_account if one.team else None)
        if account is not None and account != by
    ]
    tell(accounts, text, address=address, at=at)
