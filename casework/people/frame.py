"""The frame that every page of a record stands in: who this is, what to know before anything else, where to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework.common import clock
from casework.common.coded import meaning
from casework.common.together import Rows
from casework.people import panels
from casework.people.ages import age_in_words
from casework.people.models import Person, WarningNote

WARNINGS = Rows("warnings", lambda key: WarningNote.objects.filter(person=key, ended_on=None).order_by("review_on"))
"""Warning notes in force, those to be looked at first."""


@dataclass(frozen=True)
class Identity:
    """What the bar above a record says: who it is, who holds the case, whether few may see it, until when you may."""

    person: Person
    age: str
    gender: str
    warnings: tuple[WarningNote, ...]
    held_by: str
    restricted: bool
    opened_until: Any

    @property
    def deceased(self) -> bool:
        """Whether a death is recorded."""
        return self.person.died_on is not None


def identity(person: Person, today: date) -> Identity:
    """The bar for this person today, as `open_record` gave them: one query."""
    warnings = panels.answer(WARNINGS, person)
    worker, team = person.held_by_worker, person.held_by_team
    held = ", ".join(part for part in (worker or ("Waiting for a worker" if team else "None"), team) if part)
    gender = meaning("gender", person.gender) if person.gender else "not known"
    return Identity(
        person, age_in_words(person, today), gender, tuple(warnings), held, person.restricted, person.opened_until
    )  # fmt: skip


def record_page(
    request: HttpRequest, person: Person, template: str, *, here: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the record. `template` extends `people/record.html`; `here` is the code of its RecordPage."""
    now = clock.now()
    today = timezone.localdate(now)
    shown = {
        "person": person,
        "identity": identity(person, today),
        "today": today,
        "alerts": panels.alerts_for(request, person, now),
        "here": here,
        "record_pages": panels.pages_for(request, person),
        "additions": panels.additions_for(request, person),
    }
    return render(request, template, {**shown, **context}, status=status)
