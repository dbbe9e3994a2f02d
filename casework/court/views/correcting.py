"""Pages that put right when police protection and emergency orders began and ended."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed
from casework.common import clock
from casework.court import forms, queries
from casework.court.actions.correcting import correct_order, correct_protection
from casework.court.views.together import PAGE, WRITE
from casework.drafts.form_pages import form_page
from casework.people.opening import opened

DONE = "Put right. The child’s worker and the team’s manager have been told."


@allowed(WRITE)
def protection(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right when police protection began and ended."""
    found, user = opened(request, queries.protection_for, pk, PAGE)
    back = reverse("police_protection", args=[found.pk])
    together = {one.person_id: one for one in queries.taken_together(found, user)}

    def make(*args: Any, **kwargs: Any) -> forms.CorrectForm:
        others = list(together.values())
        return forms.CorrectForm(*args, at=clock.now(), on=clock.today(), held=found, others=others, **kwargs)

    def save(form: forms.CorrectForm) -> str:
        too = [together[key] for key in form.cleaned_data.get("others") or []]
        why = form.cleaned_data["why"]
        correct_protection(found, form.times(), why=why, version=found.version, others=too, by=user, at=clock.now())
        return back

    return form_page(
        request, make, save, title="Put the times right", caption=found.person.full_name,
        key=f"police:put-right:{found.pk}", initial=forms.answers_of_times(found), editing=found, back=back,
        about=list(together), done=DONE,
    )  # fmt: skip


@allowed(WRITE)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right when an order was made, extended and ended."""
    found, user = opened(request, queries.order_for, pk, PAGE)
    back = reverse("emergency_order", args=[found.pk])

    def make(*args: Any, **kwargs: Any) -> forms.OrderCorrectForm:
        return forms.OrderCorrectForm(*args, at=clock.now(), on=clock.today(), order=found, **kwargs)

    def save(form: forms.OrderCorrectForm) -> str:
        why = form.cleaned_data["why"]
        correct_order(found, form.times(), why=why, version=found.version, by=user, at=clock.now())
        return back

    return form_page(
        request, make, save, title="Put the order right", caption=found.person.full_name,
        key=f"order:put-right:{found.pk}", initial=forms.answers_of_order_times(found), editing=found, back=back,
        done=DONE,
    )  # fmt: skip
