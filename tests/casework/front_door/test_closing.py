"""What is open beside a referral when it closes: named, to be ended first, or ended with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.child_in_need.actions import begin_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.actions import conferences
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference
from casework.common.refused import Refused
from casework.front_door.actions.referrals import Step, close_referral, decide_next_step
from casework.front_door.closing import ENDS_ALL, still_open
from casework.front_door.models import Referral
from casework.meetings.actions.arranging import arrange
from casework.meetings.models import Meeting
from casework.people.models import Person
from casework.tasks.actions import give_task
from casework.tasks.models import Task
from tests.casework.child_protection.making import a_conference, enquired
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user
from tests.casework.making_contacts import a_referral

pytestmark = pytest.mark.django_db
AT = FRIDAY_TEATIME
TODAY = AT.date()
A_WEEK = timedelta(days=7)


@pytest.fixture
def manager(db: None) -> Any:
    return a_user("service_manager")


def referred(child: Person, manager: Any) -> Referral:
    """A referral that was accepted for an assessment."""
    referral = a_referral(child)
    decide_next_step([referral], Step("assessment", "Worry", "N1"), by=manager, at=AT)
    referral.refresh_from_db()
    return referral


def closed(referral: Referral, reason: str, manager: Any, **day: Any) -> Referral:
    return close_referral(referral, **{"reason": reason, "on": TODAY, **day}, by=manager, at=AT)


def needs_a_plan(child: Person, manager: Any) -> ChildInNeedPlan:
    """A child in need plan, and a review of it that is booked."""
    plan = begin_plan(child, started_on=TODAY, by=manager, at=AT)
    arrange("cin_review", [child], planned_at=AT + A_WEEK, place="", chair=None, members=(), by=manager, at=AT)
    return plan


def protected(child: Person, manager: Any) -> ChildProtectionPlan:
    """A child protection plan and its review, which nobody has set a day for."""
    plan = ChildProtectionPlan.objects.create(person=child, started_on=TODAY)
    conference = Conference.objects.create()
    ChildAtConference.objects.create(conference=conference, person=child, kind="review", plan=plan)
    return plan


@pytest.mark.parametrize("reason", ["RC1", "RC3", "RC4", "RC7"])
def test_what_is_open_is_ended_first(reason: str, manager: Any) -> None:
    child = a_child("Ada")
    referral = referred(child, manager)
    needs_a_plan(child, manager)
    with pytest.raises(Refused, match=r"child in need plan since 27 November 2026; child in need review planned for"):
        closed(referral, reason, manager)
    referral.refresh_from_db()
    assert referral.closed_on is None and ChildInNeedPlan.objects.get().ended_on is None


@pytest.mark.parametrize(("reason", "why"), [("RC2", "died"), ("RC5", "moved"), ("RC6", "adult")])
def test_a_child_who_died_or_went_on_elsewhere_has_no_plan_left(reason: str, why: str, manager: Any) -> None:
    assert reason in ENDS_ALL
    child = a_child("Ada")
    referral = referred(child, manager)
    needs_a_plan(child, manager)
    Person.objects.filter(pk=child.pk).update(died_on=TODAY)
    referral = Referral.objects.get(pk=referral.pk)
    assert closed(referral, reason, manager).closed_on == TODAY
    plan, meeting = ChildInNeedPlan.objects.get(), Meeting.objects.get()
    assert (plan.ended_on, plan.end_reason) == (TODAY, why)
    assert meeting.cancelled_on == TODAY and meeting.cancelled_because.startswith("The case closed: ")
    assert still_open(child) == []


def test_the_child_protection_plan_of_a_child_who_moved_ends_with_its_review(manager: Any) -> None:
    child = a_child("Ada")
    referral, plan = referred(child, manager), protected(child, manager)
    assert [one.words for one in still_open(child)] == ["child protection plan since 27 November 2026"]
    with pytest.raises(Refused, match="child protection plan since"):
        closed(referral, "RC7", manager)
    closed(referral, "RC5", manager)
    plan.refresh_from_db()
    assert (plan.ended_on, Conference.objects.get().cancelled_on) == (TODAY, TODAY)


def test_a_plan_does_not_end_before_it_began(manager: Any) -> None:
    child = a_child("Ada")
    referral = referred(child, manager)
    begin_plan(child, started_on=TODAY, by=manager, at=AT)
    later = {"by": manager, "at": AT + A_WEEK, "reason": "RC5"}
    ChildInNeedPlan.objects.update(started_on=TODAY + timedelta(days=2))
    with pytest.raises(Refused, match="began on 29 November 2026") as refused:
        close_referral(referral, on=TODAY + timedelta(days=1), **later)
    assert refused.value.field == "closed_on"
    close_referral(referral, on=TODAY + timedelta(days=2), **later)


def test_a_booked_conference_is_called_off_for_the_child_who_moved_alone(manager: Any) -> None:
    child, sister = a_child("Ada"), a_child("Bea")
    referral = referred(child, manager)
    part, chair = a_conference(child=child)
    ChildAtConference.objects.create(conference=part.conference, person=sister, kind="transfer_in")
    planned = {"planned_at": AT + A_WEEK, "place": "", "chair": None, "version": None}
    conferences.arrange(part.conference, **planned, by=chair, at=AT)
    assert [one.words for one in still_open(child)] == ["conference planned for 4 December 2026 at 5:00pm"]
    closed(referral, "RC5", manager)
    part.refresh_from_db()
    assert part.conference.cancelled_on == TODAY
    hers = ChildAtConference.objects.get(person=sister).conference
    assert (hers.cancelled_on, hers.planned_at) == (None, AT + A_WEEK)


@pytest.mark.parametrize("reason", ["RC2", "RC7"])
def test_an_enquiry_is_signed_off_first_whatever_the_reason(reason: str, manager: Any) -> None:
    child = a_child("Ada")
    referral = referred(child, manager)
    enquired(child, by=a_user("social_worker"))
    Person.objects.filter(pk=child.pk).update(died_on=TODAY)
    with pytest.raises(Refused, match="section 47 enquiry since 27 November 2026"):
        closed(Referral.objects.get(pk=referral.pk), reason, manager)


def test_a_discussion_still_to_be_held_is_in_the_way_and_a_plan_still_to_be_agreed_is_not(manager: Any) -> None:
    child = a_child("Ada")
    referral = referred(child, manager)
    given = {"by": manager, "at": AT, "owner": manager, "person": child}
    discuss = give_task(what="x", answered_by=Task.AnsweredBy.STRATEGY, **given)
    agree = give_task(what="x", answered_by=Task.AnsweredBy.NEED_PLAN, **given)
    with pytest.raises(Refused, match="strategy discussion that the assessment led to"):
        closed(referral, "RC7", manager)
    Task.objects.filter(pk=discuss.pk).update(done_at=AT, done_by=manager)
    closed(referral, "RC7", manager)
    agree.refresh_from_db()
    assert agree.outcome.startswith("The case closed: Services ceased")


def test_advice_instead_of_an_assessment_does_not_leave_a_plan_behind(manager: Any) -> None:
    child = a_child("Ada")
    referral = a_referral(child)
    begin_plan(child, started_on=TODAY, by=manager, at=AT)
    with pytest.raises(Refused, match="child in need plan since"):
        decide_next_step([referral], Step("information", "Enough help"), by=manager, at=AT)


def test_the_closing_page_says_what_is_waited_for_where_a_child_on_a_plan_moved_away(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)
    client = sign_in("service_manager")
    child = a_child("Ada")
    referral = referred(child, client.user)
    address = reverse("close_referral", args=[referral.reference])
    assert "moved to another authority?" not in client.get(address).content.decode()
    plan = protected(child, client.user)
    shown = client.get(address).content.decode()
    assert "a conference within 15 working days of being told (told today, by 18 December 2026)" in shown
    assert "Has Ada moved to another authority?" in shown and "keeps our plan going until then" in shown
    plan.refresh_from_db()
    assert plan.ended_on is None


def test_the_closing_page_names_what_is_open_and_says_what_ended(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)
    client = sign_in("service_manager")
    child = a_child("Ada")
    referral, plan = referred(child, client.user), needs_a_plan(child, client.user)
    address = reverse("close_referral", args=[referral.reference])
    shown = client.get(address).content.decode()
    assert reverse("plan", args=["need", plan.pk]) in shown and "Child in need review planned for" in shown
    sent = {"closed_on_day": "27", "closed_on_month": "11", "closed_on_year": "2026", "closure_reason": "RC7"}
    refused = client.post(address, sent)
    assert refused.status_code == 422 and "End that first, then close" in refused.content.decode()
    done = client.post(address, {**sent, "closure_reason": "RC5"}, follow=True).content.decode()
    assert "Ended with it: child in need plan since 27 November 2026; child in need review planned for" in done
