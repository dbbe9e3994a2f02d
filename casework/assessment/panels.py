"""Assessments on the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.access.rules import may
from casework.assessment import policies
from casework.assessment.models import Assessment
from casework.assessment.queries import assessments_of
from casework.common.together import Rows
from casework.front_door.panels import REFERRALS
from casework.people import panels
from casework.people.models import Person

ASSESSMENTS = Rows("assessments", assessments_of)


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("assessments", "Assessments", 30, "people.read", assessments, "assessment/panel.html",
                            asks=(ASSESSMENTS, REFERRALS)))  # fmt: skip
    panels.read_here("assessments", panels.pages_of("assessment", Assessment))


def assessments(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The child's assessments, latest first, and the referral that waits for one."""
    found = panels.answer(ASSESSMENTS, person)
    begun = {one.referral_id for one in found}
    may_begin = may(request.user, "assessment.write", "assessment.authorise")
    every = panels.answer(REFERRALS, person) if may_begin else []
    to_assess = [one for one in every if one.closed_on is None and one.outcome in policies.LEADS_TO_ASSESSMENT]
    waiting = next((one for one in to_assess if one.pk not in begun), None)
    return {"assessments": found, "waiting": waiting} if found or waiting else None
