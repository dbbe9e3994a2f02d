"""Who asks, when: what every page of the front door begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.common import clock
from casework.common.templatetags.golden_thread import day, moment
from casework.front_door.models import Contact, ContactChild, Referral
from casework.people.reading import readable

BY_LETTER = (
    "What was decided can be told by letter too: write it from the page of the contact or the referral. The day that "
    "it goes is the day they were told, and nothing is filled in here."
)


@dataclass(frozen=True)
class Asking:
    """The account, the moment and the day."""

    user: User
    at: datetime
    today: date


def asking(request: HttpRequest) -> Asking:
    """Who asks for the page, and when: the time is asked once a page."""
    assert isinstance(request.user, User)
    at = clock.now()
    return Asking(request.user, at, timezone.localdate(at))


def contact_address(contact: Contact) -> str:
    """The address of a contact's page."""
    return reverse("contact", args=[contact.reference])


def referral_address(referral: Referral) -> str:
    """The address of a referral's page."""
    return reverse("referral", args=[referral.reference])


def whom(contact: Contact, user: User) -> str:
    """Whom a contact is about, of those whose record the account may open: said above every form about it."""
    found = contact.children.filter(person__in=readable(user)).select_related("person").order_by("pk")
    names = [child.person.full_name for child in found]
    came = moment(contact.received_at) if contact.received_at else day(contact.received_on)
    return ", ".join(names) or f"Contact of {came}"


def named_choices(found: Iterable[ContactChild | Referral]) -> list[tuple[int, str]]:
    """Each child's row and name, for a form to choose from."""
    return [(one.pk, one.person.full_name) for one in found]
