"""Pages of strategy discussions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.child_protection import policies
from casework.child_protection.actions import discussions as actions
from casework.child_protection.forms import discussions as forms
from casework.child_protection.models import DiscussedChild
from casework.child_protection.queries.discussions import discussed_for, discussed_together
from casework.child_protection.queries.stages import assessments_that_ask, children_with
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.opening import opened
from casework.people.reading import open_record


@allowed("protection.write")
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a strategy discussion about a child, and brothers and sisters: those whom the address names ticked."""
    person, user = open_record(request, reference, "strategy discussion"), request.user
    assert isinstance(user, User)
    today = clock.today()
    children, led_from = children_with(person, user, today), set(request.GET.getlist("with"))
    asking = assessments_that_ask([person, *children], today)
    asked = asking.get(person.pk)
    together = {person.pk, *(asking if asked else ())}
    ticked = [one.pk for one in children if one.pk in together or one.reference in led_from]
    initial = {"children": ticked, "held_at": clock.now(), **forms.answers_of_assessment(asked)}

    def make(*args: Any, **kwargs: Any) -> forms.HeldForm:
        return forms.HeldForm(*args, at=clock.now(), on=today, children=children, **kwargs)

    def save(form: forms.HeldForm) -> str:
        made = actions.record_discussion(form.cleaned_data["children"], form.held(), by=user, at=clock.now())
        own = next((one for one in made if one.person_id == person.pk), made[0])
        return reverse("decide_strategy", args=[own.pk])

    return form_page(
        request, make, save, title="Record a strategy discussion", caption=person.full_name, button="Save and decide",
        key=f"strategy:new:{person.pk}", initial=initial,
        back=reverse("person", args=[reference]), about=[one.pk for one in children], done="The discussion is recorded",
    )  # fmt: skip


@allowed("people.read")
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """A strategy discussion, from the side of one child."""
    found, user = opened(request, discussed_for, pk, "strategy discussion")
    together = discussed_together(found, user)
    writes = may(user, "protection.write")
    shown = {
        "discussed": found,
        "discussion": found.discussion,
        "person": found.person,
        "together": together,
        "enquiry": found.enquiries.order_by("-pk").first(),
        "took_part": found.discussion.took_part.all(),
        "actions": found.discussion.safety_actions.select_related("task"),
        "prompts": policies.prompts_of_discussion(found.discussion) if writes else [],
        "may_write": writes,
        "may_decide": writes and any(not one.outcome for one in together),
    }
    return render(request, "child_protection/discussion.html", shown)


@allowed("protection.write")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to a discussion, or put it right."""
    found, user = opened(request, discussed_for, pk, "strategy discussion")

    def make(*args: Any, **kwargs: Any) -> forms.HeldForm:
        return forms.HeldForm(*args, at=clock.now(), on=clock.today(), **kwargs)

    def save(form: forms.HeldForm) -> str:
        actions.change_discussion(found.discussion, form.held(), version=None, by=user, at=clock.now())
        return _address(found)

    return form_page(
        request, make, save, title="Add to the strategy discussion", caption=found.person.full_name,
        key=f"strategy:change:{found.discussion_id}", initial=forms.answers_of(found.discussion),
        editing=found.discussion, back=_address(found), done="Saved",
    )  # fmt: skip


@allowed("protection.write")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided about each child."""
    found, user = opened(request, discussed_for, pk, "strategy discussion")
    waiting = [one for one in discussed_together(found, user) if not one.outcome]
    if not waiting:
        return redirect(_address(found))

    def make(*args: Any, **kwargs: Any) -> forms.DecideForm:
        return forms.DecideForm(*args, children=waiting, **kwargs)

    def save(form: forms.DecideForm) -> str:
        actions.decide(form.decisions(), discussion=found.discussion, by=user, at=clock.now())
        return _address(found)

    return form_page(
        request, make, save, title="What was decided?", caption=_names(waiting), key=f"strategy:decide:{found.pk}",
        back=_address(found), about=[one.person_id for one in waiting], done="The decision is recorded",
        introduction="A section 47 enquiry begins from the time that the discussion was held.",
    )  # fmt: skip


@allowed("protection.write")
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Something to be done at once."""
    found, user = opened(request, discussed_for, pk, "strategy discussion")

    def save(form: forms.ActionForm) -> str:
        actions.ask_for_safety(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(
        request, forms.ActionForm, save, title="Something to be done at once", caption=found.person.full_name,
        key=f"strategy:action:{found.pk}", back=_address(found), done="Added",
    )  # fmt: skip


def _address(found: DiscussedChild) -> str:
    return reverse("strategy", args=[found.pk])


def _names(children: list[DiscussedChild]) -> str:
    return ", ".join(one.person.full_name for one in children)
