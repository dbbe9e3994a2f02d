"""The pages of one person's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from casework.access.rules import allowed, may, user_of
from casework.accounts.models import User
from casework.common import clock
from casework.people import panels
from casework.people.belongings import groups
from casework.people.details import topics
from casework.people.family import family_and_household, home_of
from casework.people.frame import WARNINGS, record_page
from casework.people.reading import open_record


@dataclass(frozen=True)
class Drawn:
    """A panel and what its function gave."""

    panel: panels.Panel
    shown: Mapping[str, Any]


@allowed("people.read")
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """The overview: start here."""
    who = open_record(request, reference, "record")
    shown_here = panels.panels_for(request)
    panels.ask_for(who, [WARNINGS, *panels.questions_of(shown_here, user_of(request))])
    given = ((panel, panel.function(request, who)) for panel in shown_here)
    drawn = [Drawn(panel, shown) for panel, shown in given if shown is not None]
    columns: dict[str, Any] = {name: [one for one in drawn if one.panel.column == name] for name in ("main", "side")}
    return record_page(request, who, "people/overview.html", here="overview", **columns)


@allowed("people.read")
def person_family(request: HttpRequest, reference: str) -> HttpResponse:
    """Household, brothers and sisters, everybody related."""
    who, user, today = open_record(request, reference, "family"), request.user, clock.today()
    assert isinstance(user, User)
    home = home_of(who, today)
    family, household = family_and_household(who, home, user, today)
    shown: dict[str, Any] = {"family": family, "home": home, "household": household}
    shown["may_change"] = may(user, "people.write")
    return record_page(request, who, "people/family.html", here="family", **shown)


@allowed("people.read")
def person_details(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that is known of the person themselves."""
    who = open_record(request, reference, "details")
    assert isinstance(request.user, User)
    shown: dict[str, Any] = {
        "topics": topics(who, clock.today()),
        "groups": groups(who, request.user),
        "may_change": may(request.user, "people.write"),
    }
    return record_page(request, who, "people/details.html", here="details", **shown)
