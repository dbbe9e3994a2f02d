"""Beginning and ending a child in need plan. The plan itself is read where plans are written (`planning`)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed, user_of
from casework.child_in_need import actions, forms, queries
from casework.child_in_need.models import ChildInNeedPlan
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.opening import lead_on, opened
from casework.people.reading import open_record

PAGE = "child in need plan"


@allowed("plans.write")
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a child in need plan."""
    person, user = open_record(request, reference, PAGE), user_of(request)
    if not person.is_child:
        raise Http404
    assessment = queries.assessment_before(person)

    def make(*args: Any, **kwargs: Any) -> forms.BeginForm:
        earliest = assessment.started_on if assessment else None
        return forms.BeginForm(*args, on=clock.today(), earliest=earliest, **kwargs)

    def save(form: forms.BeginForm) -> str:
        plan = actions.begin_plan(person, assessment=assessment, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("plan", args=["need", plan.pk])

    return form_page(
        request, make, save, title="Begin a child in need plan", caption=person.full_name, button="Begin the plan",
        key=f"cin:begin:{person.pk}", initial={"started_on": assessment.authorised_on if assessment else clock.today()},
        back=reverse("plans_of_person", args=[person.reference]), done="The plan has begun. Now write what it says",
        introduction="It follows the assessment that was authorised." if assessment else "",
    )  # fmt: skip


@allowed("people.read")
def plan_of_row(request: HttpRequest, row: str) -> HttpResponse:
    """To the plan that a line of the chronology is about."""
    return lead_on(request, ChildInNeedPlan, row, "plan", "need")


@allowed("meeting.authorise")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a child in need plan without a review that said so: a manager does."""
    plan, user = opened(request, queries.plan_for, pk, PAGE)
    address = reverse("plan", args=["need", plan.pk])

    def make(*args: Any, **kwargs: Any) -> forms.EndForm:
        return forms.EndForm(*args, on=clock.today(), plan=plan, **kwargs)

    def save(form: forms.EndForm) -> str:
        actions.end_plan(plan, by=user, at=clock.now(), **form.end())
        return address

    return form_page(
        request, make, save, title="End the child in need plan", caption=plan.person.full_name, button="End the plan",
        key=f"cin:end:{pk}", initial={"ended_on": clock.today()}, back=address, done="The plan has ended",
    )  # fmt: skip
