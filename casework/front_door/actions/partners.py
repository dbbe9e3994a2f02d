"""Asking other agencies what they know, and their answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from casework.access.roles import ROLES
from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.front_door.models import AskedAbout, Contact, Contribution
from casework.notices.actions import tell
from casework.people.models import Person

ANSWERING = [role.code for role in ROLES.values() if role.may("contact.contribute")]
"""Roles of accounts that answer for their agency."""


@whole
def ask_agency(
    contact: Contact, *, kind: str, agency: str, question: str, about: Iterable[Person], by: User, at: datetime
) -> Contribution:
    """The agency is asked about those people of the contact. Refused until the ground for sharing is recorded."""
    people = list(about)
    if not contact.sharing_basis:
        raise Refused("First record consent, or the ground for sharing without it. Then ask.")
    if not people:
        raise Refused("Choose whom to ask about.", "about")
    if not (agency.strip() and question.strip()):
        raise Refused("Say which agency is asked, and what.")
    asked = Contribution.objects.create(
        contact=contact, kind=kind, agency=agency.strip(), question=question.strip(), asked_at=at, **stamp(by, at)
    )
    AskedAbout.objects.bulk_create([AskedAbout(contribution=asked, person=person) for person in people])
    partners = User.objects.filter(agency__iexact=asked.agency, role__in=ANSWERING)
    tell(partners, "The front door asks what your agency knows.", address=reverse("questions"), at=at)
    return asked


@whole
def answer_question(
    asked: Contribution, *, answer: str, said: str, said_by: str, by: User, at: datetime
) -> Contribution:
    """What the agency says, typed by its own account or by whoever took the call. Given once: more is asked anew."""
    asked = Contribution.objects.select_for_update().get(pk=asked.pk)
    if asked.answered_at:
        raise Refused(f"{asked.agency} has answered this. To hear more, ask again.")
    if answer not in Contribution.Answer.values:
        raise Refused("Say whether they know something.", "answer")
    if answer != Contribution.Answer.NOTHING and not said.strip():
        raise Refused("Write what they said.", "said")
    asked.answer, asked.said, asked.said_by = answer, said.strip(), said_by.strip()
    asked.answered_at, asked.answered_by = at, by
    save_over(asked, None)
    taken_by = getattr(asked.contact.taken_by, "account", None)
    if taken_by and taken_by != by:
        address = reverse("contact", args=[asked.contact.reference])
        tell([taken_by], f"{asked.agency} has answered.", address=address, at=at)
    return asked
