"""Assessments on the person's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casework.access.rules import may
from casework.assessment import policies
from casework.assessment.queries import assessments_of
from casework.common.coded import meaning
from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("assessments", "Assessments", 30, "people.read", assessments, "assessment/panel.html"))
    panels.add(panels.Timeline("assessments", 30, "people.read", on_the_timeline))


def assessments(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The child's assessments, latest first, and the referral that waits for one."""
    found = list(assessments_of(person))
    waiting = person.referrals.filter(closed_on=None, outcome__in=policies.LEADS_TO_ASSESSMENT).first()
    if waiting is not None and any(one.referral_id == waiting.pk for one in found):
        waiting = None
    if not may(request.user, "assessment.write", "assessment.authorise"):
        waiting = None
    return {"assessments": found, "waiting": waiting} if found or waiting else None


def on_the_timeline(_request: HttpRequest, person: Person) -> Iterable[panels.Happening]:
    """When each began, the child was first seen, and it was authorised."""
    for one in assessments_of(person):
        address = reverse("assessment", args=[one.pk])
        yield panels.Happening(one.started_on, "Assessment began", str(one.team or ""), address, str(one.worker or ""))
        if one.child_first_seen_on:
            yield panels.Happening(one.child_first_seen_on, "Child first seen for the assessment", "", address)
        if one.authorised_on:
            what = meaning("assessment_outcome", one.outcome) if one.outcome else ""
            yield panels.Happening(one.authorised_on, "Assessment authorised", what, address)
