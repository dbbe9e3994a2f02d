"""Pages that note how a plan goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.planning import forms, queries
from casework.planning.actions import progress as actions
from casework.planning.plans import plan_of
from casework.planning.views.opening import opened_part


@allowed("plans.write")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How an action goes."""
    wording = opened_part(request, queries.action_for, pk)
    address = plan_of(wording.plan_version).address

    def make(*args: Any, **kwargs: Any) -> forms.ProgressForm:
        return forms.ProgressForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.ProgressForm) -> str:
        actions.note_progress(wording.action, by=user_of(request), at=clock.now(), **form.cleaned_data)
        return address

    return form_page(
        request, make, save, title="How does it go?", caption=wording.plan_version.person.full_name,
        key=f"plan:progress:{wording.action_id}", initial={"noted_on": clock.today()}, back=address, done="Noted",
        introduction=wording.what,
    )  # fmt: skip


@allowed("plans.write")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is different for the child."""
    wording = opened_part(request, queries.outcome_for, pk)
    address = plan_of(wording.plan_version).address

    def make(*args: Any, **kwargs: Any) -> forms.ChangeForm:
        return forms.ChangeForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.ChangeForm) -> str:
        actions.note_change(wording.outcome, by=user_of(request), at=clock.now(), **form.cleaned_data)
        return address

    return form_page(
        request, make, save, title="What is different for the child?", caption=wording.plan_version.person.full_name,
        key=f"plan:change:{wording.outcome_id}", initial={"noted_on": clock.today()}, back=address, done="Noted",
        introduction=wording.what,
    )  # fmt: skip
