"""What authorising an assessment opens in the stages after it, and what does the tasks that it gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.assessment import actions
from casework.assessment.models import Assessment
from casework.assessment.outcomes import tasks_given, what_follows
from casework.child_in_need.actions import begin_plan, end_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.actions import conferences, discussions, enquiries
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference, DiscussedChild
from casework.common.refused import Refused
from casework.people.models import Person
from casework.planning.actions import versions
from casework.planning.after_assessment import needs_of
from casework.planning.models import PlanVersion
from casework.tasks.models import Task
from tests.casework.assessment.test_assessing import AT, TODAY, referred, staff
from tests.casework.child_protection.making import enquired, signed_off
from tests.casework.making import a_child, allocated, related

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def assessed(*children: Person, needs: str = "", at: datetime = AT) -> tuple[list[Assessment], Any, Any]:
    """Assessments of these together, sent to the manager of the worker's team; with the two of them."""
    worker, manager = staff()
    for child in children:
        allocated(child, worker.worker)
    made = actions.start_assessments(referred(*children), worker=worker.worker, by=worker, at=at)
    for one in made:
        parts = {"analysis": "x", "proposed_outcome": "closed", "why_not_seen": "Away", "needs": needs}
        actions.write_own_part(one, parts, version=None, by=worker, at=at)
        actions.set_factors(one, ["21"], by=worker, at=at)
        one.refresh_from_db()
    return made, worker, manager


def authorised(made: Iterable[Assessment], outcome: str, worker: Any, manager: Any, at: datetime = AT) -> None:
    for one in made:
        asked = actions.ask_for_authorisation(one, of=manager, by=worker, at=at)
        actions.authorise(one, asked, outcome=outcome, direction="See her school.", by=manager, at=at)
        one.refresh_from_db()


def to_do(child: Person) -> list[tuple[str, str]]:
    """The page of each task there is for the child, and what came of it where it is done."""
    return list(Task.objects.filter(person=child).order_by("pk").values_list("address", "outcome"))


def test_a_child_in_need_plan_begins_as_a_draft_with_the_needs_found_until_it_is_agreed(sign_in: Any) -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child, needs="- A quiet room\n\n- Help with reading\n")
    authorised(made, "child_in_need", worker, manager)
    plan = ChildInNeedPlan.objects.get()
    assert (plan.person, plan.assessment, plan.started_on, plan.worker) == (child, made[0], TODAY, worker.worker)
    draft = PlanVersion.objects.get(need_plan=plan)
    assert [one.what for one in draft.needs.all()] == ["A quiet room", "Help with reading"] and draft.draft
    address = reverse("plan", args=["need", plan.pk])
    assert to_do(child) == [(address, "")]
    assert "not agreed yet" in what_follows(made[0])[0].words
    client = sign_in(worker)
    for page in ("/", "/tasks", f"/people/{child.reference}", f"/assessments/{made[0].pk}"):
        assert f'href="{address}"' in client.get(page).content.decode(), page
    versions.bring_into_force(draft, in_force_from=TODAY, by=worker, at=LATER)
    assert to_do(child) == [(address, "The plan is agreed from 27 November 2026.")]
    assert "agreed on 27 November 2026" in what_follows(made[0])[0].words
    assert "Done" in client.get(f"/assessments/{made[0].pk}").content.decode()


def test_a_plan_that_is_open_goes_on_and_its_end_does_the_task() -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child)
    plan = begin_plan(child, started_on=TODAY, by=worker, at=AT)
    authorised(made, "child_in_need", worker, manager)
    address = reverse("plan", args=["need", plan.pk])
    assert ChildInNeedPlan.objects.count() == 1 and to_do(child) == [(address, "")]
    end_plan(plan, ended_on=TODAY, end_reason="family_ended", by=manager, at=LATER)
    assert to_do(child) == [(address, "The plan ended on 27 November 2026.")]


def test_an_assessment_does_not_close_the_case_over_a_plan_that_is_open() -> None:
    made, worker, manager = assessed(a_child("Ada"))
    begin_plan(made[0].person, started_on=TODAY, by=worker, at=AT)
    with pytest.raises(Refused, match="child in need plan since 27 November 2026"):
        authorised(made, "closed", worker, manager)
    assert Assessment.objects.get().authorised_on is None


def test_under_a_child_protection_plan_none_begins() -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child)
    ChildProtectionPlan.objects.create(person=child, started_on=TODAY)
    authorised(made, "child_in_need", worker, manager)
    assert not ChildInNeedPlan.objects.exists()
    assert to_do(child) == [(reverse("ask_for_conference", args=[child.reference]), "")]


def test_a_strategy_discussion_is_recorded_on_a_form_filled_in_which_does_the_task_of_each_child(sign_in: Any) -> None:
    ada, ben, cal = a_child("Ada"), a_child("Ben"), a_child("Cal")
    related(ada, ben, "sibling"), related(ada, cal, "sibling")
    made, worker, manager = assessed(ada, ben)
    authorised(made, "strategy_discussion", worker, manager)
    address = reverse("record_strategy", args=[ada.reference])
    assert to_do(ada) == [(address, "")]
    shown = sign_in(worker).get(address).content.decode()
    assert "See her school." in shown and shown.count("checked") == 2
    held = discussions.Held(LATER - timedelta(minutes=30), how="video", why="x")
    parts = discussions.record_discussion([ada, ben, cal], held, by=worker, at=LATER)
    assert [one.assessment for one in parts] == [*made, None]
    assert [to_do(one)[0][1] for one in (ada, ben)] == ["The strategy discussion was held on 27 November 2026."] * 2
    (led_to,) = what_follows(made[0])
    assert led_to.words == "Strategy discussion held on 27 November 2026, not decided yet"


def test_an_old_discussion_recorded_late_does_not_do_the_task() -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child)
    authorised(made, "strategy_discussion", worker, manager)
    held = discussions.Held(AT - timedelta(days=300), how="video", why="x")
    discussions.record_discussion([child], held, by=worker, at=LATER)
    assert to_do(child)[0][1] == ""
    assert DiscussedChild.objects.get().assessment is None


def test_nothing_is_left_to_discuss_where_an_enquiry_began_during_the_assessment() -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child, at=AT - timedelta(days=1))
    enquired(child, by=worker)
    authorised(made, "strategy_discussion", worker, manager)
    assert to_do(child) == [] and len(what_follows(made[0])) == 1


def test_a_conference_is_asked_for_once_for_those_assessed_together_and_a_day_for_it_does_the_task() -> None:
    ada, ben = a_child("Ada"), a_child("", born_on=None, expected_on=TODAY + timedelta(days=90))
    made, worker, manager = assessed(ada, ben)
    authorised(made, "conference", worker, manager)
    children = ChildAtConference.objects.order_by("pk")
    assert [(one.person, one.kind, one.requested_on) for one in children] == [
        (ada, "initial", TODAY), (ben, "pre_birth", TODAY)
    ]  # fmt: skip
    conference = Conference.objects.get()
    address = reverse("conference", args=[children[0].pk])
    assert to_do(ada) == [(address, "")]
    assert "asked for on 27 November 2026" in what_follows(made[0])[0].words
    assert "no section 47 enquiry led to it" in what_follows(made[0])[0].words
    planned = {"planned_at": AT + timedelta(days=5), "place": "", "chair": None, "version": None}
    conferences.arrange(conference, **planned, by=manager, at=LATER)
    assert [to_do(one)[0][1][:13] for one in (ada, ben)] == ["It is planned", "It is planned"]
    assert "planned for" in what_follows(made[0])[0].words


def test_the_enquiry_that_runs_comes_to_the_same_conference() -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child, at=AT - timedelta(days=1))
    (enquiry,) = enquired(child, by=worker)
    authorised(made, "conference", worker, manager)
    assert what_follows(made[0])[0].words.endswith("its day is not set yet")
    signed_off(enquiry, "likely", manager, by=worker)
    assert ChildAtConference.objects.get().enquiry == enquiry
    assert enquiries.Section47Enquiry.objects.get().outcome == "conference"


def test_a_conference_booked_during_the_assessment_leaves_nothing_to_do() -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child, at=AT - timedelta(days=1))
    signed_off(enquired(child, by=worker)[0], "likely", manager, by=worker)
    planned = {"planned_at": AT + timedelta(days=5), "place": "", "chair": None, "version": None}
    conferences.arrange(Conference.objects.get(), **planned, by=manager, at=AT)
    authorised(made, "conference", worker, manager)
    assert ChildAtConference.objects.count() == 1 and to_do(child) == []


@pytest.mark.parametrize("outcome", ["looked_after", "other"])
def test_what_the_record_holds_no_episode_of_is_a_task_for_its_owner(outcome: str) -> None:
    child = a_child("Ada")
    made, worker, manager = assessed(child)
    authorised(made, outcome, worker, manager)
    (task,) = tasks_given(made[0])
    assert (task.owner, task.answered_by, task.address) == (worker, "", reverse("assessment", args=[made[0].pk]))


@pytest.mark.parametrize("outcome", ["child_in_need", "strategy_discussion", "conference", "looked_after"])
def test_nothing_is_opened_for_a_child_who_died(outcome: str) -> None:
    child = a_child("Ada")
    _, worker, manager = assessed(child)
    Person.objects.filter(pk=child.pk).update(died_on=TODAY)
    authorised([Assessment.objects.get()], outcome, worker, manager)
    assert not Task.objects.exists() and not ChildInNeedPlan.objects.exists() and not Conference.objects.exists()


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("", []),
        ("Quiet nights.", ["Quiet nights."]),
        ("• Sleep\n  – School \n\n* A dentist", ["Sleep", "School", "A dentist"]),
        (" - \n", []),
    ],
)
def test_each_line_or_paragraph_is_a_need(text: str, needs: list[str]) -> None:
    assert needs_of(text) == needs
