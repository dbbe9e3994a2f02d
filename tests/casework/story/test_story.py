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
from casework.canonical import dataset_of
from casework.child_protection.models import ChildAtConference, Conference, Section47Enquiry
from casework.chronology.lines import Line
from casework.common.refused import Refused
from casework.front_door.models import Referral
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.notes.actions import Slice, Written, write_note
from casework.people.models import Person
from casework.story.queries import heard_from
from casework.story.story import LATER, SAID_BY, sentences, story_of
from casework.visits.actions import Own, Shared, record_visit
from casework.voice import actions
from casework.voice.models import HeardBefore, Said
from goldenthread.journey.chronology import SAID_ANOTHER_WAY
from goldenthread.journey.sources import PROVIDED
from goldenthread.statute.kinds import KINDS
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
    assert "Nobody has written down what Ann said. Write it down" in page(client, "person", child), "no case is open"
    for received, closed in ((date(2025, 1, 6), date(2025, 2, 3)), (date(2026, 11, 2), None)):
        Referral.objects.create(person=child, received_on=received, closed_on=closed)
    assert "said. The case has been open for 32 days, since 2 November 2026." in page(client, "person", child)
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
    assert heard_from(ann)[-1].how == "She drew it"  # a full stop follows it on the page


def with_words_everywhere() -> Person:
    """Ann, who said something on each of five days, in five places."""
    user, ann = a_user("social_worker"), a_child("Ann")
    note = Written("direct_work", FRIDAY_TEATIME, "At school.", [Slice(ann, "Quiet.", "I like Gran.")])
    write_note(note, by=user, at=FRIDAY_TEATIME)
    enquiry = Section47Enquiry.objects.create(person=ann, started_on=date(2026, 11, 2))
    enquiry.times_seen.create(seen_at=FRIDAY_TEATIME - timedelta(days=20), what_was_said="It hurt.", how_heard="Drawn.")
    conference = Conference.objects.create(held_on=date(2026, 11, 16))
    ChildAtConference.objects.create(conference=conference, person=ann, kind="initial", childs_views="Let me stay.")
    meeting = Meeting.objects.create(kind="core_group", held_on=date(2026, 11, 20))
    ChildAtMeeting.objects.create(meeting=meeting, person=ann, written=True, childs_words="It is quieter.")
    own = Own(ann, seen=True, answer=actions.Answer("I want my bed.", "talk"))
    record_visit(Shared(FRIDAY_TEATIME - timedelta(days=2)), [own], by=user, at=FRIDAY_TEATIME)
    return ann


def counted(child: Person) -> list[dict[str, Any]]:
    read = dataset_of([child.reference], FRIDAY)
    return read.collect(read.lazy("words"))[0].sort("said_on", descending=True).to_dicts()


def test_words_of_every_stage_stand_once_with_where_they_were_said_and_are_counted_once() -> None:
    ann = with_words_everywhere()
    heard, rows = heard_from(ann), counted(ann)
    assert [(one.on.day, one.words, one.written_in) for one in heard] == [
        (27, "I like Gran.", "A case note"),
        (25, "I want my bed.", "A visit"),
        (20, "It is quieter.", "A core group or child in need review"),
        (16, "Let me stay.", "A child protection conference"),
        (7, "It hurt.", "A section 47 enquiry, when they were seen"),
    ]
    assert [(row["said_on"].day, row["occasion"]) for row in rows] == [
        (27, "case_note"), (25, "visit"), (20, "meeting"), (16, "conference"), (7, "section_47"),
    ]  # fmt: skip
    assert [row["answered_on"] for row in rows] == [None] * 5


def test_what_came_of_words_said_at_a_meeting_is_said_beside_them_and_counted(sign_in: Any) -> None:
    client, ann = sign_in("group_manager"), with_words_everywhere()
    shown = page(client, "their_words", ann)
    assert "5 have nothing yet" in shown
    answer = heard_from(ann)[2].answer
    client.get(answer)
    assert client.post(answer, {"what_changed": "The lodger left."}).status_code == 302
    assert "What changed: The lodger left." in page(client, "their_words", ann)
    assert "The lodger left." in page(client, "their_story", ann)
    (row,) = [row for row in counted(ann) if row["answered_on"]]
    assert (row["occasion"], row["answered_on"]) == ("meeting", date(2026, 12, 4))
    gone = reverse("what_came_of_words", args=[ann.reference, "meeting", 999])
    assert client.get(gone).status_code == 404
    with pytest.raises(Refused, match="just said what came"):
        say_it = {"what_changed": "x", "child_told_on": None, "version": None, "by": client.user, "at": FRIDAY_TEATIME}
        actions.say_what_came(ann, *answer.split("/")[-2:], **say_it)


def test_what_a_former_record_held_is_told_apart_and_no_empty_words_are_shown(sign_in: Any) -> None:
    client, ann = sign_in("group_manager"), a_child("Ann")
    HeardBefore.objects.create(person=ann, said_on=date(2020, 5, 4), occasion="visit", how="play")
    assert "Before it, their words were last written down on 4 May 2020" in page(client, "person", ann)
    assert "has their words too, from 1 day, the last 4 May 2020" in page(client, "their_words", ann)
    assert heard_from(ann) == []
    assert [(row["occasion"], row["how"]) for row in counted(ann)] == [("visit", "play")]


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
    assert any(one.sentence.startswith("Someone who was worried about you") for one in told)
    assert any(f"Their name is {client.user.worker}." in one.sentence for one in told)
    shown = page(client, "their_story", child)
    assert "Annie’s story" in shown and "I want my own bed." in shown and "What changed: She has a bed." in shown


def test_a_day_is_told_in_order_and_a_worker_is_introduced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    child = a_child("Ann")

    def line(on: date, who: str, *kinds: str) -> Line:
        return Line(child.pk, on, "t", "1", "x", "s", kinds=kinds, who=who, key=True)

    monkeypatch.setattr("casework.story.story.lines_of", lambda *_: [
        line(date(2024, 1, 5), "Ada Able", "referral.decided", "referral.accepted", "referral.received"),
        line(date(2024, 1, 5), "Ada Able", "contact.received"),
        line(date(2024, 1, 8), "Ada Able", "child.seen"), line(date(2024, 1, 8), "Ada Able", "case.allocated"),
        line(date(2024, 2, 1), "Ada Able", "section_47_enquiry.started"),
        line(date(2024, 3, 1), "Ada Able", "case.allocated"),
        line(date(2024, 4, 1), "", "referral.closed", "case.transferred_out"),
    ])  # fmt: skip
    assert [one.sentence for _, found in story_of(child, FRIDAY) for one in found] == [
        "Someone who was worried about you, or wanted help for you, got in touch with us. We said yes, and planned to "
        "find out more.",
        "You got a worker, whose job was to get to know you. Their name is Ada Able. Ada Able came to see you.",
        "Ada Able began to check whether you were safe.",
        "Ada Able was your worker from then on.",
        "People in another place took over helping you, because you had moved.",
    ]


def told_of(monkeypatch: pytest.MonkeyPatch, child: Person, *days: tuple[date, str]) -> list[str]:
    """What the story tells of days on which those kinds of event happened."""
    lines = [Line(child.pk, on, "t", "1", "x", "s", kinds=tuple(kinds.split()), key=True) for on, kinds in days]
    monkeypatch.setattr("casework.story.story.lines_of", lambda *_: lines)
    return [one.sentence for _, found in story_of(child, FRIDAY) for one in found]


def test_a_child_in_care_is_told_what_happened_to_them_and_not_how_the_law_for_it_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = told_of(
        monkeypatch, a_child("Ann"),
        (date(2016, 1, 1), "placement.started accommodation.started legal_status.started care_period.started"),
        (date(2016, 2, 1), "accommodation.ended interim_care_order.made"),
        (date(2016, 3, 1), "placement.started placement.ended"),
        (date(2016, 9, 1), "placement_order.made care_order.ended"),
        (date(2017, 1, 1), "adoption_placement.started placement.started placement.ended"),
        (date(2017, 9, 1), "care_period.ended adoption_order.made placement.ended authority_to_place.ended"),
        (date(2020, 1, 1), "care_period.started placement.started"),
        (date(2021, 1, 1), "care_period.ended care_leaver.became_relevant care_leaver.support_ended"),
    )  # fmt: skip
    assert told == [
        "We began to look after you. You moved in with the people who would care for you.",
        "The judge said that we should share in looking after you until everything was decided.",
        "Where you lived, or who cared for you, changed.",
        "A judge said that we could look for a new family for you.",
        "You moved in with your new family.",
        "A judge made you part of your new family, for always.",
        "We began to look after you. You moved in with the people who would care for you.",
        "Our time of looking after you came to an end. You left care, and we went on helping you.",
    ]


def test_a_new_worker_is_told_as_new_and_words_that_were_written_again_once(monkeypatch: pytest.MonkeyPatch) -> None:
    child = a_child("Ann")
    said(child, "I want my own bed.", said_on=date(2026, 11, 2)), said(child, "I want my own bed. ")
    told = told_of(monkeypatch, child, (date(2015, 1, 1), "case.allocated"), (date(2016, 1, 1), "case.allocated"))
    assert told[:2] == ["You got a worker, whose job was to get to know you.", "You got a new worker."]
    (words,) = [one for _, found in story_of(child, FRIDAY) for one in found if one.words]
    assert words.on == date(2026, 11, 2)
    assert [one.unborn for _, found in story_of(child, FRIDAY) for one in found] == [True, False, False]


def test_on_the_last_day_the_plan_is_looked_at_and_ends_before_the_work_does(monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_of(
        monkeypatch, a_child("Ann"),
        (date(2025, 1, 7), "child_protection_plan.ended child_in_need_plan.started review_conference.held"),
        (date(2025, 3, 4), "early_help_assessment.started referral.closed child_in_need_plan.ended "
                           "child_in_need_review.held assessment.authorised"),
        (date(2025, 9, 2), "early_help.ended early_help_plan.reviewed"),
    )  # fmt: skip
    assert [one.split(". ") for one in told] == [
        ["The people at the big meeting met again, to see whether you were safer", "The plan to keep you safe ended",
         "A plan of help for you and your family began."],
        ["The social worker finished finding out, and wrote it down",
         "Your family and the people helping looked at how the plan was going",
         "The plan of help for you and your family ended", "We and your family stopped working together",
         "A worker began to ask your family what would help."],
        ["Everybody looked at how the plan was going", "The early help for your family ended."],
    ]  # fmt: skip


def test_every_kind_that_the_order_of_a_day_names_has_a_sentence_of_its_own() -> None:
    named = {*SAID_BY, *(one for others in SAID_BY.values() for one in others), *LATER}
    assert [kind for kind in named if not sentences()[kind]] == []


def test_there_is_a_sentence_for_the_child_of_every_kind_that_can_stand_in_a_chronology() -> None:
    about_child = {kind for kind in PROVIDED if KINDS[kind].about == "child"} - SAID_ANOTHER_WAY
    assert (about_child - set(sentences()), set(sentences()) - set(KINDS)) == (set(), set())
    law = re.compile(r"\b(section|statut|referral|significant|the child|proceedings|accommodat|conference)", re.I)
    assert [said for said in sentences().values() if law.search(said)] == []


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
