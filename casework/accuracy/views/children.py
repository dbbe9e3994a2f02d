"""What the rules find on one child: mended at its field, or explained once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed
from casework.accounts.models import User
from casework.accuracy import queries
from casework.accuracy.actions import answers, checks
from casework.accuracy.forms import AnswerForm
from casework.accuracy.mending import shown
from casework.accuracy.models import Finding
from casework.common import clock
from casework.common.refused import Refused
from casework.drafts.form_pages import form_page
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record


@allowed("people.read")
def person_accuracy(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything the rules find on this child, with where each is mended and the reasons given."""
    person = open_record(request, reference, "accuracy")
    assert isinstance(request.user, User)
    found = queries.of_person(person)
    given: dict[str, Any] = {"found": found, "lines": shown(found.findings, request.user)}
    return record_page(request, person, "accuracy/person.html", here="overview", **given)


@require_POST
@allowed("people.read")
def check_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Check this record again, now."""
    person = open_record(request, reference, "accuracy")
    checks.check_people(people=[person.pk], at=clock.now())
    return redirect("person_accuracy", person.reference)


@allowed("accuracy.answer")
def explain_query(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say why the data that a query asks about is right."""
    person, finding, user = _opened(request, reference, pk)

    def save(form: AnswerForm) -> str:
        answers.answer_query(finding, reason=form.cleaned_data["reason"], by=user, at=clock.now())
        return reverse("person_accuracy", args=[person.reference])

    initial = {"reason": finding.answer.reason} if finding.answer and finding.lapsed else None
    return form_page(
        request, AnswerForm, save, title="The record is right", caption=person.full_name, introduction=finding.says,
        key=f"query:{person.pk}:{finding.checked_as}:{finding.rule}:{finding.record_id}", initial=initial,
        back=reverse("person_accuracy", args=[person.reference]), done="The reason is recorded",
    )  # fmt: skip


@require_POST
@allowed("accuracy.answer")
def withdraw_reason(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a reason back: the query is open again."""
    person, finding, user = _opened(request, reference, pk)
    try:
        answers.withdraw_answer(finding, by=user, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("person_accuracy", person.reference)


def _opened(request: HttpRequest, reference: str, pk: int) -> tuple[Person, Finding, User]:
    """The query on this person. Raises Http404, for an error too: no reason explains one."""
    person, user = open_record(request, reference, "accuracy"), request.user
    assert isinstance(user, User)
    finding = queries.one_finding(person, pk)
    if finding is None or finding.error:
        raise Http404
    return person, finding, user
