"""One person's contacts and referrals, latest first, for their record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from casework.accounts.models import User
from casework.common.coded import meaning
from casework.front_door.models import Contact, ContactChild, Named, Referral
from casework.front_door.reading import visible_contacts
from casework.front_door.rereferrals import rereferrals
from casework.people.models import Person


@dataclass(frozen=True)
class Came:
    """A contact that is about the person, or that names them as an adult."""

    contact: Contact
    source: str
    decided: str
    decided_on: date | None
    part: str = ""


@dataclass(frozen=True)
class Received:
    """A referral of the person. `again` where it is a re-referral."""

    referral: Referral
    again: bool


def contacts_of(person: Person, user: User) -> list[Came]:
    """The contacts about the person, or that name them, which the account may see."""
    visible = visible_contacts(user)
    about = ContactChild.objects.filter(person=person, contact__in=visible).select_related("contact")
    found = [Came(one.contact, _source(one.contact), _decided(one), one.decided_on) for one in about]
    named = Named.objects.filter(person=person, is_child=False, contact__in=visible).select_related("contact")
    found += [Came(one.contact, _source(one.contact), "", None, one.part or "named") for one in named]
    return sorted(found, key=lambda one: (one.contact.received_on, one.contact.pk), reverse=True)


def _source(contact: Contact) -> str:
    source = meaning("referral_source", contact.source) if contact.source else "source not known"
    return f"{source}, {contact.agency}" if contact.agency else source


def _decided(child: ContactChild) -> str:
    return meaning("contact_outcome", child.outcome) if child.outcome else ""


def referrals_of(person: int) -> QuerySet[Referral]:
    """The referrals of the person with that key, latest first. Whoever may open the record may see them."""
    return Referral.objects.filter(person=person).order_by("-received_on", "-pk")


def received(referrals: Sequence[Referral]) -> list[Received]:
    """All the referrals of one person, each saying whether it is a re-referral."""
    again = rereferrals(referrals)
    return [Received(one, one.pk in again) for one in referrals]
