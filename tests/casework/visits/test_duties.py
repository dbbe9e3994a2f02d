"""A child to whom several duties are owed: one visit answers those that it is said to answer, and those alone."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.assessment.models import Assessment
from casework.canonical import dataset
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.chronology.lines import lines_of
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person
from casework.story.story import story_of
from casework.visits import actions, queries
from casework.visits.models import ChildVisited
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated
from tests.casework.visits.making import boxes

pytestmark = pytest.mark.django_db

AT = FRIDAY_TEATIME
BEGAN = date(2026, 11, 23)
DUTIES = ("adoption", "looked_after", "child_protection", "private_fostering", "child_in_need", "assessment")
NO_CLOCK = {"child_in_need", "assessment"}
"""How often a child in need is visited is written on the plan; that the child was seen is a fact of every visit."""

CARRIED = {
    "adoption": "INSERT INTO carried.adoptions (adoption_id, child_id, decided_on, placed_on) "
    "VALUES (%(key)s, %(child)s, %(on)s, %(on)s)",
    "looked_after": "INSERT INTO carried.care_periods (care_period_id, child_id, started_on) "
    "VALUES (%(key)s, %(child)s, %(on)s); INSERT INTO carried.placements "
    "(placement_id, child_id, care_period_id, started_on, placement_type) "
    "VALUES (%(key)s, %(child)s, %(key)s, %(on)s, 'U6')",
}


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def owed(child: Person, *duties: str, since: date = BEGAN) -> None:
    """Have these duties owed to the child, each with its clock where it has one."""
    for duty in duties:
        match duty:
            case "child_protection":
                ChildProtectionPlan.objects.create(person=child, started_on=since, latest_category="NEG")
            case "child_in_need":
                ChildInNeedPlan.objects.create(person=child, started_on=since)
            case "private_fostering":
                child.private_fostering.create(notified_on=since)
            case "assessment":
                Assessment.objects.create(person=child, started_on=since, kind="single")
            case _:
                with connection.cursor() as cursor:
                    named = {"key": f"{duty}-{child.pk}", "child": child.reference, "on": since}
                    for statement in CARRIED[duty].split(";"):
                        cursor.execute(statement, named)
    bring_up_to_date(people=[child.pk], at=AT)


def stopped(part: ChildVisited) -> set[str]:
    """The duties whose clocks the visit stopped."""
    events = set[str]().union(*(queries.answers(clock) for clock in queries.stopped_by(part, AT)))
    return {kind for kind, event in queries.MADE.items() if event in events}


def said(chosen: Collection[str]) -> set[str]:
    """The duties that a visit is then said to answer: a visit to a child placed for adoption is no other visit of the
    kinds that are under no plan."""
    return set(chosen) - ({"assessment"} if "adoption" in chosen else set())


some = st.sets(st.sampled_from(DUTIES), min_size=1)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owes=some, data=st.data())
def test_the_clocks_that_stop_are_those_of_the_duties_it_answers(owes: set[str], data: st.DataObject) -> None:
    worker, child = a_user("social_worker"), a_child()
    owed(child, *owes)
    chosen, then = (data.draw(st.sets(st.sampled_from(sorted(owes)), min_size=1)) for _ in range(2))
    own = actions.Own(child, seen=True, duties=[duty for duty in DUTIES if duty in chosen])
    [part] = actions.record_visit(actions.Shared(AT), [own], by=worker, at=AT)
    assert (set(part.duties), stopped(part)) == (said(chosen), chosen - NO_CLOCK)
    right = actions.Own(child, seen=True, duties=[duty for duty in DUTIES if duty in then])
    actions.put_right(part, right, version=part.version, by=worker, at=AT)
    part.refresh_from_db()
    assert (set(part.duties), stopped(part)) == (said(then), then - NO_CLOCK)
    missed = actions.Own(child, seen=False, not_seen_because="Out")
    actions.put_right(part, missed, version=part.version, by=worker, at=AT)
    assert (set(part.duties), stopped(part)) == (said(then), set())
    assert [queries.visits_of(child, kind=kind) == [part] for kind in DUTIES] == [kind in said(then) for kind in DUTIES]


def test_a_visit_answers_all_that_was_open_on_its_day_and_is_counted_once() -> None:
    worker, child = a_user("social_worker", team=a_team()), a_child("Ada")
    owed(child, "child_protection", "looked_after")
    owed(child, "child_in_need", since=date(2026, 11, 26))
    on_wednesday = actions.Shared(AT - timedelta(days=2))
    [part] = actions.record_visit(on_wednesday, [actions.Own(child, seen=True)], by=worker, at=AT)
    assert part.duties == ("looked_after", "child_protection")
    assert part.answers == "Visit to a looked-after child, child protection visit"
    read = dataset(AT.date())
    [row] = read.collect(read.lazy("visits"))[0].to_dicts()
    assert (row["kind"], row["cp_plan_id"], row["care_period_id"], row["cin_plan_id"]) == (
        "looked_after", part.protection_plan.reference, f"looked_after-{child.pk}", None,
    )  # fmt: skip
    [line] = [one for one in lines_of([child], AT.date()) if one.table == "visits"]
    assert set(line.kinds) == {"child.seen", "child_protection_visit.made", "looked_after_visit.made"}
    told = [one.sentence for _, year in story_of(child, AT.date()) for one in year]
    assert sum("came to see you" in one for one in told) == 1


def test_where_things_stand_says_every_duty_of_the_last_visit_and_by_when_the_next_of_each_is(sign_in: Any) -> None:
    worker, ada = a_user("social_worker", team=a_team()), a_child("Ada")
    owed(ada, "child_protection", "looked_after")
    allocated(ada, worker.worker)
    actions.record_visit(actions.Shared(AT - timedelta(days=2)), [actions.Own(ada, seen=True)], by=worker, at=AT)
    page = sign_in(worker).get(reverse("person", args=[ada.reference])).content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", " ", html.unescape(page)).split()).split("Where things stand")[1]
    assert "25 November 2026 (visit to a looked-after child, child protection visit) 2 days ago" in shown
    last_seen = shown.split("2 days ago")[1].split("Last talked over")[0]
    for clock in queries.next_due([ada.pk], AT):
        assert f"{clock.title} by {clock.due_said}, {clock.words}" in last_seen
    assert last_seen.count(" by ") == 2


def test_the_form_asks_where_there_is_more_than_one_and_says_by_when_each_is_due(sign_in: Any) -> None:
    worker, ada, ben = a_user("social_worker", team=a_team()), a_child("Ada"), a_child("Ben")
    owed(ada, "child_protection", "looked_after"), owed(ben, "child_protection")
    for child in (ada, ben):
        allocated(child, worker.worker)
    client, address = sign_in(worker), reverse("record_visit", args=[ada.reference])
    page = client.get(f"{address}?kind=child_protection").content.decode()
    assert "Which duties does it answer?" in page
    # Twenty working days from 23 November, Christmas not among them; a week from the placement.
    assert "Child protection visit, due by 21 December 2026" in page
    assert "Visit to a looked-after child, due by 30 November 2026" in page
    assert "Which duties" not in client.get(reverse("record_visit", args=[ben.reference])).content.decode()
    sent = {**boxes("visited_at", AT), f"seen_{ada.pk}": "yes"}
    assert "Tick at least one duty" in client.post(address, sent).content.decode()
    visit = client.post(address, {**sent, f"duties_{ada.pk}": ["child_protection"]}, follow=True).content.decode()
    [part] = ChildVisited.objects.all()
    assert (part.duties, stopped(part)) == (("child_protection",), {"child_protection"})
    assert "Which duty" in visit and "Visit to a child on a protection plan every 20 days" in visit
    both = {f"seen_{ada.pk}": "yes", f"duties_{ada.pk}": ["looked_after", "child_protection"], "version": part.version}
    page = client.get(reverse("put_visit_right", args=[part.pk])).content.decode()
    assert page.count(" checked") >= 1
    client.post(reverse("put_visit_right", args=[part.pk]), both)
    assert stopped(part) == {"looked_after", "child_protection"}
    visits = client.get(reverse("visits_of_person", args=[ada.reference]), {"kind": "child_protection"})
    assert "Visit to a looked-after child, child protection visit" in visits.content.decode()


def test_a_visit_late_for_one_duty_and_in_time_for_another_says_for_which(sign_in: Any) -> None:
    worker, ada = a_user("social_worker", team=a_team()), a_child("Ada")
    owed(ada, "child_protection", "looked_after", since=date(2026, 11, 9))
    allocated(ada, worker.worker)
    actions.record_visit(actions.Shared(AT), [actions.Own(ada, seen=True)], by=worker, at=AT)
    page = sign_in(worker).get(reverse("visits_of_person", args=[ada.reference])).content.decode()
    assert "Visit within one week of any placement was due by 16 November 2026." in page
    assert "It was due by" not in page
