"""Police protection and emergency orders, for the people who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from casework.accounts.models import User
from casework.common.templatetags.golden_thread import hours, moment
from casework.court import law
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.deadlines.book import cited, rule_on
from casework.people.models import Person
from casework.people.reading import readable

Row = TypeVar("Row", PoliceProtection, EmergencyOrder)


@dataclass(frozen=True)
class Power:
    """A power over a child at a moment: until when, if that is known to the hour."""

    until: datetime | None
    at: datetime

    @property
    def over(self) -> bool:
        """Whether its last moment has passed."""
        return self.until is not None and self.until < self.at

    @property
    def words(self) -> str:
        """31 hours left; less than an hour left; ran out 2 hours ago."""
        if self.until is None:
            return "the hour is not known"
        said = hours(abs(self.until - self.at))
        return f"ran out {said} ago" if self.over else f"{said} left"


def beyond_law(held: PoliceProtection) -> str:
    """What to say of police protection that lasted longer than the law allows; empty where it did not, or where the
    hours are not known.
    """
    if held.started_at is None or held.ended_at is None:
        return ""
    last = law.police_until(held.started_at)
    if held.ended_at <= last:
        return ""
    rule = rule_on(law.POLICE, timezone.localdate(held.started_at))
    return f"It lasted {hours(held.ended_at - last)} longer than the law allows, to {moment(last)}: {cited(rule)}."


def police_power(held: PoliceProtection, at: datetime) -> Power:
    """How long police protection may still last."""
    return Power(law.police_until(held.started_at) if held.started_at else None, at)


def order_power(order: EmergencyOrder, at: datetime) -> Power:
    """How long the order still runs: as it says, or as extended."""
    return Power(order.extended_until or order.until_at, at)


def protection_for(user: User, pk: int) -> PoliceProtection | None:
    """A child's part, when the child's record is one that the account may open."""
    found = PoliceProtection.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "taking", "said", "recorded_by").first()


def order_for(user: User, pk: int) -> EmergencyOrder | None:
    """An order, when the child's record is one that the account may open."""
    return EmergencyOrder.objects.filter(pk=pk, person__in=readable(user)).select_related("person").first()


def taken_together(held: PoliceProtection, user: User) -> list[PoliceProtection]:
    """The other children who were taken too and whom the account may see, oldest first."""
    found = PoliceProtection.objects.filter(taking=held.taking_id, person__in=readable(user)).exclude(pk=held.pk)
    return list(found.select_related("person").order_by("person__born_on", "pk"))


def in_police_protection(person: Person) -> bool:
    """Whether the child is in police protection now."""
    return PoliceProtection.objects.filter(person=person, ended_on=None).exists()


def protections_of(person: Person) -> list[PoliceProtection]:
    """Every use of the power for a child whose record has been opened, latest first."""
    return list(PoliceProtection.objects.filter(person=person).order_by("-started_on", "-pk"))


def orders_of(person: Person) -> list[EmergencyOrder]:
    """Every emergency order of a child whose record has been opened, latest first."""
    return list(EmergencyOrder.objects.filter(person=person).order_by("-made_on", "-pk"))


def protections_now(user: User, at: datetime) -> list[tuple[PoliceProtection, Power]]:
    """The children in police protection whom the account may see, the first to run out first."""
    found = PoliceProtection.objects.filter(ended_on=None, person__in=readable(user)).select_related("person")
    return _soonest((one, police_power(one, at)) for one in found)


def orders_now(user: User, at: datetime) -> list[tuple[EmergencyOrder, Power]]:
    """The emergency orders in force of children whom the account may see, the first to run out first."""
    found = EmergencyOrder.objects.filter(ended_on=None, person__in=readable(user)).select_related("person")
    return _soonest((one, order_power(one, at)) for one in found)


def _soonest(found: Iterable[tuple[Row, Power]]) -> list[tuple[Row, Power]]:
    return sorted(found, key=lambda one: (one[1].until or one[1].at, one[0].pk))
