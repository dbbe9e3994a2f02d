"""Core groups between two conferences: which were held, and which were missed or late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from casework.accounts.models import User
from casework.child_protection.models import ChildAtConference
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock
from casework.meetings import law
from casework.meetings.models import ChildAtMeeting, Meeting

REVIEW = "review"


def since_the_last(child: ChildAtConference, _user: User, at: datetime) -> Mapping[str, Any] | None:
    """For the chair of a review: the core groups since the conference before it, and those not held in time."""
    if child.kind != REVIEW or child.conference.cancelled_on is not None:
        return None
    until = child.conference.held_on or timezone.localdate(at)
    since = _conference_before(child, until)
    if since is None:
        return None
    held = ChildAtMeeting.objects.filter(
        person=child.person_id, meeting__kind=Meeting.Kind.CORE_GROUP, written=True,
        meeting__held_on__gt=since, meeting__held_on__lte=until,
    )  # fmt: skip
    clocks = Obligation.objects.filter(
        person=child.person_id, rule__in=law.rules_of(Meeting.Kind.CORE_GROUP), due_on__gt=since, due_on__lte=until
    )
    late = [one for one in (RunningClock(row, at) for row in clocks.order_by("due_on", "pk")) if one.late]
    groups = list(held.select_related("meeting").order_by("meeting__held_on"))
    return {"since": since, "until": until, "held": groups, "late": late}


def _conference_before(child: ChildAtConference, until: date) -> date | None:
    others = ChildAtConference.objects.filter(person=child.person_id, conference__held_on__lt=until)
    latest: date | None = others.exclude(pk=child.pk).aggregate(on=Max("conference__held_on"))["on"]
    return latest
