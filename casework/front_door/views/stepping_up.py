"""The page by which early help asks social care to take a family."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from casework.access.rules import allowed
from casework.drafts.form_pages import form_page
from casework.early_help.actions import address
from casework.early_help.queries import children_of, family_for
from casework.front_door.actions.stepping_up import step_up as ask
from casework.front_door.forms.contacts import StepUpForm
from casework.front_door.views.asking import asking
from casework.people.reading import open_record


@allowed("early_help.write")
def step_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the front door to take the family."""
    who = asking(request)
    family = family_for(who.user, pk)
    if family is None:
        raise Http404
    children = {child.pk: child for child in children_of(family, who.user) if child.is_child}
    for child in children.values():
        open_record(request, child.reference, "early help")

    def make(*args: Any, **kwargs: Any) -> StepUpForm:
        return StepUpForm(*args, children=[(pk, child.full_name) for pk, child in children.items()], **kwargs)

    def save(form: StepUpForm) -> str:
        answers = form.cleaned_data
        chosen = [children[key] for key in answers.pop("children")]
        ask(family, chosen, by=who.user, at=who.at, **answers)
        return address(family)

    return form_page(
        request, make, save, title="Step up to children's social care", key=f"early_help:step_up:{pk}",
        caption=", ".join(child.full_name for child in children.values()), back=address(family),
        button="Send it to the front door",
        introduction="If a child may be in danger now, ring the front door or the police first.",
        done="It is on the front door’s board, and its clock runs. Early help goes on until it is decided.",
    )  # fmt: skip
