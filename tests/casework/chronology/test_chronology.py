"""A chronology: what happened, in order, from everything recorded; what it meant; beside brothers and sisters."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access.models import Restriction
from casework.accounts.models import User
from casework.assessment.models import Assessment, FamilyPart, Seen
from casework.child_protection.models import (
    ChildAtConference,
    ChildProtectionPlan,
    Conference,
    PlanCategory,
    Section47Enquiry,
)
from casework.chronology import actions, queries
from casework.chronology.lines import lines_of
from casework.chronology.models import Entry, Remark
from casework.chronology.queries import Sought, chronology_of
from casework.chronology.wording import ROUTINE, STAGES, facts, title
from casework.common.templatetags.golden_thread import ago
from casework.exploitation.models import Meeting as ExploitationMeeting
from casework.exploitation.models import RiskAssessment
from casework.history.models import Entry as Written
from casework.notes.actions import Slice, write_note
from casework.notes.actions import Written as Note
from casework.people.models import Person, WarningNote
from casework.visits.models import ChildVisited, Visit
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.sources import SOURCES
from goldenthread.statute.kinds import KINDS
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated, an_adult, related
from tests.casework.making_contacts import a_contact, a_referral, decided

pytestmark = pytest.mark.django_db
FRIDAY = FRIDAY_TEATIME.date()


@pytest.fixture(autouse=True)
def a_week_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + timedelta(days=7))


def two_children(user: User) -> tuple[Person, Person]:
    mother, ann, bob = an_adult("Mona"), a_child("Ann"), a_child("Bob", born_on=date(2017, 5, 1))
    for child in (ann, bob):
        related(child, mother)
        allocated(child, user.worker, started_on=date(2026, 11, 2))
    return ann, bob


def noted(child: Person, user: User, text: str, *, why: str = "", day: int = 10) -> None:
    at = timezone.make_aware(datetime(2026, 11, day, 10))
    write_note(Note("phone_call", at, text, [Slice(child, "")], why), by=user, at=FRIDAY_TEATIME)


def what(child: Person, **sought: Any) -> list[tuple[date, str]]:
    found = chronology_of([child], Sought(**sought), FRIDAY + timedelta(days=7))
    return [(line.on, line.what) for line in found.lines]


def page(client: Client, child: Person, query: str = "", view: str = "chronology") -> str:
    answer = client.get(reverse(view, args=[child.reference]) + query)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_what_was_recorded_is_told_in_order_and_routine_is_left_out_until_asked_for() -> None:
    user = a_user("social_worker")
    child, _ = two_children(user)
    decided(a_contact(child))
    WarningNote.objects.create(person=child, what="A dog bites", started_on=date(2026, 11, 12), review_on=FRIDAY)
    noted(child, user, "The school rang.")
    noted(child, user, "Father came home.", why="He was not to come before the review.", day=20)
    key = what(child)
    assert key[0] == (date(2015, 5, 1), "Child born")
    assert (date(2026, 11, 12), "Warning note") in key
    assert (FRIDAY, "Contact received; contact decided") in key
    assert [day for day, said in key if said == "Phone call"] == [date(2026, 11, 20)]
    assert key == sorted(key, key=lambda line: line[0])
    assert set(key) < set(what(child, everything=True))
    assert (date(2020, 5, 1), "Child turned 5") not in key
    assert (date(2020, 5, 1), "Child turned 5") in what(child, everything=True)


def test_it_is_searched_by_words_stage_and_days() -> None:
    user = a_user("social_worker")
    child, _ = two_children(user)
    decided(a_contact(child))
    noted(child, user, "The SCHOOL rang about lunch.", why="Third time this month.", day=3)
    assert what(child, words="school LUNCH") == [(date(2026, 11, 3), "Phone call")]
    assert what(child, words="third time") == [(date(2026, 11, 3), "Phone call")]
    assert what(child, words="nothing like it") == []
    assert {day for day, _ in what(child, stages=("front_door",))} == {FRIDAY}
    assert what(child, since=date(2026, 11, 3), until=date(2026, 11, 3)) == [(date(2026, 11, 3), "Phone call")]


def test_a_line_says_where_it_comes_from_and_leads_there(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    contact = a_contact(child)
    decided(contact)
    body = client.get(reverse("chronology", args=[child.reference])).content.decode()
    assert reverse("contact", args=[contact.reference]) in body
    assert reverse("referral", args=[child.referrals.get().reference]) in body


def test_why_a_line_matters_is_said_changed_and_taken_back(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    decided(a_contact(child))
    line = next(one for one in chronology_of([child], Sought(), FRIDAY).lines if one.table == "referrals")
    address = reverse("say_significance", args=[child.reference, line.table, line.row, f"{line.on}"])
    for said in ("The third referral in a year.", "The fourth referral in a year.", ""):
        client.get(address)
        assert client.post(address, {"text": said}).status_code == 302
        shown = page(client, child)
        assert (f"Why it matters: {said}" in shown) if said else ("Why it matters" not in shown)
    assert not Remark.objects.exists()
    assert apps.get_model("chronology", "RemarkEvent").objects.count() >= 3, "the history keeps what was said"


def test_a_remark_makes_a_routine_line_a_key_event() -> None:
    user = a_user("social_worker")
    child, _ = two_children(user)
    fifth = next(
        one for one in chronology_of([child], Sought(everything=True), FRIDAY).lines if one.what == "Child turned 5"
    )
    actions.say_why(child, fifth, "Started school late.", version=None, by=user, at=FRIDAY_TEATIME)
    assert (date(2020, 5, 1), "Child turned 5") in what(child)


def test_what_happened_elsewhere_is_added_and_withdrawn_with_a_reason(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    add = reverse("add_to_chronology", args=[child.reference])
    given = {
        "happened_on_day": "3", "happened_on_month": "4", "happened_on_year": "2019", "day_not_certain": "on",
        "what": "Moved from Exampleton.", "known_from": "Exampleton's letter of 9 May 2019",
    }  # fmt: skip
    assert client.post(add, {**given, "known_from": ""}).status_code == 422
    assert client.post(add, given).status_code == 302
    shown = page(client, child)
    assert "about 3 April 2019" in shown and "Moved from Exampleton." in shown and "letter of 9 May 2019" in shown
    entry = Entry.objects.get()
    out = reverse("withdraw_entry", args=[child.reference, entry.reference])
    assert client.post(out, {"reason": ""}).status_code == 422
    assert client.post(out, {"reason": "It was another child."}).status_code == 302
    assert "Moved from Exampleton." not in page(client, child)
    entry.refresh_from_db()
    assert entry.withdrawn_reason == "It was another child."
    assert client.get(out).status_code == 404


def test_brothers_and_sisters_stand_side_by_side_and_looking_at_them_is_written_down(sign_in: Any) -> None:
    client = sign_in("group_manager")
    ann, bob = two_children(client.user)
    noted(bob, client.user, "Bob hid.", why="He hides when his father comes.", day=5)
    before = Written.objects.filter(person=bob.pk, kind=Written.Kind.READ).count()
    shown = page(client, ann, f"?beside={bob.reference}")
    assert "Bob Example" in shown and "He hides when his father comes." in shown
    assert Written.objects.filter(person=bob.pk, kind=Written.Kind.READ).count() == before + 1
    assert "He hides" not in page(client, ann)
    printed = page(client, ann, f"?beside={bob.reference}", "print_chronology")
    assert "Chronology of Ann Example and Bob Example" in printed and "He hides" in printed
    begin = reverse("begin_letter", args=[ann.reference])
    form = client.get(f"{begin}?kind=chronology").context["form"]
    assert form.initial == {"letter": "chronology:"}


def test_a_restricted_sister_is_not_offered_nor_shown(sign_in: Any) -> None:
    client = sign_in("group_manager")
    ann, bob = two_children(client.user)
    Restriction.objects.create(person=bob, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    for query in ("", f"?beside={bob.reference}"):
        assert "Bob Example" not in page(client, ann, query)


def test_a_childs_chronology_holds_nothing_of_another_childs_part_of_a_note() -> None:
    user = a_user("social_worker")
    ann, bob = two_children(user)
    written = Note("other", FRIDAY_TEATIME, "Both were in.", [Slice(ann, "Ann drew."), Slice(bob, "Bob wept.")], "x")
    write_note(written, by=user, at=FRIDAY_TEATIME)
    (line,) = (one for one in chronology_of([ann], Sought(), FRIDAY).lines if one.table == "notes")
    assert "Ann drew." in line.detail and "Bob" not in line.detail


def test_the_longest_silence_is_one_while_the_case_was_open() -> None:
    user, today = a_user("social_worker"), FRIDAY
    child = a_child(born_on=date(2015, 10, 1))
    assert chronology_of([child], Sought(), today).silence is None
    began = timezone.make_aware(datetime(2026, 10, 3, 9))
    referral = a_referral(child, at=began)
    noted(child, user, "x", day=15)
    silence = chronology_of([child], Sought(), today).silence
    assert silence is not None
    assert (silence.begins, silence.ends, silence.days) == (date(2026, 10, 3), date(2026, 11, 15), 43)
    referral.closed_on = date(2026, 10, 20)
    referral.save()
    silence = chronology_of([child], Sought(), today).silence
    assert silence is not None
    assert (silence.begins, silence.ends) == (date(2026, 10, 3), date(2026, 10, 20))


def test_every_stage_and_every_routine_kind_is_one_that_exists() -> None:
    # A table without an event has no line: what children said is counted from theirs, and read elsewhere.
    assert {TABLES[source.table].stage for source in SOURCES} < set(STAGES)
    assert set(KINDS) >= ROUTINE


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["referral.received", "referral.accepted"], "Referral received; referral accepted"),
        (["section_47_enquiry.started"], "Section 47 enquiry started"),
        (["sdq.completed"], "SDQ completed"),
    ],
)
def test_what_happened_is_said_in_the_fields_words(kinds: list[str], said: str) -> None:
    assert title(kinds) == said


def test_a_fact_is_told_on_the_day_that_it_became_known() -> None:
    begun, ended = date(2026, 1, 5), date(2026, 3, 1)
    row = {"placement_type": "U1", "emergency": True, "change_reason": "PLANS", "started_on": begun, "ended_on": ended}
    assert "Emergency" in facts("placements", row, begun, first=True)
    assert "Change reason" not in facts("placements", row, begun, first=True)
    assert facts("placements", row, ended, first=False).startswith("Change reason")


def test_what_a_discussion_decided_is_told_on_the_day_it_was_held_and_not_when_harm_was_suspected() -> None:
    suspected, held = date(2026, 11, 27), date(2026, 11, 30)
    row = {"needed_on": suspected, "held_on": held, "police_took_part": True, "outcome": "section_47"}
    assert facts("strategy_discussions", row, suspected, first=True) == ""
    assert facts("strategy_discussions", row, held, first=False).startswith("Police took part. Outcome:")


def test_of_one_day_the_conference_goes_before_its_plan_and_a_change_of_category_has_its_own_day() -> None:
    child, began, reviewed = a_child("Ann"), date(2026, 11, 2), date(2026, 11, 20)
    plan = ChildProtectionPlan.objects.create(
        person=child, started_on=began, initial_category="PHY", latest_category="EMO"
    )
    for kind, outcome, on in (("initial", "plan_made", began), ("review", "plan_continued", reviewed)):
        conference = Conference.objects.create(held_on=on, quorate=True)
        ChildAtConference.objects.create(conference=conference, person=child, kind=kind, outcome=outcome, plan=plan)
    for category, on in (("PHY", began), ("EMO", reviewed)):
        PlanCategory.objects.create(plan=plan, category=category, started_on=on)
    lines = [one for one in chronology_of([child], Sought(), FRIDAY).lines if one.stage == "child_protection"]
    assert [(one.on, one.what) for one in lines] == [
        (began, "Initial conference held"), (began, "Child protection plan started"),
        (reviewed, "Review conference held"),
        (reviewed, "Category of the plan changed from physical abuse to emotional abuse"),
    ]  # fmt: skip
    assert lines[1].detail == "Initial category: physical abuse"
    assert lines[3].source == "Child protection plans"


def test_a_line_that_is_not_there_is_not_found(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    for table, row, on in (("referrals", "none", "2026-11-27"), ("referrals", "none", "yesterday")):
        assert client.get(reverse("say_significance", args=[child.reference, table, row, on])).status_code == 404
    assert queries.line_of(child, "people", child.reference, date(2015, 5, 1), FRIDAY) is not None


def test_the_overview_says_where_things_stand(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    referral = a_referral(child)
    began = Assessment.objects.create(
        person=child, referral=referral, family=FamilyPart.objects.create(), started_on=date(2026, 11, 3), kind="single"
    )
    Seen.objects.create(assessment=began, seen_on=date(2026, 11, 20), alone=True)
    Seen.objects.create(assessment=began, seen_on=date(2026, 11, 12), alone=False)
    ChildProtectionPlan.objects.create(person=child, started_on=date(2026, 11, 4), latest_category="NEG")
    enquiry = Section47Enquiry.objects.create(person=child, started_on=date(2026, 11, 4), ended_on=date(2026, 11, 5))
    visit = Visit.objects.create(visited_on=date(2026, 11, 4))
    ChildVisited.objects.create(visit=visit, person=child, kind="child_protection", seen=True)
    shown = page(client, child, view="person")
    assert "Where things stand Child protection plan Neglect since 4 November 2026" in shown
    assert "Last seen, alone 20 November 2026 14 days ago" in shown
    assert "12 November" not in shown.split("Where things stand")[1].split("Contacts and referrals")[0]
    enquiry.times_seen.create(seen_at=FRIDAY_TEATIME - timedelta(days=2), alone=False)
    assert "Last seen 25 November 2026 9 days ago" in page(client, child, view="person")


def test_the_overview_says_the_worry_and_marks_what_is_old_or_not_there(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    plan = ChildProtectionPlan.objects.create(person=child, started_on=date(2026, 1, 5), latest_category="NEG")
    shown = page(client, child, view="person")
    for line in ("Plan last written", "Last seen", "Last talked over in supervision", "Last assessed"):
        assert f"{line} Not on this record Not known" in shown
    version = plan.plan_versions.create(
        person=child, number=1, drawn_up_on=date(2026, 1, 5), worried_about="Nobody gets Ada up.",
        recorded_by=client.user.worker,
    )  # fmt: skip
    shown = page(client, child, view="person")
    begun = f"A draft stands since 5 January 2026, begun by {version.recorded_by}"
    assert (
        version.recorded_by
        and f"Plan last written Nothing agreed yet {begun}" in shown
        and "Nobody gets Ada up" not in shown
    )
    version.in_force_from = date(2026, 1, 5)
    version.save()
    visit = Visit.objects.create(visited_on=date(2026, 12, 1))
    ChildVisited.objects.create(visit=visit, person=child, kind="child_protection", seen=True)
    shown = page(client, child, view="person")
    assert "The worry Nobody gets Ada up." in shown
    assert "Plan last written 5 January 2026 11 months ago Old" in shown
    assert "Last seen 1 December 2026 (child protection visit) 3 days ago Last" in shown
    version.replaced_on = version.in_force_from
    version.save()
    assert "Nobody gets Ada up" not in page(client, child, view="person")


def test_the_childs_words_come_first_on_the_overview_and_the_day_they_were_seen_once(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    plan = ChildProtectionPlan.objects.create(person=child, started_on=date(2026, 1, 5), latest_category="NEG")
    visit = Visit.objects.create(visited_on=date(2026, 12, 1))
    ChildVisited.objects.create(visit=visit, person=child, kind="child_protection", seen=True, protection_plan=plan)
    child.words_said.create(said_on=date(2026, 12, 1), words="I want my own lamp.")
    text = client.get(reverse("person", args=[child.reference])).content.decode()
    titles = re.findall(r'<h2 class="govuk-heading-m" id="panel-\w+">([^<]+)', text)
    assert titles[:3] == ["In their own words", "About them", "Where things stand"]
    assert text.count("seen") == text.count("Last seen") == 1


def test_a_child_with_nothing_open_has_nothing_marked_old(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    visit = Visit.objects.create(visited_on=date(2020, 1, 5))
    ChildVisited.objects.create(visit=visit, person=child, kind="child_in_need", seen=True)
    standing = page(client, child, view="person").split("Where things stand")[1]
    assert "Last seen 5 January 2020" in standing and "Old" not in standing.split("What is due")[0]


def test_a_risk_of_exploitation_is_old_once_it_was_to_be_looked_at_again(sign_in: Any) -> None:
    client = sign_in("group_manager")
    child, _ = two_children(client.user)
    RiskAssessment.objects.create(
        person=child, assessed_on=date(2026, 11, 2), level="moderate", why="x", look_again_on=date(2026, 11, 30)
    )
    shown = page(client, child, view="person")
    assert "Risk of exploitation, as judged 2 November 2026 (moderate) 4 weeks ago Old" in shown


def test_a_meeting_about_exploitation_is_a_line_with_what_was_agreed_of_this_child_alone() -> None:
    ann, bob = two_children(a_user("social_worker"))
    held = ExploitationMeeting.objects.create(held_on=date(2026, 11, 20), shared="Of the arcade")
    part = held.children.create(person=ann, agreed="Ann is met from school")
    held.children.create(person=bob, agreed="Bob stays with Nana")
    (line,) = [one for one in lines_of([ann], FRIDAY) if one.stage == "exploitation"]
    assert (line.what, line.detail) == ("Multi-agency meeting about exploitation", "Ann is met from school")
    assert (line.key, line.address) == (True, reverse("exploitation_meeting", args=[part.pk]))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (20, "20 days ago"),
        (21, "3 weeks ago"),
        (119, "17 weeks ago"),
        (120, "4 months ago"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(days: int, said: str) -> None:
    assert ago(days) == said
