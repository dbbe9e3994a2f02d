"""A conference that was held is put right: who came, what was said, the category, who did not agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.canonical import dataset
from casework.child_protection.actions import conferences, correcting, deciding
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan
from casework.common.refused import Refused
from tests.casework.child_protection.making import AT, a_conference
from tests.casework.making import a_child, a_user

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def decided(outcome: str = "plan_made", category: str = "NEG") -> tuple[ChildAtConference, Any]:
    """Held today with everybody there, and decided."""
    child, chair = a_conference()
    came = {one.pk: "in_person" for one in child.conference.invitations.all()}
    conferences.hold(child.conference, conferences.Meeting(TODAY, came), by=chair, at=AT)
    deciding.decide(child, deciding.Verdict(outcome, category, "x"), by=chair, at=AT)
    return again(child), chair


def again(child: ChildAtConference) -> ChildAtConference:
    return ChildAtConference.objects.select_related("conference", "person", "plan").get(pk=child.pk)


def test_a_category_chosen_by_mistake_is_put_right_on_the_plan_and_in_the_returns(sign_in: Any) -> None:
    child, chair = decided()
    police = child.conference.invitations.get(agency="police")
    address = reverse("correct_conference_decision", args=[child.pk])
    client = sign_in(chair)
    assert address in client.get(reverse("conference", args=[child.pk])).content.decode()
    form = client.get(address).context["form"]
    assert "outcome" not in form.fields and form.initial["category"] == "NEG"
    answers = {"category": "EMO", "reasons": "y", f"agrees_{police.pk}": "no", f"because_{police.pk}": "Too soon"}
    assert client.post(address, answers).status_code == 302
    plan = ChildProtectionPlan.objects.get()
    assert (plan.initial_category, plan.latest_category) == ("EMO", "EMO")
    assert list(plan.categories.values_list("category", "started_on")) == [("EMO", TODAY)]
    child = again(child)
    assert (child.category, child.reasons, child.outcome) == ("EMO", "y", "plan_made")
    assert child.agency_views.get(invitation=police).because == "Too soon"
    rows = dataset(TODAY).collect(dataset(TODAY).lazy("cp_plans"))[0]
    assert rows["initial_category"].to_list() == ["EMO"]


def test_the_first_category_put_right_after_a_review_changed_it_leaves_the_last_as_it_is() -> None:
    child, chair = decided()
    plan = ChildProtectionPlan.objects.get()
    review = plan.reviews.get()
    review.conference.held_on = date(2027, 2, 1)
    review.conference.save()
    plan.categories.create(category="PHY", started_on=date(2027, 2, 1))
    ChildAtConference.objects.filter(pk=review.pk).update(outcome="plan_continued", category="PHY")
    ChildProtectionPlan.objects.update(latest_category="PHY")
    correcting.put_decision_right(child, deciding.Verdict("plan_made", "EMO", "y"), version=None, by=chair, at=AT)
    plan.refresh_from_db()
    assert (plan.initial_category, plan.latest_category) == ("EMO", "PHY")
    kept = again(review)
    correcting.put_decision_right(kept, deciding.Verdict("plan_continued", "EMO", "y"), version=None, by=chair, at=AT)
    plan.refresh_from_db()
    assert (plan.initial_category, plan.latest_category) == ("EMO", "EMO")
    assert list(plan.categories.values_list("category", "started_on")) == [("EMO", TODAY)]


def test_who_came_is_put_right_and_somebody_who_was_not_invited_is_added(sign_in: Any) -> None:
    child, chair = decided()
    held = child.conference
    social_care = held.invitations.get(agency="social_care")
    address = reverse("correct_conference", args=[child.pk])
    answers = {f"attended_{one.pk}": one.attended for one in held.invitations.all()} | {
        f"attended_{social_care.pk}": "absent", "came_too": "Tess Teacher", "came_for": "education",
        "discussion": "Late mornings",
    }  # fmt: skip
    client = sign_in(chair)
    refused = client.post(address, answers)
    assert refused.status_code == 422 and "It was not quorate" in refused.content.decode()
    assert not held.invitations.filter(name="Tess Teacher").exists()
    assert client.post(address, answers | {"why_without_quorum": "It could not wait"}).status_code == 302
    held.refresh_from_db()
    assert (held.quorate, held.discussion, held.held_on) == (False, "Late mornings", TODAY)
    teacher = held.invitations.get(name="Tess Teacher")
    assert (teacher.agency, teacher.there) == ("education", True)


def test_a_former_record_that_does_not_say_who_came_stays_quorate_when_the_rest_is_put_right() -> None:
    child, chair = decided()
    child.conference.invitations.update(attended="")
    meeting = conferences.Meeting(TODAY, {}, discussion="Late mornings")
    correcting.put_right(child.conference, meeting, version=None, by=chair, at=AT)
    child.conference.refresh_from_db()
    assert (child.conference.quorate, child.conference.discussion) == (True, "Late mornings")


def test_nobody_but_the_chair_puts_it_right_and_nothing_before_it_is_held(sign_in: Any) -> None:
    child, chair = a_conference("initial", a_child())
    assert sign_in(chair).get(reverse("correct_conference", args=[child.pk])).status_code == 302
    with pytest.raises(Refused, match="Nothing is decided yet"):
        correcting.put_decision_right(child, deciding.Verdict("no_plan"), version=None, by=chair, at=AT)
    meeting, worker = conferences.Meeting(TODAY, {}), a_user("social_worker")
    with pytest.raises(Refused, match="The chair"):
        correcting.put_right(child.conference, meeting, version=None, by=worker, at=AT)


def test_an_agency_that_does_not_agree_says_why_here_too() -> None:
    child, chair = decided("no_plan", "")
    police = child.conference.invitations.get(agency="police")
    verdict = deciding.Verdict("no_plan", "", "x", {police.pk: deciding.View(False)})
    with pytest.raises(Refused, match="why the agency does not agree"):
        correcting.put_decision_right(child, verdict, version=None, by=chair, at=AT)
