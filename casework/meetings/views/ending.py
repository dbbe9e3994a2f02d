"""Pages about a recommendation to end a child in need plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.access.rules import accounts_that_may, allowed
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.meetings.actions import ending as actions
from casework.meetings.forms import ending as forms
from casework.meetings.policies import ENDS_THE_PLAN
from casework.meetings.queries import meetings as queries
from casework.meetings.views.arranging import PAGE, address_of
from casework.people.opening import opened
from casework.tasks.queries import sign_off_of
from casework.voice.models import NotAsked
from casework.voice.why import why_not_asked


@allowed("meeting.write")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the recommendation to a manager, again or for the first time."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    if child.recommendation not in ENDS_THE_PLAN or child.agreed_on is not None:
        return redirect(address_of(child))

    def make(*args: Any, **kwargs: Any) -> forms.AskForm:
        return forms.AskForm(*args, managers=accounts_that_may("meeting.authorise", apart_from=user), **kwargs)

    def save(form: forms.AskForm) -> str:
        actions.ask_a_manager(child, by=user, at=clock.now(), **form.cleaned_data)
        return address_of(child)

    return form_page(
        request, make, save, title="Ask a manager to agree", caption=child.person.full_name, button="Send",
        key=f"meeting:ask:{pk}", initial={"of": queries.manager_of(child.person)}, back=address_of(child),
        done="Sent to the manager",
    )  # fmt: skip


@allowed("meeting.authorise")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree that the plan ends, or send it back."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    asked = sign_off_of(actions.SIGN_OFF, child.pk, child.person)
    if asked is None or asked.state != "waiting":
        return redirect(address_of(child))

    def save(form: forms.AnswerForm) -> str:
        found, at = form.cleaned_data, clock.now()
        do = actions.agree if found["answer"] == "agree" else actions.disagree
        do(child, asked, comment=found["comment"], by=user, at=at)
        return address_of(child)

    return form_page(
        request, forms.AnswerForm, save, title="Does the plan end?", caption=child.person.full_name,
        button="Save the decision", key=f"meeting:answer:{pk}", back=address_of(child),
        done="Your decision is recorded and the worker told", template="meetings/answer.html", child=child, asked=asked,
        why=None if child.childs_words else why_not_asked(NotAsked.Place.MEETING, pk),
    )  # fmt: skip
