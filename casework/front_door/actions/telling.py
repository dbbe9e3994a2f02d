"""Telling whoever made the contact: that it has arrived, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.front_door.models import ContactChild, Referral, Told


@whole
def tell_referrer(
    about: Iterable[ContactChild | Referral], *, kind: str, how: str, to_whom: str, what: str, by: User, at: datetime,
    told_at: datetime | None = None,
) -> list[Told]:  # fmt: skip
    """What the referrer was told about each child. Telling them anything acknowledges the child's referral.

    Where they cannot be told, `what` is why; the referral then stays unacknowledged, and its clock says so. They were
    told when it is recorded, unless `told_at` says otherwise: a letter tells on the day that it went.
    """
    chosen = list(about)
    if not chosen:
        raise Refused("Choose the children that they were told about.", "children")
    if not what.strip():
        raise Refused(
            "Say why they are not told." if how == Told.How.NOT_TOLD else "Write what they were told.", "what"
        )
    said = {"kind": kind, "how": how, "to_whom": to_whom.strip(), "what": what.strip(), "told_at": told_at or at}
    return [_tell(child, said, by, at) for child in chosen]


def _tell(about: ContactChild | Referral, said: Mapping[str, Any], by: User, at: datetime) -> Told:
    about.refresh_from_db()
    if said["kind"] == Told.Kind.OUTCOME and about.decided_on is None:
        raise Refused(f"Nothing is decided about {about.person.full_name} yet.", "kind")
    whose = {"referral": about} if isinstance(about, Referral) else {"contact_child": about}
    told = Told.objects.create(**whose, **said, **stamp(by, at))
    if told.how != Told.How.NOT_TOLD:
        of = {"pk": about.pk} if isinstance(about, Referral) else {"contact": about}
        for referral in Referral.objects.filter(**of, acknowledged_on=None):
            _acknowledge(referral, told.told_at, at)
    return told


def _acknowledge(referral: Referral, told_at: datetime, at: datetime) -> None:
    referral.acknowledged_on = timezone.localdate(told_at)
    save_over(referral, None)
    bring_up_to_date(people=[referral.person_id], at=at)
