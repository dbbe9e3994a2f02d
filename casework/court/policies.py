"""What police protection and emergency orders can be under the law in force. Each `check_…` raises Refused."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
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
    for one in _other_uses(person, but):
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
    """Whether an end can be recorded, and at that moment: after it began. An end beyond the hours the law allows is
    recorded as it was, and shown as a breach.
    """
    if held.ended_on is not None:
        raise Refused(f"It is recorded as ended on {day(held.ended_on)}. If that is wrong, put the times right.")
    check_release(held, ended_at, at)


def check_release(held: PoliceProtection, ended_at: datetime, at: datetime) -> None:
    """Whether it can have ended at that moment, whatever is recorded of its end."""
    check_past(ended_at, at, "ended_at")
    if ended_at < held.since:
        taken = moment(held.started_at) if held.started_at else day(held.started_on)
        raise Refused(f"{held.person.full_name} was taken {taken}: give a later time.", "ended_at")


def check_uses_apart(held: PoliceProtection) -> None:
    """Whether the times that a use of the power is to have meet no other use for the child."""
    for one in _other_uses(held.person, held.pk):
        before = one.ended_on is not None and (one.ended_at or _day_begins(one.ended_on)) <= held.since
        after = held.ended_on is not None and (held.ended_at or _day_begins(held.ended_on)) <= one.since
        if not (before or after):
            until = f"to {day(one.ended_on)}" if one.ended_on else "and no end"
            raise Refused(
                f"{held.person.full_name} is also recorded as in police protection from {day(one.started_on)} {until}. "
                "The two cannot be at one time: look at which is wrong.", "taken_at",
            )  # fmt: skip


def _other_uses(person: Person, but: int) -> QuerySet[PoliceProtection]:
    return PoliceProtection.objects.select_for_update().filter(person=person).exclude(pk=but)


def _day_begins(on: date) -> datetime:
    """Where only the day of an end is known, no two uses are said to meet on it."""
    return timezone.make_aware(datetime.combine(on, time.min))


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


def check_orders_apart(order: EmergencyOrder) -> None:
    """Whether the days that an order is to have meet no other order of its kind for the child."""
    check_no_order(order.person, order.kind, order.made_on, order.pk)
    later = EmergencyOrder.objects.filter(person=order.person_id, kind=order.kind, made_on__gt=order.made_on)
    later = later.filter(made_on__lt=order.ended_on) if order.ended_on else later
    one = later.exclude(pk=order.pk).first()
    if one is not None:
        raise Refused(
            f"Another order was made for {order.person.full_name} on {day(one.made_on)}, and there can be only one at "
            "a time: give an end before that, or look at which is wrong.", "ended_at",
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
        raise Refused(f"It is recorded as ended on {day(order.ended_on)}. If that is wrong, put the order right.")
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
    """Whether an end can be recorded, and at that moment."""
    if order.ended_on is not None:
        raise Refused(f"It is recorded as ended on {day(order.ended_on)}. If that is wrong, put the order right.")
    check_past(ended_at, at, "ended_at")
    if ended_at < (order.made_at or ended_at) or timezone.localdate(ended_at) < order.made_on:
        raise Refused(f"The order was made {day(order.made_on)}: give a later time.", "ended_at")
    until = order.extended_until or order.until_at
    if until is not None and ended_at > until:
        raise Refused(f"The order ran out {law.said(until)}: give that time, or an earlier one.", "ended_at")
