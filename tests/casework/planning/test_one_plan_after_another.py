"""Need gives way to protection, protection steps down to need, and a manager ends a plan on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.child_in_need.actions import begin_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.actions import conferences, deciding
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan
from casework.early_help.models import FamilyAssessment
from tests.casework.child_protection.making import a_conference
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated

pytestmark = pytest.mark.django_db
STARTED, FRIDAY = date(2026, 11, 2), date(2026, 11, 27)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


def decided(child: ChildAtConference, chair: Any, verdict: deciding.Verdict) -> None:
    came = {one.pk: "in_person" for one in child.conference.invitations.all()}
    meeting = conferences.Meeting(FRIDAY, came, why_without_quorum="" if came else "Nobody could come")
    conferences.hold(child.conference, meeting, by=chair, at=FRIDAY_TEATIME)
    found = ChildAtConference.objects.select_related("conference", "person").get(pk=child.pk)
    deciding.decide(found, verdict, by=chair, at=FRIDAY_TEATIME)


@pytest.mark.parametrize("child_in_need", [True, False])
def test_need_gives_way_to_protection_which_steps_down_only_where_the_review_says_so(child_in_need: bool) -> None:
    first, chair = a_conference()
    need = begin_plan(first.person, started_on=STARTED, by=chair, at=FRIDAY_TEATIME)
    decided(first, chair, deciding.Verdict("plan_made", "NEG", "Alone at night", child_in_need=True))
    need.refresh_from_db()
    assert (need.ended_on, need.end_reason) == (FRIDAY, "protection")
    assert not ChildInNeedPlan.objects.filter(ended_on=None).exists()  # not beside the plan that was made

    review = ChildAtConference.objects.get(kind="review")
    decided(review, chair, deciding.Verdict("plan_ended", "", "Safe", child_in_need=child_in_need))
    protection = ChildProtectionPlan.objects.get()
    assert protection.ended_on == FRIDAY
    after = list(ChildInNeedPlan.objects.filter(ended_on=None).values_list("started_on", "protection_id"))
    assert after == ([(FRIDAY, protection.pk)] if child_in_need else [])


def test_a_manager_ends_a_plan_on_its_page_and_early_help_is_told_what_is_left_to_do(sign_in: Any) -> None:
    team, child = a_team(), a_child()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    allocated(child, worker.worker)
    plan = begin_plan(child, started_on=STARTED, by=worker, at=FRIDAY_TEATIME)
    address = reverse("end_cin_plan", args=[plan.pk])
    sent = {"ended_on_day": "27", "ended_on_month": "11", "ended_on_year": "2026", "end_reason": "stepped_down"}
    assert sign_in(worker).post(address, sent).status_code == 404
    client = sign_in(manager)
    refused = client.post(address, sent)
    assert refused.status_code == 422 and "Say what early help is asked to do" in refused.content.decode()
    early = client.post(address, {**sent, "ended_on_day": "1", "why_ended": "Sleep"})
    assert early.status_code == 422  # the day before it began
    plan.refresh_from_db()
    assert plan.ended_on is None
    assert client.post(address, {**sent, "why_ended": "Help Mo with nights"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.ended_on, plan.end_reason) == (FRIDAY, "stepped_down")
    assert FamilyAssessment.objects.get().stepped_down_reason == "Help Mo with nights"
    assert client.post(address, {**sent, "why_ended": "Again"}).status_code == 422
