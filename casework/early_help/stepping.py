"""Stepping down to early help and up to social care, with what has to be known on the other side."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.common.models import new_reference
from casework.common.refused import Refused
from casework.deadlines.actions import bring_up_to_date
from casework.early_help.models import AssessedChild, FamilyAssessment
from casework.people.models import Person


@transaction.atomic
def step_down(person: Person, *, reason: str, by: User, at: datetime) -> AssessedChild:
    """The child passes to early help: the family's open assessment there, or a new one that waits for consent.

    A brother or sister who passes on the same day, from the same household, shares the new one. Raises Refused without
    a reason: early help has to know what is left to do.
    """
    if not reason.strip():
        raise Refused("Say what early help is asked to do.", "direction")
    held = AssessedChild.objects.filter(person=person, assessment__closed_on=None).first()
    if held is not None:
        return held
    family = _of_sibling(person) or FamilyAssessment.objects.create(
        started_on=timezone.localdate(at), stepped_down_reason=reason, **stamp(by, at)
    )
    child = AssessedChild.objects.create(reference=new_reference(), assessment=family, person=person)
    bring_up_to_date(people=[person.pk], at=at)
    return child


def _of_sibling(person: Person) -> FamilyAssessment | None:
    """The open early help of a brother or sister, where there is one."""
    siblings = person.relationships.filter(relationship__in=("sibling", "half_sibling"), ended_on=None)
    return FamilyAssessment.objects.filter(closed_on=None, children__person__in=siblings.values("related")).first()
