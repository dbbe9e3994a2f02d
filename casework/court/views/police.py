"""Pages of police protection."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.child_protection.queries.stages import children_with
from casework.common import clock
from casework.court import forms, queries
from casework.court.actions import police
from casework.court.models import PoliceProtection
from casework.court.views.together import PAGE, WRITE
from casework.drafts.form_pages import form_page
from casework.history.putting_right import times_put_right
from casework.people.opening import lead_on, opened
from casework.people.panels import living_child
from casework.people.reading import open_record
from casework.voice.models import NotAsked
from casework.voice.why import given, why_not_asked


@allowed(WRITE)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the police took a child, and brothers and sisters with them."""
    person, user = open_record(request, reference, PAGE), user_of(request)
    if not living_child(person):
        raise Http404
    children = [one for one in children_with(person, user, clock.today()) if living_child(one)]

    def make(*args: Any, **kwargs: Any) -> forms.TakenForm:
        return forms.TakenForm(*args, at=clock.now(), children=children, **kwargs)

    def save(form: forms.TakenForm) -> str:
        keys = form.cleaned_data.get("children") or [person.pk]
        made = police.record_taken([one for one in children if one.pk in keys], form.taken(), by=user, at=clock.now())
        return _address(next((one for one in made if one.person_id == person.pk), made[0]))

    return form_page(
        request, make, save, title="Taken into police protection", caption=person.full_name,
        key=f"police:new:{person.pk}", initial={"children": [person.pk]}, back=reverse("person", args=[reference]),
        about=[one.pk for one in children], done="Recorded. The child’s worker and the team’s manager have been told.",
    )  # fmt: skip


@allowed("people.read")
def protection(request: HttpRequest, pk: int) -> HttpResponse:
    """One use of the power for one child: the hours left, what is known, how it ended, what comes next."""
    found, user = opened(request, queries.protection_for, pk, PAGE)
    at = clock.now()
    shown = {
        "held": found,
        "person": found.person,
        "together": queries.taken_together(found, user),
        "power": queries.police_power(found, at),
        "beyond_law": queries.beyond_law(found),
        "put_right": times_put_right(found),
        "why": None if found.said_id else why_not_asked(NotAsked.Place.POLICE, pk),
        "may_write": may(user, WRITE),
        "may_discuss": may(user, "protection.write"),
    }
    return render(request, "court/protection.html", shown)


@allowed("people.read")
def of_row(request: HttpRequest, row: str) -> HttpResponse:
    """On to the use of the power with that reference, which the chronology knows it by."""
    return lead_on(request, PoliceProtection, row, "police_protection")


@allowed(WRITE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to what is known, or put it right."""
    found, user = opened(request, queries.protection_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.TakenForm:
        return forms.TakenForm(*args, at=clock.now(), **kwargs)

    def save(form: forms.TakenForm) -> str:
        police.change_taken(found, form.taken(), version=None, by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="Add to what is known", initial=forms.answers_of_taken(found),
                     editing=found, done="Saved", **_around(found, "change"))  # fmt: skip


@allowed(WRITE)
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """The child was told, and what they wish and feel."""
    found, user = opened(request, queries.protection_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.ToldForm:
        return forms.ToldForm(*args, on=clock.today(), person=found.person, **kwargs)

    def save(form: forms.ToldForm) -> str:
        police.record_child_told(found, by=user, at=clock.now(), **form.told())
        return _address(found)

    return form_page(request, make, save, title="Talking with the child", done="Saved",
                     initial={"child_told": found.child_told, "why_not_asked": given(NotAsked.Place.POLICE, pk)},
                     **_around(found, "told"))  # fmt: skip


@allowed(WRITE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Police protection ended."""
    found, user = opened(request, queries.protection_for, pk, PAGE)
    still = {one.person_id: one for one in queries.taken_together(found, user) if one.ended_on is None}
    others = [one.person for one in still.values()]

    def make(*args: Any, **kwargs: Any) -> forms.EndForm:
        return forms.EndForm(*args, at=clock.now(), on=clock.today(), others=others, **kwargs)

    def save(form: forms.EndForm) -> str:
        too = [still[key] for key in form.cleaned_data.get("others") or []]
        police.record_ended([found, *too], form.ended(), by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="How police protection ended", about=list(still), done="Recorded",
                     **_around(found, "end"))  # fmt: skip


def _around(found: PoliceProtection, page: str) -> dict[str, Any]:
    return {"caption": found.person.full_name, "key": f"police:{page}:{found.pk}", "back": _address(found)}


def _address(found: PoliceProtection) -> str:
    return reverse("police_protection", args=[found.pk])
