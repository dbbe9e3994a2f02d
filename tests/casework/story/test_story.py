"""A child's words: written down, found wherever they were recorded, answered, and read back as the child's story."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.access.models import Restriction
from casework.assessment.models import Assessment, FamilyPart, Seen
from casework.notes.actions import Slice, Written, write_note
from casework.people.models import Person
from casework.story.queries import heard_from
from casework.story.story import story_of
from casework.voice import actions
from casework.voice.models import Said
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated
from tests.casework.making_contacts import a_contact, decided

pytestmark = pytest.mark.django_db
FRIDAY = FRIDAY_TEATIME.date()
ASKED = {
    "words": "I want my own bed.", "how": "talk", "said_on_day": "20", "said_on_month": "11", "said_on_year": "2026",
    "about": "Home", "heard_by_other": "", "what_changed": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def a_week_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + timedelta(days=7))


def page(client: Client, view: str, child: Person) -> str:
    answer = client.get(reverse(view, args=[child.reference]))
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def said(child: Person, words: str = "I want my own bed.", **more: Any) -> Said:
    usual = {"how": "talk", "about": "", "heard_by_other": "", "what_changed": ""}
    told = {"said_on": FRIDAY, "by": a_user("social_worker"), "at": FRIDAY_TEATIME}
    return actions.write_down(child, words=words, **{**usual, **told, **more})


def test_words_are_written_down_answered_and_shown(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child = a_child("Ann")
    assert "Nobody has written down what Ann said" in page(client, "person", child)
    add = reverse("write_words_down", args=[child.reference])
    assert client.post(add, {**ASKED, "words": " "}).status_code == 422
    assert client.post(add, ASKED).status_code == 302
    held = Said.objects.get()
    assert held.heard_by == client.user.worker and held.changed_recorded_at is None
    shown = page(client, "person", child)
    assert "I want my own bed." in shown and "Last heard 14 days ago" in shown
    assert "1 has nothing yet about what changed because of it" in page(client, "their_words", child)
    answer = reverse("what_changed", args=[child.reference, held.reference])
    when = {"child_told_on_day": "19", "child_told_on_month": "11", "child_told_on_year": "2026"}
    client.get(answer)
    assert client.post(answer, {"what_changed": "She has a bed.", **when}).status_code == 422, "told before it was said"
    assert client.post(answer, {"what_changed": "She has a bed.", **when, "child_told_on_day": "28"}).status_code == 302
    shown = page(client, "their_words", child)
    assert "What changed: She has a bed. Ann was told on 28 November 2026." in shown
    assert "nothing yet" not in shown


def test_who_heard_it_is_whoever_wrote_it_down_unless_somebody_else_is_named() -> None:
    child = a_child("Ann")
    said(child, "One.", said_on=date(2026, 11, 2)), said(child, "Two.", heard_by_other="Advi Advocate, advocate")
    two, one = heard_from(child)
    assert two.by == "Advi Advocate, advocate"
    assert one.by.startswith("Wilma Worker")


def test_words_are_found_wherever_they_were_recorded_and_never_another_childs() -> None:
    user = a_user("social_worker")
    ann, bob = a_child("Ann"), a_child("Bob")
    slices = [Slice(ann, "Ann was quiet.", "I like Gran."), Slice(bob, "Bob ran.", "I like dogs.")]
    write_note(Written("direct_work", FRIDAY_TEATIME, "Both at school.", slices), by=user, at=FRIDAY_TEATIME)
    assessment = Assessment.objects.create(
        person=ann, family=FamilyPart.objects.create(), started_on=date(2026, 11, 3), kind="single",
        childs_words="I am scared at night.", how_heard="She drew it.",
    )  # fmt: skip
    Seen.objects.create(assessment=assessment, seen_on=date(2026, 11, 10), alone=True, what_was_said="Nothing today.")
    said(ann, "Please ask me.", said_on=date(2026, 11, 25))
    words = [(one.on, one.words) for one in heard_from(ann)]
    assert words == [
        (FRIDAY, "I like Gran."),
        (date(2026, 11, 25), "Please ask me."),
        (date(2026, 11, 10), "Nothing today."),
        (date(2026, 11, 3), "I am scared at night."),
    ]


def test_a_note_in_error_is_no_voice() -> None:
    user, child = a_user("social_worker"), a_child()
    note = write_note(
        Written("direct_work", FRIDAY_TEATIME, "x", [Slice(child, "", "Mine.")]), by=user, at=FRIDAY_TEATIME
    )
    note.parts.update(in_error_at=FRIDAY_TEATIME, in_error_reason="x", in_error_asked_by="y")
    assert heard_from(child) == []


def test_the_story_is_told_to_the_child_in_plain_sentences_with_their_words(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child = a_child("Ann", known_as="Annie")
    allocated(child, client.user.worker)
    decided(a_contact(child))
    said(child, what_changed="She has a bed.")
    told = [one for _, found in story_of(child, FRIDAY) for one in found]
    assert any(one.sentence.startswith("Someone got in touch about Annie.") for one in told)
    assert not any("the child" in one.sentence.lower() for one in told)
    shown = page(client, "their_story", child)
    assert "Annie’s story" in shown and "I want my own bed." in shown and "What changed: She has a bed." in shown


def test_unborn_children_and_adults_are_not_asked_for_words(sign_in: Any) -> None:
    client = sign_in("group_manager")
    for who in (a_child("Mona", is_child=False), a_child("", born_on=None, expected_on=date(2027, 2, 1))):
        assert client.get(reverse("write_words_down", args=[who.reference])).status_code == 404
        assert "In their own words" not in page(client, "person", who)


def test_words_of_a_restricted_child_are_read_by_nobody_else(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child = a_child()
    held = said(child)
    Restriction.objects.create(person=child, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    for view, args in (("their_words", []), ("their_story", []), ("what_changed", [held.reference])):
        assert client.get(reverse(view, args=[child.reference, *args])).status_code == 404
