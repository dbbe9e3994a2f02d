"""Child in need reviews: how the plan goes, what is recommended, and a manager's agreement that ends it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.canonical import dataset_of
from casework.child_in_need.actions import end_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildAtConference, Conference
from casework.common.refused import Refused
from casework.deadlines.actions import bring_up_to_date
from casework.deadlines.queries import running
from casework.meetings.actions import arranging, ending, holding
from casework.meetings.models import ChildAtMeeting
from casework.meetings.queries.conferences import since_the_last
from casework.people.models import Person
from casework.planning.actions.progress import Said
from casework.planning.models import Action, ActionWording, Need, Outcome, PlanVersion
from casework.tasks.models import SignOff
from tests.casework.making import a_child, a_team, a_user, allocated
from tests.casework.meetings.making import GROUP, at, clock, day, on_a_plan

pytestmark = pytest.mark.django_db
REVIEW, NOW = "cin_review", at(2026, 11, 30, 12, 0)


def in_need(child: Person, *actions: str) -> tuple[ChildInNeedPlan, list[Action]]:
    """The child's plan since September, with those actions in force."""
    plan = ChildInNeedPlan.objects.create(person=child, started_on=date(2026, 9, 1))
    version = PlanVersion.objects.create(
        person=child, need_plan=plan, number=1, drawn_up_on=date(2026, 9, 1), in_force_from=date(2026, 9, 1)
    )
    outcome = Outcome.objects.create(need=Need.objects.create(person=child))
    made = [Action.objects.create(outcome=outcome) for _ in actions]
    for action, what in zip(made, actions, strict=True):
        ActionWording.objects.create(plan_version=version, action=action, what=what, owner_named="Mo")
    bring_up_to_date(people=[child.pk], at=NOW)
    return plan, made


def test_from_a_review_that_recommends_the_end_to_a_manager_who_agrees(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: NOW)
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    child = a_child("Ada")
    allocated(child, worker.worker)
    plan, (school, sleep) = in_need(child, "Mo rings the school", "Mo makes a bedtime")
    client, managers = sign_in(worker), sign_in(manager)

    page = f"/people/{child.reference}/meetings/cin_review/record"
    shown = client.get(page).content.decode()
    assert "Mo rings the school" in shown and "the next has to be held by 11 January 2027" in shown
    own = f"_{child.pk}"
    answers: dict[str, Any] = {
        **day("held_on", date(2026, 11, 30)), "came": [f"social_care:{worker.name}"],
        f"what_changed{own}": "She sleeps", f"goes_{school.pk}{own}": "stuck", f"goes_{sleep.pk}{own}": "done",
        f"recommendation{own}": "close", **day("next_at", date(2027, 1, 8)), "next_at_time": "10:00",
    }  # fmt: skip
    refused = client.post(page, answers)
    assert list(refused.context["form"].errors) == [f"way_{school.pk}{own}"]
    answers[f"way_{school.pk}{own}"] = "No telephone"
    for lacking, answer in ((f"recommendation_because{own}", "Enough help"), ("manager", manager.pk)):
        refused = client.post(page, answers)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [lacking])
        answers[lacking] = answer
    here = client.post(page, answers)["Location"]

    review = ChildAtMeeting.objects.get(written=True)
    shown = client.get(here).content.decode()
    assert "No telephone" in shown and "Stuck" in shown and "Waiting" in shown
    school.refresh_from_db(), sleep.refresh_from_db()
    assert (school.open, sleep.done_on) == (True, date(2026, 11, 30))
    assert clock(child, "cin_plan_review_local", NOW).row.due_on == date(2027, 1, 11)
    asked = SignOff.objects.get()
    with pytest.raises(Refused, match="send it back first"):
        holding.write_part(review, holding.Part("x", recommendation="continue"), version=None, by=worker, at=NOW)
    with pytest.raises(Refused, match="A manager agrees"):
        ending.agree(review, asked, by=a_user("newly_qualified"), at=NOW)

    # Sent back, asked again, agreed: the plan ends and its clock stops.
    managers.post(f"{here}/answer", {"answer": "back", "comment": "Who rings the school?"})
    assert "Who rings the school?" in client.get(here).content.decode()
    assert client.post(f"{here}/ask", {"of": manager.pk}).status_code == 302
    assert managers.post(f"{here}/answer", {"answer": "agree"}).status_code == 302
    assert ChildAtMeeting.objects.get(written=False).meeting.cancelled_because == "The plan has ended."
    plan.refresh_from_db()
    assert (plan.ended_on, plan.end_reason, plan.why_ended) == (date(2026, 11, 30), "needs_met", "Enough help")
    assert not any(one.row.rule == "cin_plan_review_local" for one in running([child.pk], at=NOW))
    with pytest.raises(Refused, match="agreed to it"):
        ending.agree(review, SignOff.objects.latest("pk"), by=manager, at=NOW)
    read = dataset_of([child.reference], NOW.date())
    (row,) = read.collect(read.lazy("cin_reviews"))[0].to_dicts()
    assert (row["cin_plan_id"], row["held_on"]) == (plan.reference, date(2026, 11, 30))


def test_one_that_steps_up_offers_the_strategy_discussion_and_another_childs_action_is_refused(sign_in: Any) -> None:
    worker, child, other = a_user("social_worker"), a_child(), a_child()
    allocated(child, worker.worker)
    in_need(child)
    _, (theirs,) = in_need(other, "x")
    held = holding.Held(date(2026, 11, 27), GROUP)
    part = holding.Part("Worse", recommendation="step_up", recommendation_because="A burn")
    with pytest.raises(Refused, match="not in a plan of"):
        wrong = holding.Part("x", recommendation="continue", progress={theirs.pk: Said("done")})
        holding.hold(REVIEW, {child: wrong}, held, by=worker, at=NOW)
    holding.hold(REVIEW, {child: part}, held, by=worker, at=NOW)
    shown = sign_in(worker).get(f"/meetings/{ChildAtMeeting.objects.get().pk}").content.decode()
    assert f"/people/{child.reference}/strategy" in shown and not SignOff.objects.exists()


def test_the_chair_of_a_review_conference_sees_the_core_groups_since_the_last_and_those_missed(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: NOW)
    chair, child = a_user("conference_chair"), a_child()
    first = Conference.objects.create(held_on=date(2026, 9, 1))
    ChildAtConference.objects.create(conference=first, person=child, kind="initial", outcome="plan_made")
    on_a_plan(child, date(2026, 9, 1), NOW)
    for on in (date(2026, 9, 14), date(2026, 10, 20)):  # the second by 12 October, the third by 17 November
        holding.hold("core_group", {child: holding.Part("x")}, holding.Held(on, GROUP), by=chair, at=NOW)
    review = ChildAtConference.objects.create(conference=Conference.objects.create(), person=child, kind="review")
    found = since_the_last(review, chair, NOW)
    assert found is not None
    assert [one.meeting.held_on for one in found["held"]] == [date(2026, 9, 14), date(2026, 10, 20)]
    assert [(one.row.due_on, one.tag) for one in found["late"]] == [
        (date(2026, 10, 12), "Late"), (date(2026, 11, 17), "Overdue"),
    ]  # fmt: skip
    shown = sign_in(chair).get(f"/conferences/{review.pk}").content.decode()
    assert "Core groups since 1 September 2026" in shown and "Due by 17 November 2026" in shown


def test_a_review_goes_on_for_the_sister_whose_plan_does(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: NOW)
    worker, ada, bea = a_user("social_worker"), a_child("Ada"), a_child("Bea")
    for child in (ada, bea):
        allocated(child, worker.worker)
        in_need(child)
    made = arranging.arrange(
        REVIEW, [ada, bea], planned_at=at(2026, 12, 7, 10, 0), place="", chair=None, members=GROUP, by=worker, at=NOW
    )
    end_plan(bea.child_in_need_plans.get(), ended_on=NOW.date(), end_reason="moved", by=worker, at=NOW)
    later = at(2026, 12, 7, 12, 0)
    monkeypatch.setattr("casework.common.clock.now", lambda: later)
    hers, her_sisters = (made.children.get(person=one).pk for one in (ada, bea))
    client = sign_in(worker)
    assert "plan ended on 30 November 2026" in client.get(f"/meetings/{her_sisters}").content.decode()
    assert list(client.get(f"/meetings/{hers}/hold").context["form"].people) == [str(ada.pk)]
    goes_on = {ada: holding.Part("Better", recommendation="continue")}
    holding.hold(REVIEW, goes_on, holding.Held(date(2026, 12, 7), GROUP), meeting=made, by=worker, at=later)
    rows = dataset_of([ada.reference, bea.reference], later.date())
    assert rows.collect(rows.lazy("cin_reviews"))[0]["child_id"].to_list() == [ada.reference]
