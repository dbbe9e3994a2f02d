"""Contacts and referrals on the person's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casework.accounts.models import User
from casework.common.coded import meaning
from casework.front_door.queries.person import Came, contacts_of, referrals_of
from casework.people import panels
from casework.people.models import Person

LATEST = 3


def add_all() -> None:
    """Add them, once, when the application starts."""
    title = "Contacts and referrals"
    panels.add(panels.Panel("front_door", title, 25, "people.read", latest, "front_door/panel.html"))
    panels.add(panels.RecordPage("front_door", title, 250, "people.read", "contacts_of_person"))
    panels.add(panels.Addition("contact", "Contact", 30, "contact.record", "record_contact_about"))
    panels.add(panels.Timeline("front_door", 25, "people.read", on_the_timeline))


def latest(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The last few contacts and referrals that the reader may see; nothing where there are none."""
    contacts, referrals = _of(request, person)
    if not contacts and not referrals:
        return None
    more = len(contacts) > LATEST or len(referrals) > LATEST
    return {"contacts": contacts[:LATEST], "referrals": referrals[:LATEST], "more": more}


def on_the_timeline(request: HttpRequest, person: Person) -> Iterable[panels.Happening]:
    """When each contact came and was decided, and each referral was received, decided and closed."""
    contacts, referrals = _of(request, person)
    for one in contacts:
        address = reverse("contact", args=[one.contact.reference])
        yield panels.Happening(one.contact.received_on, "Contact", one.source, address)
        if one.decided_on:
            yield panels.Happening(one.decided_on, "Contact decided", one.decided, address)
    for found in referrals:
        referral, address = found.referral, reverse("referral", args=[found.referral.reference])
        again = "Re-referral" if found.again else "Referral"
        yield panels.Happening(referral.received_on, again, meaning("referral_source", referral.source), address)
        if referral.decided_on:
            step = meaning("referral_outcome", referral.outcome)
            yield panels.Happening(referral.decided_on, "Next step of the referral decided", step, address)
        if referral.closed_on:
            why = meaning("closure_reason", referral.closure_reason) if referral.closure_reason else ""
            yield panels.Happening(referral.closed_on, "Referral closed", why, address)


def _of(request: HttpRequest, person: Person) -> tuple[list[Came], list[Any]]:
    assert isinstance(request.user, User)
    return contacts_of(person, request.user), referrals_of(person)
