"""Recording a contact, whom it names, and on what ground what is known may be shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.front_door.models import Contact, Named


@dataclass(frozen=True)
class Message:
    """What came to the front door: from whom, when, about what."""

    received_at: datetime
    source: str
    concern: str
    urgency: str
    agency: str = ""
    caller_name: str = ""
    caller_role: str = ""
    caller_telephone: str = ""
    caller_email: str = ""
    out_of_hours: bool = False


@dataclass(frozen=True)
class Said:
    """Somebody whom the caller named, as they said it."""

    is_child: bool = True
    forename: str = ""
    surname: str = ""
    born_on: date | None = None
    expected_on: date | None = None
    age_said: int | None = None
    part: str = ""
    address: str = ""
    postcode: str = ""


@whole
def record_contact(message: Message, *, named: Iterable[Said] = (), by: User, at: datetime) -> Contact:
    """A contact, waiting for triage, with everybody it names still to be matched. Refused when it came after `at`."""
    _check_came(message, at)
    day = timezone.localdate(message.received_at)
    contact = Contact.objects.create(received_on=day, **asdict(message), **stamp(by, at))
    name_people(contact, named, by=by, at=at)
    return contact


@whole
def change_contact(contact: Contact, message: Message, *, version: int, by: User, at: datetime) -> Contact:
    """What was recorded of the message, put right. When it came may not be moved once a child of it is decided."""
    _check_came(message, at)
    if message.received_at != contact.received_at and contact.children.exclude(decided_on=None).exists():
        raise Refused(
            "When it came cannot be changed now: a decision was counted from it. "
            "Say in a correction of the decision what was wrong.",
            "received_at",
        )
    for column, value in asdict(message).items():
        setattr(contact, column, value)
    contact.received_on = timezone.localdate(message.received_at)
    save_over(contact, version)
    bring_up_to_date(people=contact.children.values_list("person", flat=True), at=at)
    return contact


def _check_came(message: Message, at: datetime) -> None:
    if message.received_at > at:
        raise Refused("A contact cannot have come later than now. Change the day or the time.", "received_at")


@whole
def name_people(contact: Contact, named: Iterable[Said], *, by: User, at: datetime) -> list[Named]:
    """Those people named in the contact, as said, each still to be matched with a record."""
    return [Named.objects.create(contact=contact, **asdict(said), **stamp(by, at)) for said in named]


@whole
def take_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """The contact is worked by whoever takes it, in place of anybody who had it."""
    if by.worker is None:
        raise Refused("Your account has no worker: ask an administrator to give it one, then take the contact.")
    contact.taken_by = by.worker
    save_over(contact, None)
    return contact


@whole
def set_sharing_basis(
    contact: Contact, *, basis: str, reason: str, version: int | None = None, by: User, at: datetime
) -> Contact:
    """On what ground what is known may be shared. Without consent, the reason is asked for (Working Together 2023)."""
    if basis not in Contact.Basis.values:
        raise Refused("Say on what ground information may be shared.", "basis")
    if basis != Contact.Basis.CONSENT and not reason.strip():
        raise Refused("Say why information may be shared without their consent.", "reason")
    contact.sharing_basis, contact.sharing_reason = basis, reason.strip()
    contact.sharing_decided_at, contact.sharing_decided_by = at, by.worker
    save_over(contact, version)
    return contact


@whole
def set_contact_aside(contact: Contact, *, reason: str, by: User, at: datetime) -> Contact:
    """A contact recorded twice or in error, off the board with its reason. Refused once it has a child."""
    if contact.children.exists():
        raise Refused("This contact has children on record: decide on each of them instead.")
    if not reason.strip():
        raise Refused("Say why it is set aside.", "reason")
    contact.named.filter(person=None, set_aside_reason="").update(set_aside_reason=reason.strip())
    contact.set_aside_reason = reason.strip()
    save_over(contact, None)
    return contact
