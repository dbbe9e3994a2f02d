"""The frame that every page of a record stands in: who this is, what to know before anything else, where to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.models import BreakGlass, Restriction
from casework.common import clock
from casework.common.coded import meaning
from casework.people import panels
from casework.people.ages import age_in_words
from casework.people.models import Person, WarningNote


@dataclass(frozen=True)
class Identity:
    """What the bar above a record says. `held_by` is the open allocation, `opened_until` the account's broken glass."""

    person: Person
    age: str
    gender: str
    warnings: tuple[WarningNote, ...]
    held_by: Any
    restricted: bool
    opened_until: Any

    @property
    def deceased(self) -> bool:
        """Whether a death is recorded."""
        return self.person.died_on is not None


def identity(request: HttpRequest, person: Person, today: date) -> Identity:
    """The bar for this person today: four queries."""
    warnings = person.warning_notes.filter(ended_on=None).order_by("review_on")
    held = person.allocations.filter(ended_on=None).select_related("worker", "team").first()
    restricted = Restriction.objects.filter(person=person, lifted_at=None).exists()
    opened = BreakGlass.objects.filter(person=person, user=request.user.pk, until__gt=clock.now()).order_by("-until")
    gender = meaning("gender", person.gender) if person.gender else "not known"
    return Identity(
        person, age_in_words(person, today), gender, tuple(warnings), held, restricted, opened.first()
    )  # fmt: skip


def record_page(
    request: HttpRequest, person: Person, template: str, *, here: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the record. `template` extends `people/record.html`; `here` is the code of its RecordPage."""
    today = clock.today()
    shown = {
        "person": person,
        "identity": identity(request, person, today),
        "today": today,
        "here": here,
        "record_pages": panels.pages_for(request, person),
        "additions": panels.additions_for(request, person),
    }
    return render(request, template, {**shown, **context}, status=status)
