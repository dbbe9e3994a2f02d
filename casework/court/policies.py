"""What police protection and emergency orders can be under the law in force. Each `check_…` raises Refused."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from casework.common.happened import check_past
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day, moment
from casework.court import law
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.deadlines.book import cited, rule_on
from casework.people.models import Person


def check_not_in_police_protection(person: Person, taken_at: datetime, but: int = 0) -> None:
    """Whether a use of the power can begin for the child at that moment. `but` is the use that is being put right."""
    on = timezone.localdate(taken_at)
    for one in PoliceProtection.objects.select_for_update().filter(person=person).exclude(pk=but):
        if one.ended_on is None:
            raise Refused(
                f"{person.full_name} is recorded as in police protection since {day(one.started_on)}. Record first "
                "when that ended.", "taken_at",
            )  # fmt: skip
        if one.started_on <= on <= one.ended_on and (one.ended_at is None or one.since <= taken_at < one.ended_at):
            raise Refused(
                f"{person.full_name} is recorded as in police protection from {day(one.started_on)} to "
                f"{day(one.ended_on)}: give another time.", "taken_at",
            )  # fmt: skip


def check_released(held: PoliceProtection, ended_at: datetime, at: datetime) -> None:
    """Whether police protection can have ended at that moment: after it began. An end beyond the hours the law allows
    is recorded as it was, and shown as a breach.
    """
    if held.ended_on is not None:
        raise Refused(f"It is recorded as ended on {day(held.ended_on)}.")
    check_past(ended_at, at, "ended_at")
    if ended_at < held.since:
        raise Refused(f"{held.person.full_name} was taken {moment(held.started_at)}: give a later time.", "ended_at")


def check_no_order(person: Person, kind: str, made_on: date, but: int = 0) -> None:
    """Whether a second order of that kind can be made for the child: not while one is in force."""
    same = EmergencyOrder.objects.select_for_update().filter(person=person, kind=kind).exclude(pk=but)
    standing = same.filter(Q(ended_on=None) | Q(ended_on__gt=made_on), made_on__lte=made_on).first()
    if standing is None:
        return
    rule = rule_on(law.ORDER[kind], made_on)
    raise Refused(
        f"An order of {day(standing.made_on)} is in force for {person.full_name}, and there can be only one: "
        f"{cited(rule)}. Record its extension, or how it ended.", "made_at",
    )  # fmt: skip


def check_until(kind: str, until: datetime, first_day: date, made_at: datetime) -> None:
    """Whether the order may last so long, its days counted from `first_day`."""
    if until <= made_at:
        raise Refused("The order has to end after it was made: give a later time.", "until_at")
    last = law.order_until(kind, first_day, timezone.localdate(made_at))
    if until > last:
        rule = rule_on(law.ORDER[kind], timezone.localdate(made_at))
        raise Refused(
            f"The order cannot last beyond {law.said(last)}: {cited(rule)}, counted from {day(first_day)}. Look at "
            "the order again.", "until_at",
        )  # fmt: skip


def check_extension(order: EmergencyOrder, extended_on: date, until: datetime) -> None:
    """Whether the order can be extended, on that day and for so long: once, while it is in force."""
    if order.kind != "emergency_protection":
        raise Refused("A child assessment order cannot be extended.")
    if order.ended_on is not None:
        raise Refused(f"It is recorded as ended on {day(order.ended_on)}.")
    rule = rule_on(law.EXTENSION, extended_on)
    if order.extended_on is not None:
        raise Refused(f"It was extended on {day(order.extended_on)}. {rule.exceptions} {cited(rule)}.")
    first = order.until_at or law.order_until(order.kind, order.made_on, order.made_on)
    if extended_on < order.made_on or extended_on > timezone.localdate(first):
        raise Refused(f"It was in force from {day(order.made_on)} to {law.said(first)}: give a day between.",
                      "extended_on")  # fmt: skip
    if until <= first:
        raise Refused(f"It runs to {law.said(first)} without the extension: give a later time.", "until_at")
    if until > (last := law.extended_until(first, extended_on)):
        raise Refused(f"It cannot be extended beyond {law.said(last)}: {cited(rule)}.", "until_at")


def check_order_over(order: EmergencyOrder, ended_at: datetime, at: datetime) -> None:
    """Whether the order can have ended at that moment."""
    if order.ended_on is not None:
        raise Refused(f"It is recorded as ended on {day(order.ended_on)}.")
    check_past(ended_at, at, "ended_at")
    if ended_at < (order.made_at or ended_at) or timezone.localdate(ended_at) < order.made_on:
        raise Refused(f"The order was made {day(order.made_on)}: give a later time.", "ended_at")
    until = order.extended_until or order.until_at
    if until is not None and ended_at > until:
        raise Refused(f"The order ran out {law.said(until)}: give that time, or an earlier one.", "ended_at")
