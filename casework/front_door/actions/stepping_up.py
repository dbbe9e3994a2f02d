"""Early help asks social care to take a family: a contact like any other, with its clocks, about children on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.access.roles import role_of
from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.common.whole import whole
from casework.early_help import actions as early_help
from casework.early_help.models import FamilyAssessment
from casework.front_door.actions.contacts import Message, record_contact, set_sharing_basis
from casework.front_door.actions.matching import add_people
from casework.front_door.models import Contact, Referral
from casework.notices.actions import tell_worker
from casework.people.models import Person

EARLY_HELP = "5D"
"""Early help of the authority, as a source of contacts (CIN census)."""
STEPPED_UP = "stepped_up"


@whole
def step_up(
    family: FamilyAssessment, children: Iterable[Person], *, reason: str, urgency: str, basis: str, basis_reason: str,
    by: User, at: datetime,
) -> Contact:  # fmt: skip
    """A contact about those children of the family, received now. Refused while one like it waits.

    Early help goes on until the front door has decided, so that nobody is without help in between.
    """
    about = list(children)
    if family.closed_on is not None:
        raise Refused(f"Early help for this family ended on {day(family.closed_on)}. Record a contact instead.")
    if not about:
        raise Refused("Choose the children that you are worried about.", "children")
    if not reason.strip():
        raise Refused("Say what has changed and what you are worried about.", "reason")
    if basis != Contact.Basis.CONSENT and not basis_reason.strip():
        raise Refused("Say why it is right to pass it on without their agreement.", "basis_reason")
    before = family.stepped_up.filter(children__decided_on=None, set_aside_reason="").order_by("pk").first()
    if before is not None:
        raise Refused(
            f"The front door was asked on {day(before.received_on)} and has not decided yet. Ring it with what is new."
        )
    agency = by.worker.team.name if by.worker and by.worker.team else family.organisation
    message = Message(
        received_at=at, source=EARLY_HELP, agency=agency, caller_name=by.name, caller_role=role_of(by).title,
        caller_email=by.email, concern=reason.strip(), urgency=urgency,
    )  # fmt: skip
    contact = record_contact(message, by=by, at=at)
    contact.stepped_up_from = family
    save_over(contact, None)
    add_people(contact, about, by=by, at=at)
    set_sharing_basis(contact, basis=basis, reason=basis_reason, by=by, at=at)
    said = f"{day(timezone.localdate(at))}, stepping up: {reason.strip()}"
    family.worries = f"{family.worries}\n\n{said}".strip()
    save_over(family, None)
    return contact


def answer_early_help(contact: Contact, *, by: User, at: datetime) -> None:
    """Whoever stepped a family up is told once every child of the contact is decided. Where social care has taken all
    the family's children, their early help ends: it was stepped up."""
    family = contact.stepped_up_from
    if family is None or family.closed_on is not None or contact.children.filter(decided_on=None).exists():
        return
    taken = Referral.objects.filter(closed_on=None, person__merged_into=None).values("person")
    if not family.children.filter(person__merged_into=None).exclude(person__in=taken).exists():
        note = "Social care has taken the family. What early help asked for is in the contact."
        early_help.close(family, outcome=STEPPED_UP, note=note, by=by, at=at)
    address = reverse("early_help", args=[family.pk])
    text = "The front door has decided on a family that you stepped up."
    tell_worker(contact.recorded_by, text, address=address, by=by, at=at)
