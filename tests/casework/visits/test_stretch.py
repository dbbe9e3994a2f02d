"""How long a child has gone without a visit: what the plan says of it, and what was tried."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person
from casework.planning.models import PlanVersion
from casework.visits.models import ChildVisited, Visit
from casework.visits.stretch import IN_PLANS, SINCE, Stretch, next_by, stretch_of
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated

pytestmark = pytest.mark.django_db

AT = FRIDAY_TEATIME
TODAY = AT.date()  # Friday 27 November 2026.


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def visited(child: Person, on: date, *, seen: bool = True, **more: Any) -> ChildVisited:
    because = "" if seen else "Nobody came to the door."
    visit = Visit.objects.create(visited_on=on)
    return ChildVisited.objects.create(
        visit=visit,
        person=child,
        kind=more.pop("kind", "child_protection"),
        seen=seen,
        not_seen_because=because,
        **more,
    )


def says(plan: ChildProtectionPlan | ChildInNeedPlan, weeks: int | None, since: date, **more: Any) -> PlanVersion:
    of = {"protection_plan" if isinstance(plan, ChildProtectionPlan) else "need_plan": plan}
    return PlanVersion.objects.create(
        person=plan.person, number=more.pop("number", 1), drawn_up_on=since, in_force_from=since,
        seen_every_weeks=weeks, **of, **more,
    )  # fmt: skip


def on_a_plan(child: Person, began: date) -> ChildProtectionPlan:
    return ChildProtectionPlan.objects.create(person=child, started_on=began, latest_category="NEG")


def stretch(child: Person) -> Stretch:
    return stretch_of(SINCE.ask(child.pk), IN_PLANS.ask(child.pk), TODAY)


def test_attempts_since_the_child_was_last_seen_are_told_the_latest_first() -> None:
    ada = a_child()
    before, missed = visited(ada, date(2026, 10, 2), seen=False), visited(ada, date(2026, 11, 2), seen=False)
    assert [one.pk for one in stretch(ada).attempts] == [missed.pk, before.pk]
    assert (stretch(ada).seen_on, stretch(ada).days) == (None, 0)
    visited(ada, date(2026, 11, 2))
    assert (stretch(ada).attempts, stretch(ada).seen_on, stretch(ada).days) == ((), date(2026, 11, 2), 25)
    later = visited(ada, date(2026, 11, 16), seen=False, what_next="I write to Mum.")
    [attempt] = stretch(ada).attempts
    assert (attempt.pk, attempt.on, attempt.because, attempt.next) == (
        later.pk, date(2026, 11, 16), "Nobody came to the door.", "I write to Mum."
    )  # fmt: skip


def test_a_plans_own_weeks_count_from_the_last_visit_under_it() -> None:
    ada = a_child()
    plan = on_a_plan(ada, date(2026, 10, 5))
    version = says(plan, None, date(2026, 10, 5))
    assert stretch(ada).rhythms == ()
    version.seen_every_weeks = 2
    version.save()
    [one] = stretch(ada).rhythms
    assert (one.plan, one.weeks, one.due_on, one.over) == ("child protection plan", 2, date(2026, 10, 19), 39)
    visited(ada, date(2026, 9, 30), protection_plan=plan)  # Before the plan: no visit under it.
    visited(ada, date(2026, 11, 12), kind="looked_after", protection_plan=plan)
    visited(ada, date(2026, 11, 20), kind="assessment")
    [one] = stretch(ada).rhythms
    assert (one.visited_on, one.due_on, one.over) == (date(2026, 11, 12), date(2026, 11, 26), 1)
    version.replaced_on = TODAY
    version.save()
    says(plan, 1, TODAY, number=2)
    [one] = stretch(ada).rhythms
    assert (one.due_on, one.over) == (TODAY, 0)  # Not late before the plan said so.
    plan.ended_on = TODAY
    plan.save()
    assert stretch(ada).rhythms == ()


def test_each_plan_that_says_so_has_its_own_line_the_first_due_first() -> None:
    ada = a_child()
    need = ChildInNeedPlan.objects.create(person=ada, started_on=date(2026, 11, 2))
    says(need, 6, date(2026, 11, 2)), says(on_a_plan(ada, date(2026, 11, 9)), 2, date(2026, 11, 9))
    visited(ada, date(2026, 11, 16), kind="child_in_need", need_plan=need)
    assert [(one.plan, one.due_on) for one in stretch(ada).rhythms] == [
        ("child protection plan", date(2026, 11, 23)), ("child in need plan", date(2026, 12, 28)),
    ]  # fmt: skip


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(weeks=st.integers(1, 52), since=days, says_so_from=days, later=st.integers(1, 400))
def test_the_next_is_so_many_weeks_on_and_a_later_visit_is_never_followed_sooner(
    weeks: int, since: date, says_so_from: date, later: int
) -> None:
    due = next_by(weeks, since, says_so_from)
    assert due >= says_so_from and (due - since).days >= 7 * weeks
    assert due == says_so_from or (due - since).days == 7 * weeks
    assert next_by(weeks, since + timedelta(later), says_so_from) >= due


def test_the_visits_and_the_overview_say_how_long_it_is_and_what_was_tried(sign_in: Any) -> None:
    worker, ada, ben, cy = a_user("social_worker", team=a_team()), a_child("Ada"), a_child("Ben"), a_child("Cy")
    for child in (ada, ben, cy):
        allocated(child, worker.worker)
    plan, other = on_a_plan(ada, date(2026, 10, 5)), on_a_plan(ben, date(2026, 10, 5))
    says(plan, 2, date(2026, 10, 5))
    visited(ada, date(2026, 11, 6), protection_plan=plan), visited(ada, date(2026, 11, 19), seen=False)
    visited(ben, date(2026, 10, 12), protection_plan=other)
    bring_up_to_date(people=[ada.pk, ben.pk], at=AT)
    client = sign_in(worker)
    for page, seen in (("visits_of_person", "6 November 2026</strong>, 21 days ago"), ("person", ">6 November 2026 (")):
        text = client.get(reverse(page, args=[ada.reference])).content.decode()
        assert seen in text and text.count("last seen") + text.count("Last seen") == 1, page
        assert "7 days over" in text and "a visit every 2 weeks: the next by <strong>20 November 2026" in text
        assert "Tried once since" in text and ": Nobody came to the door." in text
    # Twenty working days from 12 October are over, and nobody tried.
    text = client.get(reverse("person", args=[ben.reference])).content.decode()
    assert "every 20 days</a> by 9 November 2026" in text and "No attempt since is recorded." in text
    text = client.get(reverse("person", args=[cy.reference])).content.decode()
    assert "Cy Example" in text and "Last seen" not in text
