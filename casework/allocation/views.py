"""Pages for giving a child to a team and a worker."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.allocation import actions, queries
from casework.allocation.forms import AllocateForm, TeamForm
from casework.allocation.rules import described
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.reading import note_list, open_record


@allowed("allocation.make")
def allocate(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the child to a worker."""
    person, user = open_record(request, reference, "allocation"), request.user
    assert isinstance(user, User)
    held, address = queries.open_allocation(person), reverse("person", args=[reference])
    passes = held is not None and held.worker is not None

    def make(*args: Any, **kwargs: Any) -> AllocateForm:
        override = may(user, "allocation.override")
        return AllocateForm(*args, on=clock.today(), passes=passes, may_override=override, **kwargs)

    def save(form: AllocateForm) -> str:
        given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
        actions.allocate_to_worker(person=person, by=user, at=clock.now(), **given)
        return address

    return form_page(
        request, make, save, title="Pass the case to another worker" if passes else "Allocate to a worker",
        caption=person.full_name, key=f"allocate:{person.pk}", back=address, button="Allocate", held=held,
        template="allocation/allocate.html", done="The case is allocated", reference=reference,
    )  # fmt: skip


@allowed("allocation.make")
def to_team(request: HttpRequest, reference: str) -> HttpResponse:
    """Pass the child to a team, to wait there for a worker."""
    person, user = open_record(request, reference, "allocation"), request.user
    assert isinstance(user, User)

    held = queries.open_allocation(person)

    def make(*args: Any, **kwargs: Any) -> TeamForm:
        return TeamForm(*args, passes=held is not None and held.worker is not None, **kwargs)

    def save(form: TeamForm) -> str:
        actions.allocate_to_team(person=person, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("person", args=[reference])

    return form_page(
        request, make, save, title="Pass the case to a team", caption=person.full_name, button="Pass it on",
        back=reverse("allocate", args=[reference]), done="The case waits in the team for a worker",
    )  # fmt: skip


@allowed("people.read")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was handed over has been read."""
    user = request.user
    assert isinstance(user, User)
    handover = next((one for one in queries.handovers_waiting(user) if one.pk == pk), None)
    if handover is None:
        raise Http404
    open_record(request, handover.allocation.person.reference, "handover")
    actions.accept_handover(handover, by=user, at=clock.now())
    return redirect("person", handover.allocation.person.reference)


@allowed("reports.children")
def overrides(request: HttpRequest) -> HttpResponse:
    """Every allocation that was made against the authority's rules."""
    user = request.user
    assert isinstance(user, User)
    page = Paginator(queries.overrides(user), 50).get_page(request.GET.get("page"))
    lines = [(one, described(one.rule, one.allocation.worker)) for one in page if one.allocation.worker]
    note_list(request, "allocations against the rules", len(lines))
    return render(request, "allocation/overrides.html", {"page": page, "lines": lines})
