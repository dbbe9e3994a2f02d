"""Pages of who works with a family: the team around it, who leads, which early help team has it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.early_help import actions, forms
from casework.early_help.models import FamilyAssessment
from casework.early_help.stepping import take
from casework.early_help.views import family_page, on_today, opened


@allowed("early_help.write")
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody to the team around the family."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.add_member(found, by=user, at=clock.now(), **form.cleaned_data)

    return family_page(request, pk, forms.MemberForm, act, "Add somebody to the team around the family")


@allowed("early_help.write")
def member_leaves(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Say that somebody is not in the team around the family any more."""
    user, found = user_of(request), opened(request, pk)
    chosen = found.members.filter(pk=member, ended_on=None).first()
    if chosen is None:
        raise Http404

    def save(form: Any) -> str:
        actions.member_leaves(chosen, by=user, at=clock.now(), **form.cleaned_data)
        return actions.address(found)

    return form_page(
        request, on_today(forms.LeavesForm), save, title="Leaves the team around the family", caption=chosen.name,
        key=f"early_help:leaves:{member}", back=actions.address(found), initial={"ended_on": clock.today()},
        done="Saved",
    )  # fmt: skip


@allowed("early_help.write")
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who leads."""
    user = user_of(request)

    def act(found: FamilyAssessment, form: Any) -> None:
        actions.take_lead(found, by=user, at=clock.now(), **form.cleaned_data)

    def begins(found: FamilyAssessment) -> dict[str, Any]:
        return {"name": found.lead_practitioner, "organisation": found.organisation, "contact": found.lead_contact}

    return family_page(request, pk, forms.LeadForm, act, "Change the lead practitioner", begins=begins)


@allowed("early_help.write")
def to_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the family to an early help team."""
    user = user_of(request)
    team = user.worker.team if user.worker else None

    def act(found: FamilyAssessment, form: Any) -> None:
        take(found, form.cleaned_data["team"], by=user, at=clock.now())

    def begins(found: FamilyAssessment) -> dict[str, Any]:
        return {"team": found.team_id or (team.pk if team else None)}

    return family_page(
        request, pk, forms.TeamForm, act, "Give it to a team", begins=begins,
        done="The team has this family’s early help.",
    )  # fmt: skip
