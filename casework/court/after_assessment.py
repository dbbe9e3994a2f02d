"""What follows an assessment that ends with a child who became looked after.

The record holds no period of care of its own yet: it is carried from the former system. Where one is open there is
nothing left to do; until then it is a task, which its owner ticks off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.assessment.outcomes import Opened, ToDo
from casework.common import clock
from casework.visits.queries import open_for

RECORD = "Record how the child came into care, and their first care plan"


def begin_care(assessment: Assessment, by: User, at: datetime) -> ToDo | None:
    """None for a child who is in care already, as the record knows."""
    person = assessment.person
    looked_after = "looked_after" in open_for([person], timezone.localdate(at))[person.pk].by_kind
    return None if looked_after or person.died_on is not None else ToDo(RECORD)


def care_begun(assessment: Assessment) -> Iterator[Opened]:
    """That the child is in care now."""
    person = assessment.person
    if "looked_after" in open_for([person], clock.today())[person.pk].by_kind:
        yield Opened("The child is looked after", reverse("chronology", args=[person.reference]))
