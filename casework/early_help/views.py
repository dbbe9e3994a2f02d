"""Pages of early help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.common.refused import Refused
from casework.drafts.form_pages import form_page
from casework.early_help import actions, forms, queries
from casework.early_help.models import FamilyAssessment, PlanStep
from casework.people.frame import record_page
from casework.people.reading import note_list, open_record, readable


def opened(request: HttpRequest, pk: int) -> FamilyAssessment:
    """The family's early help, with each child that may be seen noted as looked at. Raises Http404."""
    user = user_of(request)
    family = queries.family_for(user, pk)
    if family is None:
        raise Http404
    for child in queries.children_of(family, user):
        open_record(request, child.reference, "early help")
    return family


@allowed("early_help.write", "contact.triage", "work.team")
def families(request: HttpRequest) -> HttpResponse:
    """The early help there is."""
    asked = request.GET.get("q", "").strip()
    page = Paginator(queries.families(user_of(request), asked=asked), 50).get_page(request.GET.get("page"))
    seen = {child.pk for child in readable(user_of(request)).filter(early_help__assessment__in=list(page))}
    rows = [(one, [child.person for child in one.children.all() if child.person_id in seen]) for one in page]
    note_list(request, "early help", len(seen))
    return render(request, "early_help/families.html", {"page": page, "rows": rows, "asked": asked})


@allowed("people.read")
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """A family's early help."""
    found, user = opened(request, pk), user_of(request)
    children = queries.children_of(found, user)
    heard = queries.heard_of(found, children)
    shown = {
        "family": found,
        "children": children,
        "hidden": not queries.sees_all_of(found, user),
        "issues": found.issues.all(),
        "members": found.members.filter(ended_on=None),
        "heard": heard.get(None),
        "plan": (plan := queries.open_plan(found)),
        "reviews": [(one, heard.get(one.pk)) for one in plan.reviews.all()] if plan else [],
        "next_on": queries.next_meeting(plan),
        "today": clock.today(),
        "involved": queries.who_is_working_with(children),
        "step_ups": queries.step_ups(found),
        "may_write": may(user, "early_help.write") and found.closed_on is None,
    }
    return render(request, "early_help/family.html", shown)


@allowed("people.read")
def who_is_working(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is working with this child's family."""
    person = open_record(request, reference, "who is working with the family")
    people = queries.siblings_who_may_join(person, user_of(request))
    involved = queries.who_is_working_with(people)
    template = "early_help/who_is_working.html"
    return record_page(request, person, template, here="who_is_working", people=people, involved=involved)


@allowed("early_help.write")
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a family's assessment."""
    person, user = open_record(request, reference, "early help"), user_of(request)
    people = queries.siblings_who_may_join(person, user)

    def make(*args: Any, **kwargs: Any) -> forms.BeginForm:
        return forms.BeginForm(*args, people=people, **kwargs)

    def save(form: forms.BeginForm) -> str:
        return actions.address(actions.begin(by=user, at=clock.now(), **form.cleaned_data))

    return form_page(
        request, make, save, title="Begin a Family Early Help Assessment", caption=person.full_name, button="Begin",
        key=f"early_help:begin:{person.pk}", initial={"children": [person.pk], "lead_practitioner": user.name},
        back=reverse("person", args=[reference]), done="The assessment has begun. Ask the family for their consent.",
    )  # fmt: skip


def family_page(
    request: HttpRequest, pk: int, make: Callable[..., Any], act: Callable[[FamilyAssessment, Any], object],
    title: str, *, initial: dict[str, Any] | None = None, done: str = "Saved", button: str = "Save",
    introduction: str = "", begins: Callable[[FamilyAssessment], dict[str, Any]] | None = None,
) -> HttpResponse:  # fmt: skip
    """A page of questions about a family's early help, back to the family when saved, or to the list where what was
    saved puts it out of one's reach.

    `begins` gives the answers that the family's row has now, which these change: two who change them are told.
    """
    found = opened(request, pk)
    initial = begins(found) if begins else initial

    def save(form: Any) -> str:
        act(found, form)
        still = queries.family_for(user_of(request), pk)
        return actions.address(found) if still else reverse("early_help_families")

    return form_page(
        request, make, save, title=title, key=f"early_help:{title}:{pk}", initial=initial, back=actions.address(found),
        editing=found if begins else None, done=done, button=button, introduction=introduction,
        caption=", ".join(child.full_name for child in queries.children_of(found, user_of(request))),
    )  # fmt: skip


def on_today(form: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: form(*args, on=clock.today(), **kwargs)


@allowed("early_help.write")
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the family's consent, or that there is none."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.record_consent(found, by=user, at=clock.now(), **form.cleaned_data)

    def begins(found: FamilyAssessment) -> dict[str, Any]:
        return {"given": found.consent_given, "who": found.consent_by, "limits": found.consent_limits,
                "on": found.consent_on or clock.today()}  # fmt: skip

    return family_page(request, pk, on_today(forms.ConsentForm), act, "The family's consent", begins=begins)


@allowed("early_help.write")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the assessment."""
    user, found = user_of(request), opened(request, pk)
    children = queries.children_of(found, user)
    initial = {name: getattr(found, name) for name in actions.WRITTEN} | queries.why_not_heard(found, children)
    initial |= {f"issue_{issue.kind}": issue.how for issue in found.issues.all()}

    def make(*args: Any, **kwargs: Any) -> forms.WriteForm:
        return forms.WriteForm(*args, on=clock.today(), children=children, **kwargs)

    def save(form: forms.WriteForm) -> str:
        actions.write(found, form.cleaned_data, form.issues(), form.heard(), by=user, at=clock.now())
        return actions.address(found)

    return form_page(
        request, make, save, title="The family's assessment", key=f"early_help:write:{pk}",
        initial=initial, editing=found, back=actions.address(found), done="Saved",
    )  # fmt: skip


@allowed("early_help.write")
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish the assessment."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.complete(found, by=user, at=clock.now())

    return family_page(
        request, pk, django_forms.Form, act, "Finish the assessment", button="It is finished",
        introduction="The day it was finished is recorded. You can still agree a plan and hold reviews.",
        done="The assessment is finished. Agree a plan with the family.",
    )  # fmt: skip


@allowed("early_help.write")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree a plan."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.agree_plan(found, by=user, at=clock.now(), **form.cleaned_data)

    return family_page(
        request, pk, on_today(forms.PlanForm), act, "Agree a plan with the family",
        initial={"agreed_on": clock.today()},
        done="The plan is open. Add what is to change.",
    )  # fmt: skip


@allowed("early_help.write")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a step to the plan."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        now = queries.open_plan(found)
        if now is None:
            raise Refused("There is no plan. Agree one with the family first.")
        actions.add_step(now, by=user, at=clock.now(), **form.cleaned_data)

    return family_page(request, pk, forms.StepForm, act, "Add a step to the plan")


@allowed("early_help.write")
def finish_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Say that a step is done."""
    user, found = user_of(request), opened(request, pk)
    chosen = PlanStep.objects.filter(pk=step, plan__assessment=found).select_related("plan__assessment").first()
    if chosen is None:
        raise Http404

    def save(form: Any) -> str:
        actions.finish_step(chosen, by=user, at=clock.now(), **form.cleaned_data)
        return actions.address(found)

    return form_page(
        request, forms.FinishForm, save, title="This step is done", caption=chosen.action, back=actions.address(found),
        key=f"early_help:step:{step}", done="Saved",
    )  # fmt: skip


@allowed("early_help.write")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a review by the team around the family."""
    user = user_of(request)
    family = queries.family_for(user, pk)
    children = queries.children_of(family, user) if family else []

    def act(found: FamilyAssessment, form: Any) -> None:
        now = queries.open_plan(found)
        if now is None:
            raise Refused("There is no plan to review. Agree one with the family first.")
        actions.review(now, by=user, at=clock.now(), **form.review())

    def make(*args: Any, **kwargs: Any) -> forms.ReviewForm:
        return forms.ReviewForm(*args, on=clock.today(), children=children, **kwargs)

    return family_page(
        request, pk, make, act, "The team around the family met", initial={"held_on": clock.today()}
    )  # fmt: skip


@allowed("early_help.write")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End early help."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.close(found, by=user, at=clock.now(), **form.cleaned_data)

    return family_page(
        request, pk, on_today(forms.CloseForm), act, "End early help", button="End it", done="Early help has ended"
    )
