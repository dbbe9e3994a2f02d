"""The family as a drawing, and the same in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from casework.access.rules import allowed
from casework.accounts.models import User
from casework.common import clock
from casework.people.drawn import family_to_draw
from casework.people.frame import record_page
from casework.people.genogram import genogram, outline
from casework.people.reading import open_record


@allowed("people.read")
def person_genogram(request: HttpRequest, reference: str) -> HttpResponse:
    """The genogram of the person's family as it is today."""
    who, user, today = open_record(request, reference, "genogram"), request.user, clock.today()
    assert isinstance(user, User)
    family = family_to_draw(who, user, today)
    shown: dict[str, Any] = {"drawing": genogram(family, on=today), "entries": outline(family, on=today)}
    return record_page(request, who, "people/genogram.html", here="family", alone=len(family.people) == 1, **shown)
