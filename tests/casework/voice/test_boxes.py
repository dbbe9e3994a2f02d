"""The boxes that ask what a child says: the last words beside each, and why there are none where there are none."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.assessment.models import Assessment, FamilyPart
from casework.canonical import dataset_of
from casework.child_protection.models import ChildAtConference, Conference, Section47Enquiry
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.people.models import Person
from casework.story.queries import heard_from, last_words
from casework.visits.actions import Own, Shared, record_visit
from casework.voice import actions
from casework.voice.boxes import WhyNotAsked
from casework.voice.models import NotAsked
from casework.voice.why import Why
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user

pytestmark = pytest.mark.django_db
FRIDAY = FRIDAY_TEATIME.date()


@pytest.fixture(autouse=True)
def a_week_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + timedelta(days=7))


def said(child: Person, words: str, on: date = FRIDAY) -> None:
    user = a_user("social_worker")
    told = {"how": "talk", "about": "", "heard_by_other": "", "what_changed": ""}
    actions.write_down(child, said_on=on, words=words, **told, by=user, at=FRIDAY_TEATIME)


def stages_of(child: Person) -> dict[str, str]:
    """The address of each box for the child's words, by the name of its field."""
    assessment = Assessment.objects.create(person=child, family=FamilyPart.objects.create(), started_on=FRIDAY,
                                           kind="single")  # fmt: skip
    enquiry = Section47Enquiry.objects.create(person=child, started_on=FRIDAY)
    conference = Conference.objects.create(held_on=FRIDAY)
    part = ChildAtConference.objects.create(conference=conference, person=child, kind="initial")
    meeting = Meeting.objects.create(kind="core_group", held_on=FRIDAY)
    met = ChildAtMeeting.objects.create(meeting=meeting, person=child, written=True)
    return {
        "assessment": reverse("assessment_child", args=[assessment.pk]),
        "seen": reverse("assessment_seen", args=[assessment.pk]),
        "enquiry": reverse("enquiry_seen", args=[enquiry.pk]),
        "conference": reverse("conference_views", args=[part.pk]),
        "meeting": reverse("meeting_part", args=[met.pk]),
        "visit": reverse("record_visit", args=[child.reference]),
    }


SENT: dict[str, dict[str, str]] = {
    "assessment": {},
    "seen": {"seen_on_day": "4", "seen_on_month": "12", "seen_on_year": "2026", "alone": "yes"},
    "enquiry": {"seen_at_day": "4", "seen_at_month": "12", "seen_at_year": "2026", "seen_at_time": "9:00",
                "alone": "yes"},
    "conference": {},
    "meeting": {"what_changed": "Nothing yet."},
    "visit": {"visited_at_day": "4", "visited_at_month": "12", "visited_at_year": "2026", "visited_at_time": "9:00"},
}  # fmt: skip


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_each_box_has_the_last_words_beside_it_and_takes_a_reason_that_is_never_heard(sign_in: Any) -> None:
    writes, chairs, ann = sign_in("group_manager"), sign_in("conference_chair"), a_child("Ann")
    said(ann, "I like Gran.", date(2026, 11, 2)), said(ann, "I want my own bed.")
    for place, address in stages_of(ann).items():
        client = chairs if place == "conference" else writes
        shown = text(client, address)
        assert "Last time, 27 November 2026, talking" in shown, (place, shown[shown.find("Last time") :][:90])
        assert "I want my own bed." in shown and "I like Gran." not in shown, place
        own = f"_{ann.pk}" if place == "visit" else ""
        sent = {**SENT[place], f"seen{own}": "yes"} if place == "visit" else SENT[place]
        sent = {**sent, f"why_not_asked{own}_reason": "no_interpreter", f"why_not_asked{own}_more": "Booked too late"}
        assert client.post(address, sent).status_code == 302, place
        held = NotAsked.objects.get(place=place)
        assert (held.person, held.why) == (
            ann, "No interpreter, signer or other help to be understood: Booked too late",
        ), place  # fmt: skip
    words = text(writes, reverse("their_words", args=[ann.reference]))
    assert words.count("Booked too late") == 6 and len(heard_from(ann)) == 2
    read = dataset_of([ann.reference], FRIDAY + timedelta(days=7))
    assert read.collect(read.lazy("words"))[0].height == 2, "a reason is not counted as heard"


def test_once_there_are_words_the_reason_falls_away_and_before_that_a_manager_is_asked_quietly(sign_in: Any) -> None:
    client, ann = sign_in("group_manager"), a_child("Ann")
    address = stages_of(ann)["assessment"]
    client.post(address, {"why_not_asked_reason": "declined", "why_not_asked_more": ""})
    page = reverse("assessment", args=[Assessment.objects.get().pk])
    assert "Ann was not asked (Did not want to say). Is there another day" in text(client, page)
    assert "Not asked" in text(client, reverse("person", args=[ann.reference]))
    client.get(address)
    assert client.post(address, {"childs_words": "Leave me be.", "why_not_asked_reason": "declined"}).status_code == 302
    assert not NotAsked.objects.exists()
    assert "not asked" not in text(client, page)


def test_a_reason_is_one_of_those_offered_and_something_else_is_said_in_words() -> None:
    field = WhyNotAsked(person=a_child("Ann"))
    assert field.clean(["", ""]) is None
    assert field.clean(["", "At her nan’s"]) == Why("other", "At her nan’s"), "nobody has to look for the right code"
    assert field.clean(["young", ""]) == Why("young")
    for sent in (["other", " "], ["made_up", ""], ["young", "x" * 301]):
        with pytest.raises(Exception, match=r"few words|one of the reasons|300 characters"):
            field.clean(sent)


def test_the_last_words_of_brothers_and_sisters_are_one_question_and_their_own(
    django_assert_num_queries: Any,
) -> None:
    ann, bob, cat = a_child("Ann"), a_child("Bob"), a_child("Cat")
    said(ann, "Ann’s."), said(bob, "Bob’s.")
    record_visit(
        Shared(FRIDAY_TEATIME), [Own(bob, seen=True, words="Bob’s later.", how="talk")], by=a_user("social_worker"),
        at=FRIDAY_TEATIME + timedelta(days=1),
    )  # fmt: skip
    with django_assert_num_queries(1):
        found = last_words([ann.pk, bob.pk, cat.pk])
    assert [one.words for one in found[ann.pk]] == ["Ann’s."]
    assert {one.words for one in found[bob.pk]} == {"Bob’s.", "Bob’s later."}
    assert cat.pk not in found
