"""The boxes that ask what a child says: the last words beside each, and why there are none where there are none."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.assessment.models import Assessment, FamilyPart
from casework.canonical import dataset_of
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildAtConference, Conference, Section47Enquiry
from casework.court.models import PoliceProtection, Taking
from casework.early_help.models import FamilyAssessment
from casework.exploitation.models import RiskAssessment
from casework.front_door.models import Referral
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.missing.models import MissingEpisode, Report, ReturnInterview
from casework.people.models import Person
from casework.planning.actions.versions import begin_version, bring_into_force, throw_away, write_parts
from casework.planning.actions.writing import add_need
from casework.planning.models import PlanVersion
from casework.planning.plans import plan_of
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
    plan = ChildInNeedPlan.objects.create(person=child, started_on=FRIDAY)
    version = PlanVersion.objects.create(person=child, need_plan=plan, number=1, drawn_up_on=FRIDAY)
    report = Report.objects.create(reported_at=FRIDAY_TEATIME)
    episode = MissingEpisode.objects.create(
        person=child, report=report, started_on=FRIDAY, started_at=FRIDAY_TEATIME, ended_on=FRIDAY,
        ended_at=FRIDAY_TEATIME + timedelta(hours=3),
    )  # fmt: skip
    taken = PoliceProtection.objects.create(person=child, taking=Taking.objects.create(), started_on=FRIDAY)
    return {
        "assessment": reverse("assessment_child", args=[assessment.pk]),
        "seen": reverse("assessment_seen", args=[assessment.pk]),
        "enquiry": reverse("enquiry_seen", args=[enquiry.pk]),
        "conference": reverse("conference_views", args=[part.pk]),
        "meeting": reverse("meeting_part", args=[met.pk]),
        "visit": reverse("record_visit", args=[child.reference]),
        "plan": reverse("plan_part", args=[version.pk, "child"]),
        "plan_end": reverse("end_cin_plan", args=[plan.pk]),
        "return_interview": reverse("missing_talk", args=[episode.pk]),
        "police_protection": reverse("police_child_told", args=[taken.pk]),
        "closing": reverse("close_referral", args=[a_closable_referral(child).reference]),
        "exploitation": reverse("assess_exploitation", args=[child.reference]),
        "early_help": reverse("early_help_write", args=[a_family(child).pk]),
    }


def a_family(*children: Person) -> FamilyAssessment:
    family = FamilyAssessment.objects.create(started_on=FRIDAY, recorded_at=FRIDAY_TEATIME)
    for child in children:
        family.children.create(person=child, reference=f"early-help-{child.pk}")
    return family


def a_closable_referral(child: Person) -> Referral:
    return Referral.objects.create(person=child, received_on=FRIDAY, decided_on=FRIDAY)


def the_enquiry_is_over() -> None:
    """A case does not close over one that runs."""
    Section47Enquiry.objects.update(ended_on=FRIDAY)


def on_the_fourth(name: str) -> dict[str, str]:
    """4 December 2026 in the boxes of a day, and its hour."""
    return {f"{name}_day": "4", f"{name}_month": "12", f"{name}_year": "2026", f"{name}_time": "9:00"}


SENT: dict[str, dict[str, str]] = {
    "assessment": {},
    "seen": {**on_the_fourth("seen_on"), "alone": "yes"},
    "enquiry": {**on_the_fourth("seen_at"), "alone": "yes"},
    "conference": {},
    "meeting": {"what_changed": "Nothing yet."},
    "visit": on_the_fourth("visited_at"),
    "plan": {},
    "plan_end": {**on_the_fourth("ended_on"), "end_reason": "needs_met"},
    "return_interview": {**on_the_fourth("held_at"), "interviewer": "Tess Talker"},
    "police_protection": {"child_told": "yes"},
    "closing": {**on_the_fourth("closed_on"), "closure_reason": "RC7"},
    "exploitation": {
        **on_the_fourth("assessed_on"),
        "level": "emerging",
        "why": "Owes money.",
        "look_again_on_day": "18",
        "look_again_on_month": "12",
        "look_again_on_year": "2026",
    },
    "early_help": {},
}


OF_EACH = {"visit", "early_help"}
"""Where brothers and sisters are asked on one page."""


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_each_box_has_the_last_words_beside_it_and_takes_a_reason_that_is_never_heard(sign_in: Any) -> None:
    writes, chairs, ann = sign_in("group_manager"), sign_in("conference_chair"), a_child("Ann")
    said(ann, "I like Gran.", date(2026, 11, 2)), said(ann, "I want my own bed.")
    stages = stages_of(ann)
    for place, address in stages.items():
        client = chairs if place == "conference" else writes
        if place == "closing":
            the_enquiry_is_over()
        shown = text(client, address)
        beside = "27 November 2026: I want" if place == "plan" else "Last time, 27 November 2026, talking"
        assert beside in shown, (place, shown[shown.find("Last time") :][:90])
        assert "I want my own bed." in shown and ("I like Gran." in shown) is (place == "plan"), place
        own = f"_{ann.pk}" if place in OF_EACH else ""
        of_the_visit = {f"seen{own}": "yes", f"duties{own}": "assessment"}
        sent = SENT[place] | of_the_visit if place == "visit" else SENT[place]
        sent = {**sent, f"why_not_asked{own}_reason": "no_interpreter", f"why_not_asked{own}_more": "Booked too late"}
        assert client.post(address, sent).status_code == 302, place
        held = NotAsked.objects.get(place=place)
        assert (held.person, held.why) == (
            ann, "No interpreter, signer or other help to be understood: Booked too late",
        ), place  # fmt: skip
    words = text(writes, reverse("their_words", args=[ann.reference]))
    assert words.count("Booked too late") == len(stages) == len(NotAsked.Place) and len(heard_from(ann)) == 2
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
    own = Own(bob, seen=True, answer=actions.Answer("Bob’s later.", "talk"))
    record_visit(Shared(FRIDAY_TEATIME), [own], by=a_user("social_worker"), at=FRIDAY_TEATIME + timedelta(days=1))
    with django_assert_num_queries(1):
        found = last_words([ann.pk, bob.pk, cat.pk])
    assert [one.words for one in found[ann.pk]] == ["Ann’s."]
    assert {one.words for one in found[bob.pk]} == {"Bob’s.", "Bob’s later."}
    assert cat.pk not in found


def test_words_given_when_something_ends_are_kept_with_all_their_words_and_shown_where_they_were_given(
    sign_in: Any,
) -> None:
    client, ann = sign_in("group_manager"), a_child("Ann")
    stages = stages_of(ann)
    places = {"plan_end": "The end of a plan", "return_interview": "The talk after being missing",
              "police_protection": "Police protection", "closing": "The closing of the case",
              "early_help": "Early help", "exploitation": "When the risk of exploitation was judged"}  # fmt: skip
    for place in places:
        own = f"_{ann.pk}" if place in OF_EACH else ""
        sent = {f"words{own}": f"Mine: {place}.", f"how{own}": "talk", f"why_not_asked{own}_reason": "young"}
        sent |= SENT[place]
        if place == "closing":
            the_enquiry_is_over()
        shown = client.post(stages[place], sent, follow=True).content.decode()
        assert f"Mine: {place}." in shown
    assert not NotAsked.objects.exists(), "a reason goes where there are words"
    assert {one.words: one.written_in for one in heard_from(ann)} == {
        f"Mine: {place}.": called for place, called in places.items()
    }
    read = dataset_of([ann.reference], FRIDAY + timedelta(days=7))
    assert set(read.collect(read.lazy("words"))[0]["occasion"]) == set(places)
    again = text(client, stages["return_interview"])
    assert "What did Ann say" not in again, "words stay as they were given"
    client.post(stages["police_protection"], {"child_told": "yes", "words": "Where is Mum?"})
    kept = {one.words for one in heard_from(ann)}
    assert {"Where is Mum?", "Mine: police_protection."} <= kept, "asked again, what was said before stays"
    ReturnInterview.objects.update(said=None)
    assert "What did Ann say" in text(client, stages["return_interview"]), "and can be added where there are none"


def test_a_child_who_is_not_born_is_not_asked_when_the_case_closes(sign_in: Any) -> None:
    baby = a_child("", born_on=None, expected_on=date(2027, 2, 1))
    shown = text(sign_in("group_manager"), reverse("close_referral", args=[a_closable_referral(baby).reference]))
    assert "When does it close?" in shown and "not asked" not in shown and "tell it" not in shown


def test_what_a_child_thinks_of_a_plan_is_heard_once_however_many_versions_go_on_with_it() -> None:
    user, ann = a_user("group_manager"), a_child("Ann")
    by: Any = {"by": user, "at": FRIDAY_TEATIME}
    row = ChildInNeedPlan.objects.create(person=ann, started_on=FRIDAY)
    first = PlanVersion.objects.create(person=ann, need_plan=row, number=1, drawn_up_on=FRIDAY)
    add_need(first, what="Sleep", **by)
    write_parts(first, {"childs_view": "I want my own bed."}, **by)
    assert heard_from(ann) == [], "a draft is no plan yet"
    bring_into_force(first, in_force_from=FRIDAY, **by)
    second = begin_version(plan_of(first), like=first, **by)
    bring_into_force(second, in_force_from=FRIDAY, **by)
    assert [(one.words, one.written_in) for one in heard_from(ann)] == [("I want my own bed.", "A plan")]
    read = dataset_of([ann.reference], FRIDAY)
    assert read.collect(read.lazy("words"))[0]["occasion"].to_list() == ["plan"]
    third = begin_version(plan_of(second), **by)
    write_parts(third, {"childs_view": "", "why_not_asked": Why("young")}, **by)
    assert NotAsked.objects.get().place == "plan"
    throw_away(third, **by)
    assert not NotAsked.objects.exists(), "the reason goes with the draft"


def test_what_stood_in_columns_of_their_own_is_moved_to_the_child_where_it_is_known_whose_it_is() -> None:
    ann, bob, cat = a_child("Ann"), a_child("Bob"), a_child("Cat")
    one, two = a_family(ann), a_family(bob, cat)
    for family, words in ((one, "I am tired."), (two, "We are tired.")):
        plan = family.plans.create(agreed_on=FRIDAY)
        plan.reviews.create(held_on=FRIDAY, what_changed="x", childrens_views=f"Reviewed: {words}")
        family.childrens_views = words
        family.save()
    risk = RiskAssessment.objects.create(
        person=ann, assessed_on=FRIDAY, level="moderate", why="x", look_again_on=date(2026, 12, 11)
    )
    with connection.cursor() as cursor:
        cursor.execute(import_module("casework.early_help.migrations.0004_words_of_an_only_child").WORDS)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE exploitation_riskassessment DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE exploitation_riskassessment ADD child_view text DEFAULT 'They are my friends.'")
        cursor.execute(import_module("casework.exploitation.migrations.0003_how_a_child_sees_it").WORDS)
    assert {(heard.words, heard.written_in) for heard in heard_from(ann)} == {
        ("I am tired.", "Early help"), ("Reviewed: I am tired.", "Early help"),
        ("They are my friends.", "When the risk of exploitation was judged"),
    }  # fmt: skip
    risk.refresh_from_db()
    assert risk.said and risk.said.words == "They are my friends."
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.childrens_views, two.childrens_views) == ("", "We are tired."), "nobody knows whose those are"
    assert heard_from(bob) == heard_from(cat) == []
