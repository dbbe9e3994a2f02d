"""A referral's page, its next step, what its referrer is told, its team and its closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed, may
from casework.drafts.form_pages import form_page
from casework.front_door import closing
from casework.front_door.actions import referrals as actions
from casework.front_door.actions.telling import tell_referrer
from casework.front_door.forms.decisions import TellForm
from casework.front_door.forms.referrals import CloseForm, StepCorrectionForm, StepForm, TeamForm
from casework.front_door.queries.referrals import made_with, referral_page, teams_that_take
from casework.front_door.reading import open_referral, visible_contacts
from casework.front_door.views.asking import BY_LETTER, Asking, asking, named_choices, referral_address
from casework.front_door.views.decided import nothing_to_correct, referral_closed, referral_decided
from casework.voice.models import NotAsked
from casework.voice.why import why_not_asked

DECIDES = ("contact.decide",)
TELLS = ("contact.triage", "contact.decide")


@allowed("people.read")
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """A referral: its clocks, what was decided, who was told, who holds it."""
    who = asking(request)
    found = open_referral(request, reference)
    contact = found.contact.contact if found.contact else None
    return render(request, "front_door/referral.html", {
        "page": referral_page(found, who.user, at=who.at, today=who.today), "referral": found,
        "contact": contact if contact and visible_contacts(who.user).filter(pk=contact.pk).exists() else None,
        "decides": may(who.user, *DECIDES), "tells": may(who.user, *TELLS),
        "why": why_not_asked(NotAsked.Place.CLOSING, found.pk) if found.closed_on and not found.said_id else None,
        "allocates": may(who.user, "allocation.make"), "assessments": found.assessments.order_by("started_on", "pk"),
    })  # fmt: skip


@allowed(*DECIDES)
def decide_step(request: HttpRequest, reference: str) -> HttpResponse:
    """The next step, for the child and for those who came in the same contact."""
    who = asking(request)
    found = open_referral(request, reference, "next step")
    if request.method == "GET" and (found.decided_on or found.closed_on):
        return referral_decided(request, found)
    others = [one for one in made_with(found, who.user) if not one.decided_on and not one.closed_on]
    together = {one.pk: one for one in (found, *others)}

    def save(form: StepForm) -> str:
        chosen = [together[key] for key in form.chosen()]
        actions.decide_next_step(chosen, form.step(), by=who.user, at=who.at)
        return referral_address(found)

    return form_page(
        request, lambda *args, **kwargs: StepForm(*args, **_step(together.values(), who), **kwargs), save,
        title="Decide the next step", key=f"referral:{reference}:decide", button="Decide",
        caption=found.person.full_name, back=referral_address(found), done="The next step is recorded.",
        initial={"primary_need": found.primary_need, "team": str(found.team_id or "")},
    )  # fmt: skip


@allowed(*DECIDES)
def correct_step(request: HttpRequest, reference: str) -> HttpResponse:
    """A new next step in place of the one decided."""
    who = asking(request)
    found = open_referral(request, reference, "correction of the next step")
    if not found.decided_on:
        return nothing_to_correct(request, found)

    def save(form: StepCorrectionForm) -> str:
        why = form.cleaned_data["correction_reason"]
        actions.correct_next_step(found, form.step(), correction_reason=why, by=who.user, at=who.at)
        return referral_address(found)

    return form_page(
        request, lambda *args, **kwargs: StepCorrectionForm(*args, **_step([found], who), **kwargs), save,
        title="Correct the next step", key=f"referral:{reference}:correct", button="Correct",
        caption=found.person.full_name, back=referral_address(found),
        done="The next step is corrected. The first decision stays.",
        initial={"outcome": found.outcome, "primary_need": found.primary_need, "team": str(found.team_id or "")},
    )  # fmt: skip


def _step(referrals: Any, who: Asking) -> dict[str, Any]:
    return {"children": named_choices(referrals), "teams": teams_that_take(), "on": who.today}


@allowed(*TELLS)
def tell_of_referral(request: HttpRequest, reference: str) -> HttpResponse:
    """What the referrer was told, about this child alone."""
    who = asking(request)
    found = open_referral(request, reference, "telling the referrer")

    def save(form: TellForm) -> str:
        tell_referrer([found], **form.cleaned_data, by=who.user, at=who.at)
        return referral_address(found)

    caller = found.contact.contact.caller_name or found.contact.contact.agency if found.contact else ""

    def make(*args: Any, **kwargs: Any) -> TellForm:
        return TellForm(*args, children=named_choices([found]), by_letter=not found.decided_on, **kwargs)

    return form_page(
        request, make, save, introduction=BY_LETTER if found.decided_on else "",
        title="Tell the referrer", key=f"referral:{reference}:tell", caption=found.person.full_name,
        back=referral_address(found), done="What they were told is kept.",
        initial={"kind": "outcome" if found.decided_on else "arrived", "to_whom": caller},
    )  # fmt: skip


@allowed("allocation.make")
def give_to_team(request: HttpRequest, reference: str) -> HttpResponse:
    """Which team holds the child and the referral."""
    who = asking(request)
    found = open_referral(request, reference, "allocation to a team")
    if request.method == "GET" and found.closed_on:
        return referral_closed(request, found)

    def save(form: TeamForm) -> str:
        team = form.teams[form.cleaned_data["team"]]
        actions.allocate_referral(found, team, by=who.user, at=who.at)
        return referral_address(found)

    return form_page(
        request, lambda *args, **kwargs: TeamForm(*args, teams=teams_that_take(), **kwargs), save,
        title="Give to a team", key="", caption=found.person.full_name, back=referral_address(found),
        done="The team holds this child from today.", initial={"team": str(found.team_id or "")},
    )  # fmt: skip


@allowed(*DECIDES)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """The referral closes, and with it the episode of need."""
    who = asking(request)
    found = open_referral(request, reference, "closing a referral")
    if request.method == "GET" and found.closed_on:
        return referral_closed(request, found)

    still = closing.still_open(found.person)

    def save(form: CloseForm) -> str:
        answers = form.cleaned_data
        actions.close_referral(
            found, reason=answers["closure_reason"], on=answers["closed_on"], answer=form.answer(), by=who.user,
            at=who.at,
        )  # fmt: skip
        if still:
            messages.info(request, f"Ended with it: {'; '.join(one.words for one in still)}.")
        return referral_address(found)

    return form_page(
        request, lambda *args, **kwargs: CloseForm(*args, on=who.today, person=found.person, **kwargs), save,
        title="Close the referral",
        key=f"referral:{reference}:close", caption=found.person.full_name, back=referral_address(found),
        button="Close", done="The referral is closed.", initial={"closed_on": who.today},
        template="front_door/close.html", still=still, judged=[one for one in still if one.end is None],
        asks=[one.asks(who.today) for one in still if one.asks],
    )  # fmt: skip
