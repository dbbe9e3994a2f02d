"""Pages of a child's own words, and of the record as the child will read it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record
from casework.voice import actions, forms, queries, story
from casework.voice.on_the_record import has_a_voice


@allowed("people.read")
def their_words(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything the child is recorded as having said, and what came of it."""
    person = open_record(request, reference, "their words")
    heard = queries.heard_from(person)
    unanswered = sum(1 for one in heard if one.said and not one.said.what_changed)
    shown: dict[str, Any] = {
        "heard": heard,
        "unanswered": unanswered,
        "may_write": may(request.user, "notes.write") and has_a_voice(person),
    }
    return record_page(request, person, "voice/words.html", here="voice", **shown)


@allowed("people.read")
def their_story(request: HttpRequest, reference: str) -> HttpResponse:
    """The record as the child will one day read it."""
    person = open_record(request, reference, "their story")
    years = story.story_of(person, clock.today())
    return record_page(request, person, "voice/story.html", here="voice", years=years)


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
