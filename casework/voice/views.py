"""Writing a child's own words down, and what came of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.models import Person
from casework.people.reading import open_record
from casework.voice import actions, forms, queries
from casework.voice.queries import has_a_voice


@allowed("notes.write")
def write_down(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the child said."""
    person = open_record(request, reference, "write their words down")
    if not has_a_voice(person):
        raise Http404
    user, now = user_of(request), clock.now()

    def make(*args: Any, **kwargs: Any) -> forms.WriteDown:
        return forms.WriteDown(*args, person=person, today=clock.today(), **kwargs)

    def save(form: forms.WriteDown) -> str:
        actions.write_down(person, **form.cleaned_data, by=user, at=now)
        return _words(person)

    return form_page(
        request, make, save, title="In their own words", caption=person.full_name, back=_words(person),
        done="The words are on the record.",
    )  # fmt: skip


@allowed("notes.write")
def what_changed(request: HttpRequest, reference: str, said: str) -> HttpResponse:
    """Say what came of the child's words."""
    person = open_record(request, reference, "what changed")
    held = queries.said_of(person, said)
    if held is None:
        raise Http404
    user, now = user_of(request), clock.now()

    def make(*args: Any, **kwargs: Any) -> forms.WhatChanged:
        return forms.WhatChanged(*args, person=person, said_on=held.said_on, today=clock.today(), **kwargs)

    def save(form: forms.WhatChanged) -> str:
        actions.say_what_changed(held, **form.cleaned_data, version=held.version, by=user, at=now)
        return _words(person)

    return form_page(
        request, make, save, title="What changed because of it", caption=person.full_name, said=held,
        initial={"what_changed": held.what_changed, "child_told_on": held.child_told_on}, editing=held,
        template="voice/what_changed.html", back=_words(person), done="It is beside the child’s words.",
    )  # fmt: skip


def _words(person: Person) -> str:
    return reverse("their_words", args=[person.reference])
