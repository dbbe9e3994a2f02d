"""Pages of all a child's own words, of what came of them, and of the record as the child will read it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.frame import record_page
from casework.people.reading import open_record
from casework.story import queries, story
from casework.voice.actions import say_what_came
from casework.voice.forms import WhatChanged
from casework.voice.queries import has_a_voice


@allowed("people.read")
def their_words(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything the child is recorded as having said, and what came of it."""
    person = open_record(request, reference, "their words")
    heard = queries.heard_from(person)
    shown: dict[str, Any] = {
        "heard": heard,
        "unanswered": sum(1 for one in heard if not one.what_changed),
        "not_asked": queries.not_asked_of(person),
        "before": queries.heard_before(person),
        "may_write": may(request.user, "notes.write") and has_a_voice(person),
    }
    return record_page(request, person, "story/words.html", here="voice", **shown)


@allowed("notes.write")
def what_came(request: HttpRequest, reference: str, place: str, row: int) -> HttpResponse:
    """Say what came of words that stand elsewhere in the record."""
    person = open_record(request, reference, "what changed")
    held = queries.came_of(person, place, row)
    heard = queries.heard_at(person, place, row, held)
    if heard is None:
        raise Http404
    user, now = user_of(request), clock.now()
    words = reverse("their_words", args=[person.reference])

    def make(*args: Any, **kwargs: Any) -> WhatChanged:
        return WhatChanged(*args, person=person, said_on=heard.on, today=clock.today(), **kwargs)

    def save(form: WhatChanged) -> str:
        version = held.version if held else None
        say_what_came(person, place, row, **form.cleaned_data, version=version, by=user, at=now)
        return words

    return form_page(
        request, make, save, title="What changed because of it", caption=person.full_name, heard=heard,
        initial={"what_changed": heard.what_changed, "child_told_on": heard.child_told_on}, editing=held,
        template="voice/what_changed.html", back=words, done="It is beside the child’s words.",
    )  # fmt: skip


@allowed("people.read")
def their_story(request: HttpRequest, reference: str) -> HttpResponse:
    """The record as the child will one day read it: without what stands above the other pages of a record, so that it
    can be read with the child and printed for them."""
    person = open_record(request, reference, "their story")
    return render(request, "story/story.html", {"person": person, "years": story.story_of(person, clock.today())})
