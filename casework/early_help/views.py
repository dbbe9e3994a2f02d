"""Pages of early help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.common import clock
from casework.common.refused import Refused
from casework.drafts.form_pages import form_page
from casework.early_help import actions, forms, queries
from casework.early_help.models import FamilyAssessment, PlanStep
from casework.early_help.stepping import take
from casework.people.frame import record_page
from casework.people.reading import note_list, open_record, readable


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _opened(request: HttpRequest, pk: int) -> FamilyAssessment:
    """The family's early help, with each child that may be seen noted as looked at. Raises Http404."""
    user = _who(request)
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
    page = Paginator(queries.families(_who(request), asked=asked), 50).get_page(request.GET.get("page"))
    seen = {child.pk for child in readable(_who(request)).filter(early_help__assessment__in=list(page))}
    rows = [(one, [child.person for child in one.children.all() if child.person_id in seen]) for one in page]
    note_list(request, "early help", len(seen))
    return render(request, "early_help/families.html", {"page": page, "rows": rows, "asked": asked})


@allowed("people.read")
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """A family's early help."""
    found, user = _opened(request, pk), _who(request)
    children = queries.children_of(found, user)
    shown = {
        "family": found,
        "children": children,
        "hidden": not queries.sees_all_of(found, user),
        "issues": found.issues.all(),
        "members": found.members.filter(ended_on=None),
        "plan": (plan := queries.open_plan(found)),
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
    people = queries.siblings_who_may_join(person, _who(request))
    involved = queries.who_is_working_with(people)
    template = "early_help/who_is_working.html"
    return record_page(request, person, template, here="who_is_working", people=people, involved=involved)


@allowed("early_help.write")
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a family's assessment."""
    person, user = open_record(request, reference, "early help"), _who(request)
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


def _page(
    request: HttpRequest, pk: int, make: Callable[..., Any], act: Callable[[FamilyAssessment, Any], object],
    title: str, *, initial: dict[str, Any] | None = None, done: str = "Saved", button: str = "Save",
    introduction: str = "", begins: Callable[[FamilyAssessment], dict[str, Any]] | None = None,
) -> HttpResponse:  # fmt: skip
    """A page of questions about a family's early help, back to the family when saved.

    `begins` gives the answers that the family's row has now, which these change: two who change them are told.
    """
    found = _opened(request, pk)
    initial = begins(found) if begins else initial

    def save(form: Any) -> str:
        act(found, form)
        return actions.address(found)

    return form_page(
        request, make, save, title=title, key=f"early_help:{title}:{pk}", initial=initial, back=actions.address(found),
        editing=found if begins else None, done=done, button=button, introduction=introduction,
        caption=", ".join(child.full_name for child in queries.children_of(found, _who(request))),
    )  # fmt: skip


def _on_today(form: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: form(*args, on=clock.today(), **kwargs)


@allowed("early_help.write")
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the family's consent, or that there is none."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.record_consent(found, by=user, at=clock.now(), **form.cleaned_data)

    def begins(found: FamilyAssessment) -> dict[str, Any]:
        return {"given": found.consent_given, "who": found.consent_by, "limits": found.consent_limits,
                "on": found.consent_on or clock.today()}  # fmt: skip

    return _page(request, pk, _on_today(forms.ConsentForm), act, "The family's consent", begins=begins)


@allowed("early_help.write")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the assessment."""
    user, found = _who(request), _opened(request, pk)
    initial = {name: getattr(found, name) for name in actions.WRITTEN}
    initial |= {f"issue_{issue.kind}": issue.how for issue in found.issues.all()}

    def save(form: Any) -> str:
        actions.write(found, form.cleaned_data, form.issues(), by=user, at=clock.now())
        return actions.address(found)

    return form_page(
        request, _on_today(forms.WriteForm), save, title="The family's assessment", key=f"early_help:write:{pk}",
        initial=initial, editing=found, back=actions.address(found), done="Saved",
    )  # fmt: skip


@allowed("early_help.write")
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish the assessment."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.complete(found, by=user, at=clock.now())

    return _page(
        request, pk, django_forms.Form, act, "Finish the assessment", button="It is finished",
        introduction="The day it was finished is recorded. You can still agree a plan and hold reviews.",
        done="The assessment is finished. Agree a plan with the family.",
    )  # fmt: skip


@allowed("early_help.write")
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody to the team around the family."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.add_member(found, by=user, at=clock.now(), **form.cleaned_data)

    return _page(request, pk, forms.MemberForm, act, "Add somebody to the team around the family")


@allowed("early_help.write")
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who leads."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.take_lead(found, by=user, at=clock.now(), **form.cleaned_data)

    def begins(found: FamilyAssessment) -> dict[str, Any]:
        return {"name": found.lead_practitioner, "organisation": found.organisation, "contact": found.lead_contact}

    return _page(request, pk, forms.LeadForm, act, "Change the lead practitioner", begins=begins)


@allowed("early_help.write")
def member_leaves(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Say that somebody is not in the team around the family any more."""
    user, found = _who(request), _opened(request, pk)
    chosen = found.members.filter(pk=member, ended_on=None).first()
    if chosen is None:
        raise Http404

    def save(form: Any) -> str:
        actions.member_leaves(chosen, by=user, at=clock.now(), **form.cleaned_data)
        return actions.address(found)

    return form_page(
        request, _on_today(forms.LeavesForm), save, title="Leaves the team around the family", caption=chosen.name,
        key=f"early_help:leaves:{member}", back=actions.address(found), initial={"ended_on": clock.today()},
        done="Saved",
    )  # fmt: skip


@allowed("early_help.write")
def to_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the family to an early help team."""
    user = _who(request)
    team = user.worker.team if user.worker else None

    def act(found: FamilyAssessment, form: Any) -> None:
        take(found, form.cleaned_data["team"], by=user, at=clock.now())

    return _page(
        request, pk, forms.TeamForm, act, "Give it to a team", initial={"team": team.pk if team else None},
        done="The team has this family’s early help.",
    )  # fmt: skip


@allowed("early_help.write")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree a plan."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.agree_plan(found, by=user, at=clock.now(), **form.cleaned_data)

    return _page(
        request, pk, _on_today(forms.PlanForm), act, "Agree a plan with the family",
        initial={"agreed_on": clock.today()},
        done="The plan is open. Add what is to change.",
    )  # fmt: skip


@allowed("early_help.write")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a step to the plan."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        now = queries.open_plan(found)
        if now is None:
            raise Refused("There is no plan. Agree one with the family first.")
        actions.add_step(now, by=user, at=clock.now(), **form.cleaned_data)

    return _page(request, pk, forms.StepForm, act, "Add a step to the plan")


@allowed("early_help.write")
def finish_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Say that a step is done."""
    user, found = _who(request), _opened(request, pk)
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
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        now = queries.open_plan(found)
        if now is None:
            raise Refused("There is no plan to review. Agree one with the family first.")
        actions.review(now, by=user, at=clock.now(), **form.cleaned_data)

    return _page(
        request,
        pk,
        _on_today(forms.ReviewForm),
        act,
        "The team around the family met",
        initial={"held_on": clock.today()},
    )


@allowed("early_help.write")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End early help."""
    user = _who(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.close(found, by=user, at=clock.now(), **form.cleaned_data)

    return _page(
        request, pk, _on_today(forms.CloseForm), act, "End early help", button="End it", done="Early help has ended"
    )
