"""Recording emergency protection orders and child assessment orders: made, extended, ended."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_holders
from casework.common.happened import check_day, check_past
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.court.actions.police import Ended, record_ended
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.court.policies import check_extension, check_no_order, check_order_over, check_until
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person


@dataclass(frozen=True)
class Made:
    """An order as the court made it."""

    kind: str
    made_at: datetime
    until_at: datetime
    applicant: str = ""
    applied_at: datetime | None = None
    begins_on: date | None = None
    court: str = ""
    court_reference: str = ""
    why: str = ""
    contact: str = ""
    medical: str = ""
    exclusion: str = ""


@whole
def record_order(
    person: Person, made: Made, *, ends_police: bool | None = None, by: User, at: datetime
) -> EmergencyOrder:
    """The court made an order. With `ends_police`, police protection ended with it. The holders are told."""
    check_made(person, made, at)
    order = EmergencyOrder.objects.create(person=person, **_columns(person, made), **stamp(by, at))
    if ends_police and made.kind == "emergency_protection":
        held = PoliceProtection.objects.filter(person=person, ended_on=None)
        record_ended(held, Ended(made.made_at, "emergency_order"), by=by, at=at)
    text = f"{by} has recorded an emergency order for {person.full_name}"
    tell_holders(person, text, address=f"/emergency-orders/{order.pk}", by=by, at=at)
    bring_up_to_date(people=[person.pk], at=at)
    return order


@whole
def change_order(order: EmergencyOrder, made: Made, *, version: int | None, by: User, at: datetime) -> None:
    """Put an order right as it was made, or add to its directions. Once extended or ended, its days stay."""
    if order.extended_on or order.ended_on:
        if (made.kind, made.made_at, made.until_at) != (order.kind, order.made_at, order.until_at):
            raise Refused("It was extended or has ended, so which order and its times cannot be changed here. Put the "
                          "order right.")  # fmt: skip
    else:
        check_made(order.person, made, at, order.pk)
    for name, value in _columns(order.person, made).items():
        setattr(order, name, value)
    save_over(order, version)
    bring_up_to_date(people=[order.person_id], at=at)


def check_made(person: Person, made: Made, at: datetime, but: int = 0) -> None:
    """Whether the court can have made the order so."""
    check_past(made.made_at, at, "made_at")
    if made.applied_at is not None and made.applied_at > made.made_at:
        raise Refused("It was applied for before it was made: give an earlier time.", "applied_at")
    on = timezone.localdate(made.made_at)
    if made.begins_on is not None and made.begins_on < on:
        raise Refused("An order begins on the day it is made or later.", "begins_on")
    check_no_order(person, made.kind, on, but)
    first = first_day(person, made.kind, made.applicant, on, made.begins_on)
    check_until(made.kind, made.until_at, first, made.made_at)


def first_day(person: Person, kind: str, applicant: str, on: date, begins_on: date | None) -> date:
    """The day from which the days of an order made `on` are counted.

    Where the police applied, that is the first day of the police protection it follows (s45(3)).
    """
    if kind == "child_assessment":
        return begins_on or on
    if applicant == EmergencyOrder.Applicant.POLICE:
        for one in PoliceProtection.objects.filter(person=person, started_on__lte=on).order_by("-started_on"):
            if one.ended_on is None or one.ended_on >= on:
                return one.started_on
    return on


def _columns(person: Person, made: Made) -> dict[str, object]:
    said = {one.name: getattr(made, one.name) for one in fields(made)}
    on = timezone.localdate(made.made_at)
    return {**said, "made_on": on, "begins_on": made.begins_on or on}


@whole
def extend_order(order: EmergencyOrder, *, extended_on: date, until_at: datetime, by: User, at: datetime) -> None:
    """The court extended the order, which it can do once."""
    order = EmergencyOrder.objects.select_for_update(of=("self",)).select_related("person").get(pk=order.pk)
    check_day(extended_on, timezone.localdate(at), "extended_on", order.made_on)
    check_extension(order, extended_on, until_at)
    order.extended_on, order.extended_until, order.ended_recorded_at = extended_on, until_at, at
    save_over(order, None)
    bring_up_to_date(people=[order.person_id], at=at)


@whole
def end_order(
    order: EmergencyOrder, *, ended_at: datetime, how_ended: str, what_followed: str, by: User, at: datetime
) -> None:
    """The order ended."""
    order = EmergencyOrder.objects.select_for_update(of=("self",)).select_related("person").get(pk=order.pk)
    check_order_over(order, ended_at, at)
    order.ended_at, order.ended_on, order.ended_recorded_at = ended_at, timezone.localdate(ended_at), at
    order.how_ended, order.what_followed = how_ended, what_followed
    save_over(order, None)
    bring_up_to_date(people=[order.person_id], at=at)
