"""Pages that the chair writes: how the conference went, the child's views, the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from casework.access.rules import allowed
from casework.child_protection.actions import conferences as actions
from casework.child_protection.actions import correcting, deciding
from casework.child_protection.forms import holding as forms
from casework.child_protection.queries.conferences import agencies_there, child_at_conference
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.opening import opened
from casework.voice.models import NotAsked
from casework.voice.why import given

PAGE = "conference"


@allowed("conference.chair")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the conference was held: who came, what was said."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    conference, address = child.conference, reverse("conference", args=[pk])
    if conference.held_on is not None:
        return redirect(address)
    invited = list(conference.invitations.all())

    def make(*args: Any, **kwargs: Any) -> forms.HoldForm:
        return forms.HoldForm(*args, on=clock.today(), invited=invited, **kwargs)

    def save(form: forms.HoldForm) -> str:
        actions.hold(conference, form.meeting(), by=user, at=clock.now())
        return address

    planned = timezone.localdate(conference.planned_at) if conference.planned_at else clock.today()
    return form_page(
        request, make, save, title="Record the conference", caption=child.person.full_name,
        key=f"conference:hold:{conference.pk}", initial={"held_on": min(planned, clock.today())}, back=address,
        done="The conference is recorded",
        introduction="" if invited else "Nobody is on the list of those invited. Add those who came before you go on.",
    )  # fmt: skip


@allowed("conference.chair")
def views(request: HttpRequest, pk: int) -> HttpResponse:
    """What the child thinks, and how the child took part."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    names, address = ("participation", "childs_views", "how_child_was_heard"), reverse("conference", args=[pk])

    def make(*args: Any, **kwargs: Any) -> forms.ViewsForm:
        return forms.ViewsForm(*args, on=clock.today(), person=child.person, **kwargs)

    def save(form: forms.ViewsForm) -> str:
        actions.record_views(child, version=None, by=user, at=clock.now(), **form.cleaned_data)
        return address

    return form_page(
        request, make, save, title="The child’s views", caption=child.person.full_name, key=f"conference:views:{pk}",
        initial={name: getattr(child, name) for name in names}
        | {"why_not_asked": given(NotAsked.Place.CONFERENCE, pk)},
        editing=child, back=address, done="Saved",
    )  # fmt: skip


@allowed("conference.chair")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decision about a child, and what each agency thought."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    address = reverse("conference", args=[pk])
    if child.conference.held_on is None or child.outcome:
        return redirect(address)

    def make(*args: Any, **kwargs: Any) -> forms.DecideForm:
        return forms.DecideForm(*args, child=child, there=agencies_there(child), on=clock.today(), **kwargs)

    def save(form: forms.DecideForm) -> str:
        deciding.decide(child, form.verdict(), by=user, at=clock.now())
        return address

    return form_page(
        request, make, save, title=f"What was decided for {child.person.full_name}?", key=f"conference:decide:{pk}",
        back=address, done="The decision is recorded", initial={"category": child.plan.latest_category}
        if child.plan else {},
    )  # fmt: skip


@allowed("conference.chair")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right who came and what was said at a conference that was held."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    conference, address = child.conference, reverse("conference", args=[pk])
    held_on = conference.held_on
    if held_on is None:
        return redirect("hold_conference", pk)
    invited = list(conference.invitations.all())

    def make(*args: Any, **kwargs: Any) -> forms.HeldForm:
        return forms.HeldForm(*args, held_on=held_on, invited=invited, **kwargs)

    def save(form: forms.HeldForm) -> str:
        correcting.put_right(
            conference, form.meeting(), came_too=form.came_too(), version=None, by=user, at=clock.now()
        )
        return address

    return form_page(
        request, make, save, title="Put right who came and what was said", caption=child.person.full_name,
        key=f"conference:correct:{conference.pk}", initial=forms.answers_of(conference), editing=conference,
        back=address, done="Put right",
        introduction="What it said before stays in the history. Minutes that were sent stay as they were.",
    )  # fmt: skip


@allowed("conference.chair")
def correct_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right the category, the reasons and what each agency thought. What was decided stays."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    address = reverse("conference", args=[pk])
    if not child.outcome:
        return redirect("decide_conference", pk)

    def make(*args: Any, **kwargs: Any) -> forms.DecidedForm:
        return forms.DecidedForm(*args, child=child, there=agencies_there(child), on=clock.today(), **kwargs)

    def save(form: forms.DecidedForm) -> str:
        correcting.put_decision_right(child, form.verdict(), version=None, by=user, at=clock.now())
        return address

    return form_page(
        request, make, save, title=f"Put the decision about {child.person.full_name} right",
        key=f"conference:correct-decision:{pk}", initial=forms.answers_of_decision(child), editing=child, back=address,
        done="Put right",
        introduction="What it said before stays in the history. What was decided is put right elsewhere.",
    )  # fmt: skip
