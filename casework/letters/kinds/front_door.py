"""The letters that tell whoever got in touch what was decided (Working Together 2023: feedback to referrers)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from casework.accounts.models import User
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day
from casework.front_door.models import ContactChild, Referral
from casework.front_door.reading import visible_contacts
from casework.letters.kinds.model import Field, Kind, Source, Whom
from casework.letters.paper.markup import Value
from casework.people.models import Person


def decided(person: Person, _user: User) -> list[Source]:
    """The child's referrals that were decided, latest first."""
    found = Referral.objects.filter(person=person).exclude(decided_on=None).order_by("-received_on", "-pk")
    return [
        Source(one.reference, f"Referral received {day(one.received_on)}: {_outcome(one).lower()}") for one in found
    ]  # fmt: skip


def fill(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """The referral's fields."""
    one = Referral.objects.filter(person=person, reference=reference).exclude(decided_on=None).first()
    if one is None:
        return None
    return {
        "referral.received": day(one.received_on),
        "referral.decided": day(one.decided_on),
        "referral.outcome": _outcome(one),
    }


def caller(person: Person, reference: str, user: User) -> list[Whom]:
    """Whoever made the contact that the referral came from, where the account may open it."""
    one = Referral.objects.filter(person=person, reference=reference).select_related("contact").first()
    return _who_made(one.contact, user) if one and one.contact else []


def answered(person: Person, user: User) -> list[Source]:
    """The child's contacts that the account may open and that were decided without a referral, latest first."""
    found = _answered(person, user).select_related("contact").order_by("-contact__received_on", "-pk")
    return [
        Source(one.reference, f"Contact received {day(one.contact.received_on)}: {_decided(one).lower()}")
        for one in found
    ]


def fill_answer(person: Person, reference: str, user: User, _today: date) -> Mapping[str, Value] | None:
    """The contact's fields, of this child alone."""
    one = _answered(person, user).filter(reference=reference).select_related("contact").first()
    if one is None:
        return None
    return {
        "contact.received": day(one.contact.received_on),
        "contact.decided": day(one.decided_on),
        "contact.outcome": _decided(one),
    }


def who_called(person: Person, reference: str, user: User) -> list[Whom]:
    """Whoever made the contact, where the account may open it."""
    one = _answered(person, user).filter(reference=reference).first()
    return _who_made(one, user) if one else []


def _answered(person: Person, user: User) -> QuerySet[ContactChild]:
    found = ContactChild.objects.filter(person=person, contact__in=visible_contacts(user), referrals=None)
    return found.exclude(decided_on=None)


def _decided(one: ContactChild) -> str:
    return meaning("contact_outcome", one.outcome)


def _who_made(child: ContactChild, user: User) -> list[Whom]:
    contact = visible_contacts(user).filter(pk=child.contact_id).first()
    name = ", ".join(part for part in (contact.caller_name, contact.agency) if part) if contact else ""
    return [Whom("referrer", name)] if name else []


def _outcome(one: Referral) -> str:
    return meaning("referral_outcome", one.outcome) if one.outcome else "Outcome not recorded"


OUTCOME = Kind(
    "referral_outcome", "To the referrer: what was decided",
    (
        Field("referral.received", "The day that the referral came", "23 November 2026"),
        Field("referral.decided", "The day of the decision", "24 November 2026"),
        Field("referral.outcome", "What was decided", "Assessment"),
    ),
    decided, fill, caller,
)  # fmt: skip
ANSWER = Kind(
    "contact_answer", "To whoever got in touch: what was decided without a referral",
    (
        Field("contact.received", "The day that the contact came", "23 November 2026"),
        Field("contact.decided", "The day of the decision", "24 November 2026"),
        Field("contact.outcome", "What was decided", "Early help"),
    ),
    answered, fill_answer, who_called,
)  # fmt: skip
