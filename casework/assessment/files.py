"""Files that belong to an assessment: on the child's record, or on each child's who is assessed together with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed
from casework.assessment import policies, queries
from casework.assessment.forms import FilesForm
from casework.assessment.models import Assessment
from casework.assessment.views import opened
from casework.common import clock
from casework.documents.actions import attach
from casework.drafts.form_pages import form_page


@allowed("assessment.write")
def add_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Put files with an assessment that is being written. Of brothers and sisters, only those the reader may see."""
    found, user = opened(request, pk, "add files to an assessment")
    together, back = queries.assessed_together(found, user), reverse("assessment", args=[pk])

    def make(*args: Any, **kwargs: Any) -> FilesForm:
        names = [one.person.full_name for one in together]
        return FilesForm(*args, together=names, child=found.person.full_name, **kwargs)

    def save(form: FilesForm) -> str:
        policies.check_open(found)
        given, (people, came_with) = form.cleaned_data, _where(found, together, form.for_all)
        attach(
            given["attached"], people=people, title=given["title"], attached_to=came_with, by=user, at=clock.now()
        )  # fmt: skip
        return back

    return form_page(
        request, make, save, title="Attach files", caption=found.person.full_name, key=f"assessment:files:{pk}",
        back=back, button="Attach", done="The files are attached.", about=[one.person_id for one in together],
    )  # fmt: skip


def _where(found: Assessment, together: list[Assessment], for_all: bool) -> tuple[list[int], str]:
    """On whose records, and the reference of the part that the files came with."""
    if for_all and found.family is not None:
        return [one.person_id for one in (found, *together)], found.family.reference
    return [found.person_id], found.reference
