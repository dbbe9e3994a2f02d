"""Pages of all a child's own words, and of the record as the child will read it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from casework.access.rules import allowed, may
from casework.common import clock
from casework.people.frame import record_page
from casework.people.reading import open_record
from casework.story import queries, story
from casework.voice.queries import has_a_voice


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
    return record_page(request, person, "story/words.html", here="voice", **shown)


@allowed("people.read")
def their_story(request: HttpRequest, reference: str) -> HttpResponse:
    """The record as the child will one day read it."""
    person = open_record(request, reference, "their story")
    years = story.story_of(person, clock.today())
    return record_page(request, person, "story/story.html", here="voice", years=years)
