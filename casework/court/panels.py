"""Police protection and emergency orders on the record of each child: first on every page while one is in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse

from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day
from casework.court import law
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.court.queries import Power
from casework.people import panels, reading
from casework.people.models import Person
from casework.people.panels import living_child

POLICE, ORDER = "latest_police_protection", "latest_emergency_order"
"""What an opened record carries: the latest of each, the one in force first."""


def add_all() -> None:
    """Add them, once, when the application starts."""
    reading.CARRIED |= {POLICE: _latest_police, ORDER: _latest_order}
    panels.add(panels.Alert("police_protection", "Police protection", 5, "people.read", police_protection))
    panels.add(panels.Alert("emergency_order", "Emergency order", 6, "people.read", emergency_order))
    panels.add(panels.RecordPage("emergency", "Emergency powers", 44, "people.read", "emergency_of_person", has_any))
    panels.add(
        panels.Addition("police", "Police protection", 35, "court.write", "record_police_protection", living_child)
    )
    panels.add(panels.Addition("order", "Emergency order", 36, "court.write", "record_emergency_order", living_child))
    panels.read_here("police_protections", panels.pages_by_row("police_protection_row"))
    panels.read_here("emergency_orders", panels.pages_by_row("emergency_order_row"))


def _latest_police() -> Any:
    return reading.latest_of(
        PoliceProtection, reading.OPEN_FIRST, "-started_on", "-pk", pk="pk", on="started_on", at="started_at",
        ended="ended_on",
    )  # fmt: skip


def _latest_order() -> Any:
    until = Coalesce("extended_until", "until_at")
    return reading.latest_of(
        EmergencyOrder, reading.OPEN_FIRST, "-made_on", "-pk", pk="pk", kind="kind", until=until, ended="ended_on"
    )


def has_any(person: Person) -> bool:
    """Whether there is anything to read of a record that was opened."""
    return getattr(person, POLICE, None) is not None or getattr(person, ORDER, None) is not None


def police_protection(person: Person, at: datetime) -> panels.Said | None:
    """Until when, and the hours left; None for a child who is not in police protection."""
    latest = getattr(person, POLICE, None)
    if latest is None or latest["ended"] is not None:
        return None
    address = reverse("police_protection", args=[latest["pk"]])
    if not latest["at"]:
        return panels.Said(f"since {day(datetime.fromisoformat(latest['on']))}, the hour is not known", address)
    return panels.Said(_until(Power(law.police_until(datetime.fromisoformat(latest["at"])), at)), address)


def emergency_order(person: Person, at: datetime) -> panels.Said | None:
    """Which order and until when; None for a child without one in force."""
    latest = getattr(person, ORDER, None)
    if latest is None or latest["ended"] is not None:
        return None
    power = Power(datetime.fromisoformat(latest["until"]) if latest["until"] else None, at)
    which = meaning("emergency_order_kind", latest["kind"])
    return panels.Said(f"{which}, {_until(power)}", reverse("emergency_order", args=[latest["pk"]]))


def _until(power: Power) -> str:
    if power.until is None:
        return "its end is not recorded"
    if power.over:
        return f"{power.words}, {law.said(power.until)}. Record how it ended"
    return f"until {law.said(power.until)}, {power.words}"
