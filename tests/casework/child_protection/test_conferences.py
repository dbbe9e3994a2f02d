"""Conferences: the rules of who must come, what a chair may decide, what follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.access.models import Restriction
from casework.canonical import dataset_of
from casework.child_protection.actions import asking, conferences, deciding, reports
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference, Invitation
from casework.child_protection.protocol import FILE, protocol, quorum_of, report_wanted_by
from casework.child_protection.queries.conferences import asked_for, clock_of, due_and_not_asked_for
from casework.common.refused import Refused
from casework.deadlines.models import Obligation
from casework.tasks.actions import give_task
from casework.tasks.models import Task
from tests.casework.child_protection.making import (
    AT,
    a_conference,
    a_worker_and_manager,
    enquired,
    signed_off,
)
from tests.casework.making import a_child, a_user, related

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.mark.parametrize(
    ("came", "quorate", "lacks"),
    [
        ({"social_care", "police", "health"}, True, ""),
        ({"social_care", "police"}, False, "1 more agency"),
        ({"social_care"}, False, "2 more agencies"),
        ({"police", "health", "education"}, False, "Children’s social care was not there"),
        ({"social_care", "police", "family"}, False, "1 more agency"),
    ],
)
def test_the_family_is_no_agency_and_each_agency_counts_once(came: set[str], quorate: bool, lacks: str) -> None:
    there = [Invitation(agency=agency, attended="in_person") for agency in came]
    away = [Invitation(agency="housing", attended="apologies")]
    found = quorum_of([*there, *there, *away])
    assert (found.met, lacks in found.lacks) == (quorate, True)


def test_reports_are_wanted_before_the_day_and_earlier_before_a_review() -> None:
    monday = date(2026, 12, 14)
    assert report_wanted_by(monday, review=False) == date(2026, 12, 12)
    assert report_wanted_by(monday, review=True) == date(2026, 12, 9)


def held(child: ChildAtConference, chair: Any, on: date = TODAY, **details: Any) -> ChildAtConference:
    came = {one.pk: "in_person" for one in child.conference.invitations.all()}
    conferences.hold(child.conference, conferences.Meeting(on, came, **details), by=chair, at=AT)
    return ChildAtConference.objects.select_related("conference", "person").get(pk=child.pk)


def test_without_a_quorum_the_chair_says_why_it_went_on() -> None:
    child, chair = a_conference()
    nobody = conferences.Meeting(TODAY, {})
    with pytest.raises(Refused, match="not quorate"):
        conferences.hold(child.conference, nobody, by=chair, at=AT)
    assert Conference.objects.get().held_on is None
    said = conferences.Meeting(TODAY, {}, why_without_quorum="Born tonight")
    assert conferences.hold(child.conference, said, by=chair, at=AT).quorate is False


def test_word_of_a_child_moving_in_starts_the_clock_before_the_conference_is_held() -> None:
    child, chair = a_conference("transfer_in")
    running = clock_of(child, at=AT)
    assert running is not None and running.row.due_on == date(2026, 12, 18)
    held(child, chair)
    assert Obligation.objects.get(clock="transfer_in_conference_15wd").status == "met"


def test_one_that_is_put_off_keeps_what_was_planned_and_one_that_is_cancelled_is_no_longer_waiting() -> None:
    child, chair = a_conference()
    planned = timezone.make_aware(datetime(2026, 12, 10, 10, 0))
    details = {"place": "Room 1", "chair": chair.worker, "version": None, "by": chair}
    conferences.arrange(child.conference, planned_at=planned, at=AT, **details)
    conferences.adjourn(child.conference, because="Mother in hospital", by=chair, at=AT + timedelta(days=5))
    child.refresh_from_db()
    assert (child.conference.planned_at, child.conference.adjournments.get().was_planned_at) == (None, planned)
    assert [one.child for one in asked_for(chair, AT)] == [child]
    with pytest.raises(Refused, match="already"):
        asking.ask_for_conference(child.person, kind="transfer_in", requested_on=TODAY, by=chair, at=AT)
    conferences.cancel(child.conference, because="Moved away again", by=chair, at=AT)
    assert asked_for(chair, AT) == [] and not Obligation.objects.exists()
    with pytest.raises(Refused, match="was cancelled"):
        held(child, chair)


def test_it_is_cancelled_for_one_sister_and_put_off_for_another_and_goes_on_for_the_first(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)
    child, chair = a_conference()
    parts = [child]
    for name in ("Bea", "Cal"):
        sibling = a_child(name)
        related(child.person, sibling, "sibling")
        asked = {"kind": "transfer_in", "requested_on": TODAY, "with_conference": child.conference_id}
        parts.append(asking.ask_for_conference(sibling, **asked, by=chair, at=AT))
    arranger, page = sign_in("business_support"), "/conferences/{}/call-off"
    text = arranger.get(page.format(child.pk)).content.decode()
    assert text.count('name="children"') == 3 and text.count("checked") == 3
    sent = {"answer": "cancel", "because": "Bea lives with Dad", "children": [parts[1].pk]}
    assert "Recorded" in arranger.post(page.format(parts[1].pk), sent, follow=True).content.decode()
    sent = {"answer": "adjourn", "because": "Cal is ill", "children": [parts[2].pk]}
    arranger.post(page.format(child.pk), sent)
    first, second, third = (ChildAtConference.objects.select_related("conference").get(pk=one.pk) for one in parts)
    assert (first.conference_id, first.conference.cancelled_on) == (child.conference_id, None)
    assert not first.conference.adjournments.exists()
    assert (second.conference.cancelled_on, second.conference.cancelled_because) == (TODAY, "Bea lives with Dad")
    assert third.conference.adjournments.get().because == "Cal is ill"
    assert third.conference.invitations.count() == first.conference.invitations.count() == 3
    assert [one.child for one in asked_for(chair, AT)] == [first, third]
    # For all who are left it is the conference itself.
    sent = {"answer": "cancel", "because": "Moved", "children": [first.pk]}
    arranger.post(page.format(first.pk), sent)
    first.conference.refresh_from_db()
    assert first.conference.cancelled_on == TODAY


def test_one_that_was_held_meanwhile_is_neither_cancelled_nor_put_off_by_a_page_opened_before() -> None:
    child, chair = a_conference()
    before = Conference.objects.get(pk=child.conference_id)
    held(child, chair)
    for call_off in (conferences.cancel, conferences.adjourn):
        with pytest.raises(Refused, match="held"):
            call_off(before, because="Snow", by=chair, at=AT)
    assert Conference.objects.get(pk=child.conference_id).held_on is not None


def test_a_conference_is_arranged_for_a_time_to_come_and_held_on_a_day_gone() -> None:
    child, chair = a_conference()
    details = {"place": "", "chair": None, "version": None, "by": chair, "at": AT}
    with pytest.raises(Refused, match="still to come"):
        conferences.arrange(child.conference, planned_at=AT - timedelta(hours=1), **details)
    with pytest.raises(Refused, match="later than today"):
        held(child, chair, TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="cannot be before 27 November 2026"):
        held(child, chair, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="The chair records"):
        held(child, a_user("business_support"))


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (deciding.Verdict("plan_continued", "NEG"), "not something that this kind"),
        (deciding.Verdict("plan_made"), "Choose the category"),
    ],
)
def test_what_a_first_conference_cannot_decide(verdict: deciding.Verdict, sentence: str) -> None:
    child, chair = a_conference()
    with pytest.raises(Refused, match="Record first"):
        deciding.decide(child, deciding.Verdict("no_plan"), by=chair, at=AT)
    child = held(child, chair)
    with pytest.raises(Refused, match=sentence):
        deciding.decide(child, verdict, by=chair, at=AT)
    assert not ChildProtectionPlan.objects.exists()


def test_no_plan_gives_the_worker_the_next_step_and_is_decided_once() -> None:
    child, chair = a_conference()
    child = held(child, chair)
    deciding.decide(child, deciding.Verdict("no_plan", "NEG", "Enough help"), by=chair, at=AT)
    child.refresh_from_db()
    assert (child.category, ChildProtectionPlan.objects.count()) == ("", 0)
    assert "what help there is to be" in Task.objects.get(person=child.person).what
    with pytest.raises(Refused, match="decided already"):
        deciding.decide(child, deciding.Verdict("plan_made", "NEG"), by=chair, at=AT)


def test_what_was_to_be_done_to_bring_the_child_to_a_conference_is_done_once_it_is_held() -> None:
    child, chair = a_conference()
    given = {"by": chair, "at": AT, "owner": chair, "person": child.person}
    task = give_task(what="Bring the child", answered_by=Task.AnsweredBy.CONFERENCE, **given)
    other = give_task(what="Ring the school", **given)
    held(child, chair)
    task.refresh_from_db(), other.refresh_from_db()
    assert (task.done_at, task.done_by, task.outcome) == (AT, chair, "The conference was held on 27 November 2026.")
    assert other.done_at is None


def test_a_second_plan_counts_the_first_and_a_review_that_is_due_is_listed() -> None:
    first, chair = a_conference()
    person = first.person
    ChildProtectionPlan.objects.create(person=person, started_on=date(2024, 1, 1), ended_on=date(2024, 9, 1))
    deciding.decide(held(first, chair), deciding.Verdict("plan_made", "NEG", "x"), by=chair, at=AT)
    plan = ChildProtectionPlan.objects.get(person=person, ended_on=None)
    assert (plan.previous_plans, plan.made_by_id) == (1, first.pk)
    review = ChildAtConference.objects.get(person=person, kind="review")
    running = clock_of(review, at=AT)
    assert running is not None and running.row.due_on == date(2027, 2, 27)
    assert list(due_and_not_asked_for(chair)) == []
    conferences.cancel(review.conference, because="x", by=chair, at=AT)
    assert [one.person for one in due_and_not_asked_for(chair)] == [person]
    with pytest.raises(Refused, match="Ask for a review"):
        asking.ask_for_conference(person, kind="initial", requested_on=TODAY, by=chair, at=AT)


def test_brothers_and_sisters_of_one_discussion_come_to_one_conference_and_a_restricted_one_is_not_shown(
    sign_in: Any,
) -> None:
    worker, manager = a_worker_and_manager()
    ada, hidden = a_child("Ada"), a_child("Hidden")
    for enquiry in enquired(ada, hidden, by=worker):
        signed_off(enquiry, "likely", manager, by=worker)
    assert Conference.objects.count() == 1
    hers, his = (ChildAtConference.objects.get(person=one) for one in (ada, hidden))
    Restriction.objects.create(person=hidden, reason="x", owner=a_user("director"), started_at=AT)
    client = sign_in("conference_chair")
    for page in ("/conferences", f"/conferences/{hers.pk}", f"/conferences/{hers.pk}/invite"):
        found = client.get(page)
        assert found.status_code == 200 and "Hidden" not in found.content.decode(), page
    assert client.get(f"/conferences/{his.pk}").status_code == 404


def test_a_child_joins_the_conference_that_a_brother_or_sister_waits_for(sign_in: Any) -> None:
    first, chair = a_conference()
    sister = a_child("Bea")
    related(sister, first.person, "sibling")
    client = sign_in(chair)
    asked = {"requested_on_day": "27", "requested_on_month": "11", "requested_on_year": "2026"}
    sent = {**asked, "kind": "transfer_in", "with_conference": first.conference_id}
    assert client.post(f"/people/{sister.reference}/conference", sent).status_code == 302
    assert set(first.conference.children.values_list("person", flat=True)) == {first.person_id, sister.pk}
    conferences.cancel(first.conference, because="x", by=chair, at=AT)
    with pytest.raises(Refused, match="no longer waiting"):
        asking.ask_for_conference(
            a_child(), kind="transfer_in", requested_on=TODAY, with_conference=first.conference_id, by=chair, at=AT
        )


def test_somebody_is_taken_off_the_list_until_a_report_of_theirs_has_come_or_it_is_held(sign_in: Any) -> None:
    child, chair = a_conference()
    police, doctor, _ = child.conference.invitations.order_by("pk")
    client, address = sign_in(chair), reverse("take_off_conference", args=[child.pk, police.pk])
    assert address in client.get(reverse("conference", args=[child.pk])).content.decode()
    assert client.post(address).status_code == 302
    assert not child.conference.invitations.filter(name="DS Example").exists()
    assert client.post(address).status_code == 404
    reports.note_report(doctor, arrived_on=TODAY, by=chair, at=AT)
    with pytest.raises(Refused, match="report of Dr Sample has come"):
        conferences.take_off(doctor)
    held(child, chair, why_without_quorum="x")
    with pytest.raises(Refused, match="was held"):
        conferences.take_off(child.conference.invitations.get(agency="social_care"))


def test_an_area_puts_its_own_rules_in_place(settings: Any, tmp_path: Any) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        FILE.read_text(encoding="utf-8").replace("other_agencies: 2", "other_agencies: 1"), encoding="utf-8"
    )
    there = [Invitation(agency=agency, attended="remote") for agency in ("social_care", "police")]
    assert not quorum_of(there).met
    settings.CONFERENCE_PROTOCOL = str(ours)
    protocol.cache_clear()
    assert quorum_of(there).met
    protocol.cache_clear()


def test_a_conference_still_to_be_held_is_in_no_return() -> None:
    worker, manager = a_worker_and_manager()
    (enquiry,) = enquired(by=worker)
    signed_off(enquiry, "likely", manager, by=worker)
    read = dataset_of([enquiry.person.reference], TODAY)
    assert "conferences" not in read.manifest.tables or read.rows("conferences") == 0
    assert read.collect(read.lazy("section_47_enquiries"))[0]["conference_target_on"].to_list() == [date(2026, 12, 18)]
