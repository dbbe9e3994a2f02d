"""Pages of missing children."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.child_protection.queries.stages import children_with
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.missing import forms, law, policies, queries
from casework.missing.actions import reporting, talking
from casework.missing.models import MissingEpisode, ReturnInterview
from casework.people.frame import record_page
from casework.people.opening import lead_on, opened
from casework.people.panels import living_child
from casework.people.reading import note_list, open_record, readable
from casework.voice.models import NotAsked
from casework.voice.why import given, why_not_asked

PAGE = "missing"
WRITE = "missing.write"


@allowed("missing.watch")
def now(request: HttpRequest) -> HttpResponse:
    """The children who are missing now, those whose talk is still to be held, and those who go again and again."""
    user, at = user_of(request), clock.now()
    missing, talks = queries.missing_now(user, at), queries.to_talk(user, at)
    again = list(queries.again_and_again(readable(user), clock.today()))
    note_list(request, "missing children", len(missing) + len(talks) + len(again))
    shown = {"missing": missing, "talks": talks, "again": again, "measure": law.repeated()}
    return render(request, "missing/now.html", shown)


@allowed("people.read")
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Every time that a child was missing."""
    person = open_record(request, reference, PAGE)
    episodes, today = queries.episodes_of(person), clock.today()
    shown: dict[str, Any] = {
        "episodes": episodes,
        "lately": queries.begun_lately(person, today),
        "measure": law.repeated(),
        "reasons": queries.reasons_in(episodes),
        "may_write": may(request.user, WRITE) and living_child(person),
    }
    return record_page(request, person, "missing/of_person.html", here="missing", **shown)


@allowed(WRITE)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that a child is missing, and brothers and sisters who went too."""
    person, user = open_record(request, reference, PAGE), user_of(request)
    if not living_child(person):
        raise Http404
    children = [one for one in children_with(person, user, clock.today()) if living_child(one)]

    def make(*args: Any, **kwargs: Any) -> forms.ReportForm:
        return forms.ReportForm(*args, at=clock.now(), on=clock.today(), children=children, **kwargs)

    def save(form: forms.ReportForm) -> str:
        keys = form.cleaned_data.get("children") or [person.pk]
        chosen = [one for one in children if one.pk in keys]
        made = reporting.report_missing(chosen, form.reported(), by=user, at=clock.now())
        own = next((one for one in made if one.person_id == person.pk), made[0])
        return reverse("missing_episode", args=[own.pk])

    return form_page(
        request, make, save, title="A child is missing", caption=person.full_name, key=f"missing:new:{person.pk}",
        initial={"children": [person.pk], "reported_at": clock.now()}, back=reverse("person", args=[reference]),
        about=[one.pk for one in children], done="Recorded. The child’s worker and the team’s manager have been told.",
    )  # fmt: skip


@allowed("people.read")
def episode(request: HttpRequest, pk: int) -> HttpResponse:
    """One time that a child was missing: what was done, how they came back, the talk afterwards."""
    found, user = opened(request, queries.episode_for, pk, PAGE)
    at, told = clock.now(), list(found.report.told.all())
    interview: ReturnInterview | None = getattr(found, "interview", None)
    writes = may(user, WRITE)
    named = {one.whom for one in told}
    lately = queries.begun_lately(found.person, clock.today())
    shown = {
        "episode": found,
        "person": found.person,
        "together": queries.gone_together(found, user),
        "hours": queries.hours_missing(found, at) if found.started_at else None,
        "steps": found.report.steps.all(),
        "told": told,
        "interview": interview,
        "why": why_not_asked(NotAsked.Place.RETURN, interview.pk) if interview and not interview.said_id else None,
        "reasons": queries.words_of(interview.reasons) if interview else [],
        "clocks": queries.clocks_of([found], at).get(found.reference, []),
        "prompts": _prompts(found, named) if writes and found.ended_on is None else [],
        "again": lately if lately >= law.repeated().episodes else 0,
        "measure": law.repeated(),
        "may_write": writes,
    }
    return render(request, "missing/episode.html", shown)


def _prompts(found: MissingEpisode, told: set[str]) -> list[str]:
    return policies.prompts_of(found, told, looked_after=bool(found.care_period))


@allowed("people.read")
def episode_of_row(request: HttpRequest, row: str) -> HttpResponse:
    """On to the episode with that reference, which the canonical tables and the chronology know it by."""
    return lead_on(request, MissingEpisode, row, "missing_episode")


@allowed(WRITE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to what was reported, or put it right."""
    found, user = opened(request, queries.episode_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.ReportForm:
        return forms.ReportForm(*args, at=clock.now(), on=clock.today(), **kwargs)

    def save(form: forms.ReportForm) -> str:
        reporting.change_report(found, form.reported(), version=None, by=user, at=clock.now())
        return _address(found)

    return form_page(
        request, make, save, title="Add to what was reported", caption=found.person.full_name,
        key=f"missing:change:{found.pk}", initial=forms.answers_of(found), editing=found, back=_address(found),
        done="Saved",
    )  # fmt: skip


@allowed(WRITE)
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Something that was done to find them."""
    found, user = opened(request, queries.episode_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.StepForm:
        return forms.StepForm(*args, at=clock.now(), **kwargs)

    def save(form: forms.StepForm) -> str:
        reporting.record_step(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(request, make, save, title="What was done", initial={"done_at": clock.now()}, done="Added",
                     **_around(found, "step"))  # fmt: skip


@allowed(WRITE)
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was told."""
    found, user = opened(request, queries.episode_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.ToldForm:
        return forms.ToldForm(*args, at=clock.now(), **kwargs)

    def save(form: forms.ToldForm) -> str:
        reporting.record_told(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(request, make, save, title="Who was told", initial={"told_at": clock.now()}, done="Added",
                     **_around(found, "told"))  # fmt: skip


@allowed(WRITE)
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """A child is back."""
    found, user = opened(request, queries.episode_for, pk, PAGE)
    still = {one.person_id: one for one in queries.gone_together(found, user) if one.ended_on is None}
    others = [one.person for one in still.values()]

    def make(*args: Any, **kwargs: Any) -> forms.BackForm:
        return forms.BackForm(*args, at=clock.now(), others=others, **kwargs)

    def save(form: forms.BackForm) -> str:
        too = [still[key] for key in form.cleaned_data.get("others") or []]
        reporting.record_back([found, *too], form.back(), by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="Found, or back", about=list(still), **_around(found, "back"),
                     done="Recorded. The time to the return interview has begun.")  # fmt: skip


@allowed(WRITE)
def police(request: HttpRequest, pk: int) -> HttpResponse:
    """The police's talk with the child on return."""
    found, user = opened(request, queries.episode_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.PoliceForm:
        return forms.PoliceForm(*args, at=clock.now(), **kwargs)

    def save(form: forms.PoliceForm) -> str:
        reporting.record_police_talk(found, version=None, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    initial = {"talked": found.police_talked, "talked_at": found.police_talked_at, "said": found.police_said}
    return form_page(request, make, save, title="The police’s talk with the child", initial=initial, editing=found,
                     done="Saved", **_around(found, "police"))  # fmt: skip


@allowed(WRITE)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """A return interview was offered."""
    found, user = opened(request, queries.episode_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.OfferForm:
        return forms.OfferForm(*args, on=clock.today(), earliest=found.ended_on, **kwargs)

    def save(form: forms.OfferForm) -> str:
        talking.record_offer(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(request, make, save, title="A return interview was offered", done="Saved",
                     initial={"offered_on": clock.today()}, **_around(found, "offer"))  # fmt: skip


@allowed(WRITE)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The return interview as it was held; or, once it is recorded, more that was learnt."""
    found, user = opened(request, queries.episode_for, pk, PAGE)
    interview: ReturnInterview | None = getattr(found, "interview", None)
    held = interview if interview and interview.held_on else None

    def make(*args: Any, **kwargs: Any) -> forms.TalkForm:
        return forms.TalkForm(
            *args, at=clock.now(), on=clock.today(), person=found.person, heard=bool(held and held.said_id), **kwargs
        )

    def save(form: forms.TalkForm) -> str:
        if held is None:
            talking.record_talk(found, form.talk(), by=user, at=clock.now())
        else:
            talking.add_to_talk(held, form.talk(), version=None, by=user, at=clock.now())
        return _address(found)

    return form_page(
        request, make, save, title="Return interview", editing=held, done="Saved",
        initial=_what_was_said(held) if held else {"interviewer": ""}, **_around(found, "talk"),
    )  # fmt: skip


def _what_was_said(held: ReturnInterview) -> dict[str, Any]:
    return forms.answers_of_talk(held, given(NotAsked.Place.RETURN, held.pk))


def _around(found: MissingEpisode, page: str) -> dict[str, Any]:
    return {"caption": found.person.full_name, "key": f"missing:{page}:{found.pk}", "back": _address(found)}


def _address(found: MissingEpisode) -> str:
    return reverse("missing_episode", args=[found.pk])
