"""Adding a person: only from a search, and with those alike shown while it is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed
from casework.access.throttle import too_often
from casework.accounts.models import User
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.actions.adding import add_person as add
from casework.people.duplicates import likely
from casework.people.forms.adding import AddForm, begin_with, new_of
from casework.people.numbers import tidy_number, warnings
from casework.people.reading import note_list, open_record


@allowed("people.write")
def add_person(request: HttpRequest) -> HttpResponse:
    """A new record. Without a search first, there is only the search."""
    user, today = request.user, clock.today()
    assert isinstance(user, User)
    typed, relation = request.GET.get("q", "").strip(), request.GET.get("relate_to", "")
    if not typed:
        return redirect("find_people")
    beside = open_record(request, relation, "adding a relative") if relation else None

    def make(*args: Any, **kwargs: Any) -> AddForm:
        return AddForm(*args, on=today, user=user, **kwargs)

    def save(form: AddForm) -> str:
        person = add(by=user, at=clock.now(), **form.person(), **form.beside())
        for kind in ("nhs", "upn"):
            if told := warnings(kind, tidy_number(form.cleaned_data[kind])):
                messages.warning(request, told)
        if beside:
            return reverse("relate_to", args=[beside.reference, person.reference])
        return reverse("person", args=[person.reference])

    return form_page(
        request, make, save, title="Add a person", button="Add this person", template="people/add.html",
        key=f"add_person:{typed}:{relation}", initial=begin_with(typed, today), done="The record is made",
        back=f"{reverse('find_people')}?q={typed}", beside=beside,
        introduction="Put what you know. Nothing has to be known but a name, or when an unborn child is expected.",
    )  # fmt: skip


@allowed("people.write")
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """The part of the page that lists those alike, for what is typed so far."""
    user, today = request.user, clock.today()
    assert isinstance(user, User)
    if too_often(user, "alike"):
        return HttpResponse(status=429)
    form = AddForm(request.POST, on=today, user=user)
    answers = {name: _cleaned(form, name) for name in ("forename", "surname", "born_on", "expected_on", "postcode")}
    found = likely(new_of({**answers, "nhs": _cleaned(form, "nhs"), "upn": _cleaned(form, "upn")}), user, today)
    note_list(request, "those alike, while adding a person", len(found))
    return render(request, "people/alike.html", {"alike": found, "form": form})


def _cleaned(form: AddForm, name: str) -> Any:
    """What a question's boxes hold; nothing while they are not yet an answer."""
    field = form[name]
    try:
        return field.field.clean(field.data)
    except ValidationError:  # Half a date is no mistake yet.
        return None
