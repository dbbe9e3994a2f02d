"""Putting right when police protection and emergency orders began and ended. What was recorded before stays in the
history, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.allocation.telling import tell_holders
from casework.common.happened import check_day, check_past
from casework.common.refused import Refused
from casework.court.actions.orders import first_day
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.court.policies import (
    check_extension,
    check_order_over,
    check_orders_apart,
    check_release,
    check_until,
    check_uses_apart,
)
from casework.court.queries import beyond_law
from casework.deadlines.actions import bring_up_to_date
from casework.history.putting_right import putting_right


@dataclass(frozen=True)
class Times:
    """When a use of the power began, and whether and when it ended. A moment not given stays as it is recorded."""

    taken_at: datetime | None
    ended: bool
    ended_at: datetime | None = None
    outcome: str = ""
    what_followed: str = ""


@dataclass(frozen=True)
class OrderTimes:
    """Which order it was, and when it was made, extended and ended. A moment not given stays as it is recorded."""

    kind: str
    made_at: datetime | None
    until_at: datetime | None
    begins_on: date | None = None
    applicant: str = ""
    extended_on: date | None = None
    extended_until: datetime | None = None
    ended: bool = False
    ended_at: datetime | None = None
    how_ended: str = ""
    what_followed: str = ""


def correct_protection(
    held: PoliceProtection, times: Times, *, why: str, version: int | None = None,
    others: Iterable[PoliceProtection] = (), by: User, at: datetime,
) -> None:  # fmt: skip
    """The times as they were, for one child and for `others` of whom the same is true. The holders are told."""
    with putting_right(why, by=by):
        given = {held.pk: version} | {one.pk: None for one in others}
        locked = PoliceProtection.objects.select_for_update(of=("self",)).select_related("person")
        found = list(locked.filter(pk__in=given).order_by("pk"))
        for one in found:
            _set_times(one, times, at)
            save_over(one, given[one.pk])
        for one in found:
            check_uses_apart(one)
            said = ". It lasted longer than the law allows" if beyond_law(one) else ""
            text = f"{by} has put right the times of {one.person.full_name}’s police protection{said}"
            tell_holders(one.person, text, address=f"/police-protection/{one.pk}", by=by, at=at)
        bring_up_to_date(people=[one.person_id for one in found], at=at)


def _set_times(held: PoliceProtection, times: Times, at: datetime) -> None:
    if times.taken_at is not None:
        check_past(times.taken_at, at, "taken_at")
        held.started_at, held.started_on = times.taken_at, timezone.localdate(times.taken_at)
    held.outcome, held.what_followed = times.outcome, times.what_followed
    if not times.ended:
        held.ended_at = held.ended_on = held.ended_recorded_at = None
        held.outcome = held.what_followed = ""
        return
    ended_at = times.ended_at or held.ended_at
    if ended_at is not None:
        check_release(held, ended_at, at)
        held.ended_recorded_at = held.ended_recorded_at if ended_at == held.ended_at else at
        held.ended_at, held.ended_on = ended_at, timezone.localdate(ended_at)
    elif held.ended_on is None or held.ended_on < held.started_on:
        raise Refused("Say when it ended.", "ended_at")


def correct_order(
    order: EmergencyOrder, times: OrderTimes, *, why: str, version: int | None = None, by: User, at: datetime
) -> None:
    """The order as it was made, extended and ended. The holders are told."""
    with putting_right(why, by=by):
        order = EmergencyOrder.objects.select_for_update(of=("self",)).select_related("person").get(pk=order.pk)
        known = copy(order)
        order.extended_on = order.extended_until = order.ended_on = order.ended_at = None
        _as_made(order, times, at)
        _as_extended(order, known, times, at)
        _as_ended(order, known, times, at)
        check_orders_apart(order)
        if (order.extended_on, order.ended_on) != (known.extended_on, known.ended_on):
            order.ended_recorded_at = at if order.extended_on or order.ended_on else None
        save_over(order, version)
        text = f"{by} has put right an emergency order for {order.person.full_name}"
        tell_holders(order.person, text, address=f"/emergency-orders/{order.pk}", by=by, at=at)
        bring_up_to_date(people=[order.person_id], at=at)


def _as_made(order: EmergencyOrder, times: OrderTimes, at: datetime) -> None:
    order.kind, order.applicant = times.kind, times.applicant
    if times.made_at is not None:
        check_past(times.made_at, at, "made_at")
        order.made_at, order.made_on = times.made_at, timezone.localdate(times.made_at)
    order.begins_on = times.begins_on or order.made_on
    if order.begins_on < order.made_on:
        raise Refused("An order begins on the day it is made or later.", "begins_on")
    order.until_at = times.until_at or order.until_at
    if order.until_at is not None and order.made_at is not None:
        first = first_day(order.person, order.kind, order.applicant, order.made_on, order.begins_on)
        check_until(order.kind, order.until_at, first, order.made_at)


def _as_extended(order: EmergencyOrder, known: EmergencyOrder, times: OrderTimes, at: datetime) -> None:
    if times.extended_on is None:
        return
    until = times.extended_until or known.extended_until
    check_day(times.extended_on, timezone.localdate(at), "extended_on", order.made_on)
    if until is not None:
        check_extension(order, times.extended_on, until)
    elif known.extended_on is None:
        raise Refused("Say until when it was extended.", "extended_until")
    order.extended_on, order.extended_until = times.extended_on, until


def _as_ended(order: EmergencyOrder, known: EmergencyOrder, times: OrderTimes, at: datetime) -> None:
    order.how_ended, order.what_followed = ("", "") if not times.ended else (times.how_ended, times.what_followed)
    if not times.ended:
        return
    ended_at = times.ended_at or known.ended_at
    if ended_at is not None:
        check_order_over(order, ended_at, at)
        order.ended_at, order.ended_on = ended_at, timezone.localdate(ended_at)
    elif known.ended_on is not None and known.ended_on >= order.made_on:
        order.ended_on = known.ended_on
    else:
        raise Refused("Say when it ended.", "ended_at")
