"""Pages of section 47 enquiries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.rules import accounts_that_may, allowed, may
from casework.child_protection import policies
from casework.child_protection.actions import enquiries as actions
from casework.child_protection.forms import enquiries as forms
from casework.child_protection.models import Section47Enquiry
from casework.child_protection.queries.enquiries import enquired_together, enquiry_for
from casework.common import clock
from casework.deadlines.queries import of_rows
from casework.drafts.form_pages import form_page
from casework.people.opening import opened
from casework.tasks.queries import sign_off_of
from casework.voice.models import NotAsked
from casework.voice.why import why_of, with_why

PAGE = "section 47 enquiry"


@allowed("people.read")
def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """An enquiry: where it stands, what is known, what waits."""
    found, user = opened(request, enquiry_for, pk, PAGE)
    asked = sign_off_of(actions.SIGN_OFF, found.pk, found.person)
    waiting = asked is not None and asked.state == "waiting"
    running = found.ended_on is None
    writes = running and may(user, "protection.write")
    signs = running and waiting and asked is not None and asked.asked_of_id == user.pk
    times_seen = with_why([found.person], NotAsked.Place.ENQUIRY, found.times_seen.select_related("by"))
    why = why_of(times_seen[-1]) if times_seen else None
    shown = {
        "enquiry": found,
        "person": found.person,
        "together": enquired_together(found, user),
        "clocks": of_rows("section_47_enquiries", [found.reference], at=clock.now()).get(found.reference, []),
        "times_seen": times_seen,
        "findings": found.agency_findings.all(),
        "conference": found.conferences.select_related("conference").order_by("-pk").first(),
        "asked": asked,
        "missing": policies.missing(found) if writes else [],
        "prompts": policies.prompts_of_enquiry(found, why) if writes else [],
        "may_write": writes,
        "may_ask": writes and not waiting,
        "may_sign": signs and may(user, "protection.authorise"),
    }
    return render(request, "child_protection/enquiry.html", shown)


@allowed("protection.write")
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a time that the child was seen."""
    found, user = opened(request, enquiry_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.SeenForm:
        return forms.SeenForm(*args, at=clock.now(), person=found.person, **kwargs)

    def save(form: forms.SeenForm) -> str:
        actions.record_seen(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(
        request, make, save, title="Seeing the child", caption=found.person.full_name, key=f"enquiry:seen:{pk}",
        back=_address(found), done="Recorded", template="child_protection/seen.html", enquiry=found,
    )  # fmt: skip


def _part(request: HttpRequest, pk: int, make: Any, names: tuple[str, ...], title: str) -> HttpResponse:
    """A page that writes parts of the enquiry itself."""
    found, user = opened(request, enquiry_for, pk, PAGE)

    def save(form: Any) -> str:
        actions.write_enquiry(found, form.cleaned_data, version=None, by=user, at=clock.now())
        return _address(found)

    return form_page(
        request, make, save, title=title, caption=found.person.full_name, key=f"enquiry:{names[0]}:{pk}",
        initial={name: getattr(found, name) for name in names}, editing=found, back=_address(found), done="Saved",
    )  # fmt: skip


@allowed("protection.write")
def not_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the child has not been seen."""
    return _part(request, pk, forms.NotSeenForm, ("why_not_seen",), "Why the child has not been seen")


@allowed("protection.write")
def meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means for the child, and what is proposed."""
    names = ("parents_views", "analysis", "proposed_finding", "why_no_conference")
    return _part(request, pk, forms.MeaningForm, names, "What it means and what you propose")


@allowed("protection.write")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """What an agency found."""
    found, user = opened(request, enquiry_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.FindingForm:
        return forms.FindingForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.FindingForm) -> str:
        actions.record_finding(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(
        request, make, save, title="What an agency found", caption=found.person.full_name,
        key=f"enquiry:finding:{pk}", initial={"told_on": clock.today()}, back=_address(found), done="Recorded",
    )  # fmt: skip


@allowed("protection.write")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the enquiry to a manager."""
    found, user = opened(request, enquiry_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.AskForm:
        return forms.AskForm(*args, managers=accounts_that_may("protection.authorise", apart_from=user), **kwargs)

    def save(form: forms.AskForm) -> str:
        actions.ask_for_signature(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    manager = found.team.managers_account if found.team else None
    return form_page(
        request, make, save, title="Send it to be signed off", caption=found.person.full_name, button="Send",
        key=f"enquiry:ask:{pk}", initial={"of": manager.pk if manager else None}, back=_address(found),
        done="Sent to be signed off",
    )  # fmt: skip


@allowed("protection.authorise")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the enquiry off, or return it."""
    found, user = opened(request, enquiry_for, pk, PAGE)
    asked = sign_off_of(actions.SIGN_OFF, found.pk, found.person)
    if asked is None or asked.state != "waiting":
        return redirect(_address(found))

    def save(form: forms.SignForm) -> str:
        answers, at = form.cleaned_data, clock.now()
        if answers.pop("answer") == "sign":
            actions.sign_off(found, asked, by=user, at=at, **answers)
        else:
            actions.return_for_work(found, asked, comment=answers["direction"], by=user, at=at)
        return _address(found)

    initial = {"finding": found.proposed_finding, "why_no_conference": found.why_no_conference}
    return form_page(
        request, forms.SignForm, save, title="Sign off or return", caption=found.person.full_name,
        button="Save the decision", key=f"enquiry:sign:{pk}", initial=initial, back=_address(found),
        done="Your decision is recorded and the worker told", template="child_protection/sign.html", enquiry=found,
        asked=asked, times_seen=with_why([found.person], NotAsked.Place.ENQUIRY, found.times_seen.all()),
        findings=found.agency_findings.all(),
    )  # fmt: skip


def _address(found: Section47Enquiry) -> str:
    return reverse("enquiry", args=[found.pk])
