"""Which of all that can be written in a record reaches the child's story, and why nothing else may."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.casework.making import FRIDAY_TEATIME, a_child
from tests.casework.story.every_column import Writer, kept_models

pytestmark = pytest.mark.django_db

TOLD = {
    "accounts.Worker.name": "a worker tells a child their name",
    "assessment.Assessment.childs_words": "the child's own words",
    "assessment.Seen.what_was_said": "the child's own words",
    "child_protection.ChildAtConference.childs_views": "the child's own words",
    "child_protection.TimeSeen.what_was_said": "the child's own words",
    "meetings.ChildAtMeeting.childs_words": "the child's own words",
    "notes.Part.own_words": "the child's own words",
    "people.Person.forename": "the child's own name",
    "people.Person.known_as": "the child's own name",
    "planning.PlanVersion.childs_view": "the child's own words",
    "voice.CameOf.what_changed": "what came of their words, which the page that asks for it says the child will read",
    "voice.Said.what_changed": "the same",
    "voice.Said.words": "the child's own words",
}
"""Every column of free text that the story may show, and why. Not among them: a worker's judgement (a note's "why
significant", a remark on the chronology), warnings, what a referrer or another agency said, anything about others."""


def test_of_all_that_can_be_written_only_this_reaches_the_story(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + timedelta(days=7))
    client = sign_in("director")
    child = a_child("Ann")
    writer = Writer(child, client.user)
    writer.write_all(kept_models())
    answer = client.get(reverse("their_story", args=[child.reference]))
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert sorted(label for mark, label in writer.marked.items() if mark in shown) == sorted(TOLD)
