"""Assessments on the person's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casework.access.rules import may
from casework.assessment import policies
from casework.assessment.models import Assessment
from casework.assessment.queries import assessments_of
from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("assessments", "Assessments", 30, "people.read", assessments, "assessment/panel.html"))
    panels.read_here("assessments", read_at)


def assessments(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The child's assessments, latest first, and the referral that waits for one."""
    found = list(assessments_of(person))
    waiting = person.referrals.filter(closed_on=None, outcome__in=policies.LEADS_TO_ASSESSMENT).first()
    if waiting is not None and any(one.referral_id == waiting.pk for one in found):
        waiting = None
    if not may(request.user, "assessment.write", "assessment.authorise"):
        waiting = None
    return {"assessments": found, "waiting": waiting} if found or waiting else None


def read_at(rows: Sequence[str]) -> Mapping[str, str]:
    """Of each assessment, its page."""
    found = Assessment.objects.filter(reference__in=rows).values_list("reference", "pk")
    return {row: reverse("assessment", args=[key]) for row, key in found}
