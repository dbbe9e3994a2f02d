"""On which day a conference was held, and what it decided, is put right: what follows from them comes along."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.canonical import dataset
from casework.child_in_need.actions import begin_plan
from casework.child_protection.actions import asking, conferences, deciding
from casework.child_protection.actions.day_and_outcome import put_day_right, put_outcome_right
from casework.child_protection.actions.deciding import Verdict
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference
from casework.common.refused import Refused
from casework.deadlines.models import Obligation
from casework.documents.models import Document, StoredFile
from casework.letters.models import Copy, Letter
from casework.meetings.models import Meeting
from casework.planning import queries
from casework.planning.actions import versions, writing
from casework.planning.content import content_of
from casework.planning.models import PlanVersion
from casework.planning.plans import NEED, PROTECTION, Plan
from casework.tasks.models import Task
from casework.visits.actions import Own, Shared, record_visit
from casework.visits.models import ChildVisited, Visit
from tests.casework.child_protection.making import AT, a_conference
from tests.casework.making import a_child, allocated
from tests.casework.proving_clocks import stale

pytestmark = pytest.mark.django_db
TODAY = AT.date()
MADE, NO_PLAN = Verdict("plan_made", "NEG", "x"), Verdict("no_plan", "", "x", child_in_need=True)
GOES_ON, ENDED = Verdict("plan_continued", "PHY", "x"), Verdict("plan_ended", "", "x", child_in_need=True)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def again(child: ChildAtConference) -> ChildAtConference:
    return ChildAtConference.objects.select_related("conference", "person", "plan").get(pk=child.pk)


def decided(verdict: Verdict, child: ChildAtConference, chair: Any, on: date) -> ChildAtConference:
    if child.conference.held_on is None:
        came = {one.pk: "in_person" for one in child.conference.invitations.all()}
        conferences.hold(child.conference, conferences.Meeting(on, came), by=chair, at=AT)
    deciding.decide(again(child), verdict, by=chair, at=AT)
    return again(child)


def a_decision(verdict: Verdict = MADE, on: date = TODAY) -> tuple[ChildAtConference, Any]:
    """A first conference, wanted for a fortnight, that decided that."""
    child, chair = a_conference()
    ChildAtConference.objects.filter(pk=child.pk).update(requested_on=TODAY - timedelta(days=14))
    return decided(verdict, again(child), chair, on), chair


def a_review(verdict: Verdict) -> tuple[ChildAtConference, Any]:
    """Held today of a plan made nine days ago, and what it decided."""
    _, chair = a_decision(on=TODAY - timedelta(days=9))
    return decided(verdict, ChildProtectionPlan.objects.get().reviews.get(), chair, TODAY), chair


def reviews_due() -> list[tuple[str, date | None]]:
    found = Obligation.objects.filter(rule__startswith="cp_review").order_by("due_on")
    return [(one.status, one.due_on) for one in found]


def plans() -> list[tuple[Any, ...]]:
    """The plans as the returns have them."""
    read = dataset(TODAY)
    return read.collect(read.lazy("cp_plans"))[0].select("started_on", "ended_on", "latest_category").rows()


def test_a_plan_begins_on_the_day_that_the_conference_was_held_and_its_clocks_count_from_there(sign_in: Any) -> None:
    child, chair = a_decision()
    client, address = sign_in(chair), reverse("correct_conference_day", args=[child.pk])
    assert address in client.get(reverse("conference", args=[child.pk])).content.decode()
    sent = {"held_on_day": "20", "held_on_month": "11", "held_on_year": "2026"}
    assert "Why is it put right?" in client.post(address, sent).content.decode()
    text = client.post(address, {**sent, "why": "I took the day of typing."}, follow=True).content.decode()
    assert "I took the day of typing." in text and "20 November 2026" in text
    assert plans() == [(date(2026, 11, 20), None, "NEG")]
    plan = ChildProtectionPlan.objects.get()
    assert [(one.category, one.started_on) for one in plan.categories.all()] == [("NEG", date(2026, 11, 20))]
    assert ("open", date(2027, 2, 20)) in reviews_due() and stale(AT) == set()
    kept = [one.started_on for one in type(plan).pgh_event_model.objects.filter(pgh_obj_id=plan.pk).order_by("pgh_id")]
    assert (kept[0], kept[-1]) == (TODAY, date(2026, 11, 20))


def test_a_plan_ends_and_a_child_in_need_plan_begins_on_the_day_put_right() -> None:
    child, chair = a_review(ENDED)
    put_day_right(child.conference, held_on=TODAY - timedelta(days=2), why="x", by=chair, at=AT)
    plan = ChildProtectionPlan.objects.get()
    assert plan.ended_on == child.person.child_in_need_plans.get().started_on == TODAY - timedelta(days=2)
    assert stale(AT) == set()


def test_a_child_in_need_plan_that_gave_way_ends_on_the_day_put_right() -> None:
    child, chair = a_conference()
    ChildAtConference.objects.filter(pk=child.pk).update(requested_on=date(2026, 11, 1))
    begin_plan(child.person, started_on=date(2026, 11, 24), by=chair, at=AT - timedelta(days=3))
    child = decided(MADE, again(child), chair, TODAY)
    with pytest.raises(Refused, match="it ended began only on 24 November 2026"):
        put_day_right(child.conference, held_on=date(2026, 11, 23), why="x", by=chair, at=AT)
    put_day_right(child.conference, held_on=date(2026, 11, 25), why="x", by=chair, at=AT)
    assert child.person.child_in_need_plans.get().ended_on == date(2026, 11, 25) and stale(AT) == set()


def visited(child: ChildAtConference, on: date) -> None:
    plan = ChildProtectionPlan.objects.get()
    visit = Visit.objects.create(visited_on=on)
    ChildVisited.objects.create(visit=visit, person=child.person, kind="child_protection", protection_plan=plan)


@pytest.mark.parametrize(
    ("verdict", "on", "said"),
    [
        (MADE, TODAY + timedelta(days=1), "cannot be later than today"),
        (MADE, TODAY - timedelta(days=30), "cannot be before 13 November 2026"),
        (GOES_ON, TODAY - timedelta(days=10), "Another conference about .* was held on 18 November 2026"),
        (ENDED, TODAY - timedelta(days=3), "A visit under the plan of .* is recorded on 25 November 2026"),
    ],
)
def test_a_day_that_contradicts_what_is_recorded_is_refused(verdict: Verdict, on: date, said: str) -> None:
    child, chair = a_decision() if verdict is MADE else a_review(verdict)
    visited(child, TODAY - timedelta(days=2))
    with pytest.raises(Refused, match=said):
        put_day_right(child.conference, held_on=on, why="x", by=chair, at=AT)
    assert again(child).conference.held_on == TODAY


def test_a_first_conference_is_not_held_after_a_core_group_under_its_plan() -> None:
    child, chair = a_decision(on=TODAY - timedelta(days=9))
    meeting = Meeting.objects.create(kind="core_group", held_on=TODAY - timedelta(days=5))
    meeting.children.create(person=child.person, protection_plan=ChildProtectionPlan.objects.get())
    with pytest.raises(Refused, match="A core group under the plan"):
        put_day_right(child.conference, held_on=TODAY, why="x", by=chair, at=AT)


def seen(child: ChildAtConference, days_ago: int, chair: Any) -> ChildVisited:
    when = AT - timedelta(days=days_ago, hours=1)
    return record_visit(Shared(when), [Own(child.person, seen=True)], by=chair, at=AT)[0]


def under(*visits: ChildVisited) -> list[tuple[str, ...]]:
    return [ChildVisited.objects.get(pk=one.pk).duties for one in visits]


def test_visits_answer_what_ran_on_their_day_whichever_day_the_plan_is_found_to_have_begun() -> None:
    child, chair = a_conference()
    ChildAtConference.objects.filter(pk=child.pk).update(requested_on=TODAY - timedelta(days=14))
    begin_plan(child.person, started_on=TODAY - timedelta(days=12), by=chair, at=AT - timedelta(days=12))
    visits = [seen(child, days, chair) for days in (9, 5)]
    assert under(*visits) == [("child_in_need",), ("child_in_need",)]
    child = decided(MADE, again(child), chair, TODAY - timedelta(days=2))
    visits.append(seen(child, 1, chair))
    on_plan, in_need = ("child_protection",), ("child_in_need",)
    for days_ago, duties in ((7, [in_need, on_plan, on_plan]), (0, [in_need] * 3), (11, [on_plan] * 3),
                             (2, [in_need, in_need, on_plan])):  # fmt: skip
        put_day_right(again(child).conference, held_on=TODAY - timedelta(days=days_ago), why="x", by=chair, at=AT)
        assert under(*visits) == duties, days_ago
        assert stale(AT) == set()
    kept = ChildVisited.pgh_event_model.objects.filter(pgh_obj_id=visits[0].pk, pgh_context__why="x")
    assert kept.exists(), "with the reason"


def test_a_visit_before_the_plan_that_answered_nothing_else_is_one_in_an_assessment_and_the_clock_runs_on() -> None:
    child, chair = a_decision(on=TODAY - timedelta(days=9))
    visit = seen(child, 5, chair)
    first = Obligation.objects.filter(rule="cp_plan_visit", satisfied_row_id=visit.reference)
    assert under(visit) == [("child_protection",)] and first.exists()
    put_day_right(child.conference, held_on=TODAY - timedelta(days=1), why="x", by=chair, at=AT)
    assert under(visit) == [("assessment",)] and not first.exists() and stale(AT) == set()


def test_a_visit_of_the_days_before_a_decision_was_typed_counts_for_the_plan_it_made() -> None:
    child, chair = a_conference()
    ChildAtConference.objects.filter(pk=child.pk).update(requested_on=TODAY - timedelta(days=14))
    visit = seen(child, 2, chair)
    decided(MADE, again(child), chair, TODAY - timedelta(days=3))
    assert under(visit) == [("assessment", "child_protection")] and stale(AT) == set()


def test_no_plan_where_one_was_recorded_takes_the_plan_its_review_and_its_clocks_back(sign_in: Any) -> None:
    child, chair = a_decision()
    client, address = sign_in(chair), reverse("correct_conference_outcome", args=[child.pk])
    same = {"outcome": "plan_made", "category": "NEG", "reasons": "y", "why": "z"}
    assert "That is what is recorded." in client.post(address, same).content.decode()
    sent = {"outcome": "no_plan", "reasons": "The vote was against it", "child_in_need": "yes", "why": "The wrong box"}
    text = client.post(address, sent, follow=True).content.decode()
    assert "The vote was against it" in text and "The wrong box" in text
    assert plans() == [] and reviews_due() == []
    assert child.person.child_in_need_plans.get().started_on == TODAY
    assert again(child).category == "" and stale(AT) == set()
    review = child.person.conferences.get(kind="review")
    assert (review.plan, review.conference.cancelled_on) == (None, TODAY)
    assert Task.objects.filter(person=child.person, done_at=None, answered_by="need_plan").count() == 1


def test_a_plan_where_none_was_recorded_begins_and_what_was_to_take_its_place_is_taken_back() -> None:
    child, chair = a_decision(NO_PLAN)
    assert child.person.child_in_need_plans.exists()
    put_outcome_right(child, MADE, why="x", by=chair, at=AT)
    assert plans() == [(TODAY, None, "NEG")] and stale(AT) == set()
    assert not child.person.child_in_need_plans.exists()
    assert not Task.objects.filter(person=child.person, done_at=None, answered_by="need_plan").exists()
    assert ChildProtectionPlan.objects.get().reviews.count() == 1


def test_what_gave_way_to_a_plan_that_was_never_made_goes_on() -> None:
    child, chair = a_conference()
    held = begin_plan(child.person, started_on=date(2026, 11, 24), by=chair, at=AT - timedelta(days=3))
    child = decided(MADE, child, chair, TODAY)
    put_outcome_right(child, Verdict("no_plan", "", "x"), why="x", by=chair, at=AT)
    held.refresh_from_db()
    assert (held.ended_on, held.end_reason) == (None, "") and stale(AT) == set()


def test_a_review_ended_the_plan_where_it_was_recorded_to_go_on_and_the_other_way_round() -> None:
    child, chair = a_review(GOES_ON)
    assert ChildProtectionPlan.objects.get().latest_category == "PHY"
    child = put_outcome_right(child, ENDED, why="x", by=chair, at=AT)
    assert plans() == [(TODAY - timedelta(days=9), TODAY, "NEG")] and stale(AT) == set()
    child = put_outcome_right(child, GOES_ON, why="y", by=chair, at=AT + timedelta(minutes=5))
    assert plans() == [(TODAY - timedelta(days=9), None, "PHY")] and stale(AT) == set()
    assert not child.person.child_in_need_plans.exists()
    waiting = child.person.conferences.get(conference__held_on=None, conference__cancelled_on=None)
    assert waiting.conference.follows == child.conference


def test_a_brothers_plan_and_review_stay_where_the_sisters_are_put_right() -> None:
    child, chair = a_conference()
    brother = a_child("Ben")
    allocated(brother, chair.worker)
    wanted = {"kind": "transfer_in", "requested_on": TODAY, "with_conference": child.conference_id}
    his = asking.ask_for_conference(brother, **wanted, by=chair, at=AT)
    hers = decided(MADE, child, chair, TODAY)
    decided(MADE, again(his), chair, TODAY)
    put_outcome_right(hers, NO_PLAN, why="x", by=chair, at=AT)
    plan = ChildProtectionPlan.objects.get()
    assert plan.person == brother and plan.reviews.get().conference.cancelled_on is None and stale(AT) == set()
    back = put_outcome_right(again(hers), MADE, why="y", by=chair, at=AT + timedelta(minutes=5))
    reviews = {one.reviews.get().conference_id for one in ChildProtectionPlan.objects.all()}
    assert len(reviews) == 1 and back.outcome == "plan_made"


def a_draft(plan: Plan, chair: Any, need: str) -> PlanVersion:
    version = versions.begin_version(plan, by=chair, at=AT)
    writing.add_need(version, what=need, family_words="", outcome="Asleep by 9", by=chair, at=AT)
    return version


def test_a_draft_of_a_plan_that_was_never_made_is_kept_and_another_is_written_like_it(sign_in: Any) -> None:
    child, chair = a_decision()
    draft = a_draft(Plan(PROTECTION, ChildProtectionPlan.objects.get()), chair, "Kit needs sleep")
    put_outcome_right(child, NO_PLAN, why="The wrong box", by=chair, at=AT)
    assert plans() == [] and stale(AT) == set()
    client, person = sign_in(chair), child.person
    left = reverse("plan_version", args=[draft.pk])
    page = client.get(reverse("plans_of_person", args=[person.reference])).content.decode()
    assert "Drafts of plans that were not made" in page and left in page
    text = client.get(left).content.decode()
    assert "Kit needs sleep" in text and "Asleep by 9" in text and "is no plan" in text
    for name, *more in (("agree_plan",), ("plan_part", "child"), ("throw_plan_away",), ("plan_for_parents",)):
        assert client.get(reverse(name, args=[draft.pk, *more])).status_code in {403, 404}, name

    need = Plan(NEED, person.child_in_need_plans.get())
    offered = dict(queries.like_what(need, chair))
    assert offered[draft] == "The draft of 27 November 2026, of a plan that was not made"
    anew = versions.begin_version(need, like=draft, by=chair, at=AT)
    assert [one.wording.what for one in content_of(anew).needs] == ["Kit needs sleep"]
    # And back again: the draft of the child in need plan that took its place is kept, too.
    put_outcome_right(again(child), MADE, why="x", by=chair, at=AT + timedelta(minutes=5))
    assert plans() == [(TODAY, None, "NEG")] and set(queries.left_drafts(person)) == {draft, anew}


def test_no_plan_is_recorded_where_what_it_says_was_agreed_and_no_version_in_force_stands_alone() -> None:
    child, chair = a_decision()
    draft = a_draft(Plan(PROTECTION, ChildProtectionPlan.objects.get()), chair, "Sleep")
    versions.bring_into_force(draft, in_force_from=TODAY, by=chair, at=AT)
    with pytest.raises(Refused, match="What the plan says is agreed already"):
        put_outcome_right(child, NO_PLAN, why="x", by=chair, at=AT)
    with pytest.raises(IntegrityError, match="version_of_one_plan"), transaction.atomic():
        PlanVersion.objects.filter(pk=draft.pk).update(protection_plan=None)


def a_later_conference() -> tuple[ChildAtConference, Any, Verdict]:
    review, chair = a_review(GOES_ON)
    return review.person.conferences.exclude(pk=review.pk).get(kind="transfer_in"), chair, NO_PLAN


def one_visited() -> tuple[ChildAtConference, Any, Verdict]:
    child, chair = a_decision()
    visited(child, TODAY)
    return child, chair, NO_PLAN


def one_of_another_plan() -> tuple[ChildAtConference, Any, Verdict]:
    child, chair = a_decision(NO_PLAN)
    ChildProtectionPlan.objects.create(person=child.person, started_on=TODAY)
    return child, chair, MADE


def one_whose_case_is_closed() -> tuple[ChildAtConference, Any, Verdict]:
    child, chair = a_decision(NO_PLAN)
    child.referral = child.person.referrals.create(received_on=TODAY, closed_on=TODAY)
    child.save()
    return child, chair, MADE


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_later_conference, "A later conference about .*, on 27 November 2026, rests on what was decided"),
        (one_visited, "A visit on 27 November 2026 is recorded under the plan"),
        (one_of_another_plan, "has another child protection plan, from 27 November 2026"),
        (one_whose_case_is_closed, "was closed on 27 November 2026"),
    ],
)
def test_a_decision_on_which_something_later_rests_stays(
    make: Callable[[], tuple[ChildAtConference, Any, Verdict]], said: str
) -> None:
    child, chair, verdict = make()
    before = (again(child).outcome, plans())
    with pytest.raises(Refused, match=said):
        put_outcome_right(child, verdict, why="x", by=chair, at=AT)
    assert (again(child).outcome, plans()) == before


def test_the_page_says_which_letters_told_what_was_there_before(sign_in: Any) -> None:
    child, chair = a_decision()
    minutes = {"person": child.person, "kind": "conference_minutes", "about": child.reference, "begun_on": TODAY}
    letter = Letter.objects.create(name="Minutes", text="x", **minutes)
    version = child.person.plan_versions.create(
        protection_plan=ChildProtectionPlan.objects.get(), number=1, drawn_up_on=TODAY, in_force_from=TODAY
    )
    others = [
        Letter.objects.create(person=child.person, name=name, kind=kind, about=about, text="x", begun_on=TODAY)
        for name, kind, about in (
            ("The plan", "plan", version.reference), ("Chronology", "chronology", ""), ("Thanks", "free", ""),
        )
    ]  # fmt: skip
    Conference.objects.update(held_recorded_at=datetime(2019, 12, 1, tzinfo=UTC))
    page = reverse("conference", args=[child.pk])
    stored = StoredFile.objects.create(stored_as="x", name="x.pdf", kind="pdf", size=1, sha256="x")
    document = Document.objects.create(person=child.person, file=stored, title="x")
    for name, year in (("Mum Sample", 2020), ("Dad Sample", 2100)):
        made = datetime(year, 1, 1, tzinfo=UTC)
        Copy.objects.create(letter=letter, recipient="parent", name=name, made_at=made, pdf=document)
    for one in others:
        made = datetime(2020, 1, 2, tzinfo=UTC)
        Copy.objects.create(letter=one, recipient="parent", name="Mum Sample", made_at=made, pdf=document)
    Copy.objects.create(
        letter=letter, recipient="parent", name="Invited", made_at=datetime(2019, 11, 1, tzinfo=UTC), pdf=document
    )
    assert "These told what was recorded before" not in sign_in(chair).get(page).content.decode()
    put_day_right(child.conference, held_on=TODAY - timedelta(days=1), why="x", by=chair, at=AT)
    text = sign_in(chair).get(page).content.decode()
    told = text.split("These told what was recorded before")[1].split("</ul>")[0]
    assert "for Mum Sample: ready, and not sent" in told and "Dad Sample" not in told
    assert re.findall(r">([^<]+)</a>, for", told) == ["Minutes", "The plan", "Chronology"] and "Invited" not in told
