"""Contacts and referrals on the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.accounts.models import User
from casework.common.together import Rows
from casework.front_door.models import ContactChild
from casework.front_door.queries.person import Came, contacts_of, received, referrals_of
from casework.people import panels
from casework.people.models import Person

LATEST = 3
REFERRALS = Rows("referrals", referrals_of)


def add_all() -> None:
    """Add them, once, when the application starts."""
    title = "Contacts and referrals"
    panels.add(
        panels.Panel(
            "front_door", title, 25, "people.read", latest, "front_door/panel.html", asks=(REFERRALS, contacts_of)
        )
    )
    panels.add(panels.RecordPage("front_door", title, 250, "people.read", "contacts_of_person"))
    panels.add(panels.Addition("contact", "Contact", 30, "contact.record", "record_contact_about"))
    panels.read_here("contacts", panels.pages_of("contact", ContactChild, "contact__reference"))
    panels.read_here("referrals", panels.pages_by_row("referral"))


def latest(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The last few contacts and referrals that the reader may see; nothing where there are none."""
    contacts, referrals = _of(request, person)
    if not contacts and not referrals:
        return None
    more = len(contacts) > LATEST or len(referrals) > LATEST
    return {"contacts": contacts[:LATEST], "referrals": referrals[:LATEST], "more": more}


def _of(request: HttpRequest, person: Person) -> tuple[list[Came], list[Any]]:
    assert isinstance(request.user, User)
    return panels.answer(contacts_of(request.user), person), received(panels.answer(REFERRALS, person))
