"""Pages on which the chair puts right on which day a conference was held, and what it decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.access.rules import allowed
from casework.child_protection.actions import day_and_outcome as actions
from casework.child_protection.forms import holding as forms
from casework.child_protection.queries.conferences import agencies_there, child_at_conference, together_at
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.opening import opened

PAGE = "conference"
SENT = "Letters that were sent stay as they were; the conference’s page then says which told what was there before."


@allowed("conference.chair")
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right on which day the conference was held."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    conference, address = child.conference, reverse("conference", args=[pk])
    if conference.held_on is None:
        return redirect("hold_conference", pk)
    together = together_at(child, user)

    def make(*args: Any, **kwargs: Any) -> forms.DayForm:
        return forms.DayForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.DayForm) -> str:
        actions.put_day_right(conference, version=conference.version, by=user, at=clock.now(), **form.cleaned_data)
        return address

    return form_page(
        request, make, save, title="Put the day of the conference right",
        caption=", ".join(one.person.full_name for one in together), key=f"conference:day:{conference.pk}",
        initial={"held_on": conference.held_on}, editing=conference, back=address,
        about=[one.person_id for one in together], done="Put right. The children’s workers have been told.",
        introduction=f"A plan that it made or ended begins or ends on that day, and its clocks follow. {SENT}",
    )  # fmt: skip


@allowed("conference.chair")
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was decided about a child."""
    child, user = opened(request, child_at_conference, pk, PAGE)
    address = reverse("conference", args=[pk])
    if not child.outcome:
        return redirect("decide_conference", pk)

    def make(*args: Any, **kwargs: Any) -> forms.OutcomeForm:
        return forms.OutcomeForm(*args, child=child, there=agencies_there(child), on=clock.today(), **kwargs)

    def save(form: forms.OutcomeForm) -> str:
        why = form.cleaned_data["why"]
        actions.put_outcome_right(child, form.verdict(), why=why, version=child.version, by=user, at=clock.now())
        return address

    return form_page(
        request, make, save, title=f"Put right what was decided for {child.person.full_name}",
        key=f"conference:outcome:{pk}", initial={"outcome": child.outcome, **forms.answers_of_decision(child)},
        editing=child, back=address, done="Put right. The child’s worker has been told.",
        introduction="The plan, its review and the clocks become what follows from what you choose, as if it had been "
        f"recorded so. {SENT}",
    )  # fmt: skip
