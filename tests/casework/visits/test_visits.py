"""A brother and sister on plans are visited together: what is asked, recorded, counted and put right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from casework.access.models import Restriction
from casework.canonical import dataset
from casework.canonical.schema import carried
from casework.canonical.settling import settle
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.common.refused import Refused
from casework.deadlines.actions import bring_up_to_date
from casework.tasks.models import Task
from casework.visits import actions, queries
from casework.visits.models import ChildVisited, Visit
from casework.voice.actions import Answer
from casework.voice.models import Said
from goldenthread.dataset.tables import TABLES
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related
from tests.casework.visits.making import boxes

pytestmark = pytest.mark.django_db

AT = FRIDAY_TEATIME


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def on_a_plan(child: Any, started: date = date(2026, 11, 16)) -> ChildProtectionPlan:
    return ChildProtectionPlan.objects.create(person=child, started_on=started, latest_category="NEG")


def test_a_brother_and_sister_are_visited_together(sign_in: Any) -> None:
    worker = a_user("social_worker", team=a_team())
    ada, ben = a_child("Ada"), a_child("Ben")
    related(ada, ben, "sibling")
    for child in (ada, ben):
        allocated(child, worker.worker)
    plan, need = on_a_plan(ada), ChildInNeedPlan.objects.create(person=ben, started_on=date(2026, 11, 2))
    client = sign_in(worker)
    address = reverse("record_visit", args=[ada.reference])
    sent = {
        **boxes("visited_at", AT - timedelta(hours=2)), "place": "At home", "shared": "Both were in.",
        f"seen_{ada.pk}": "yes", f"seen_alone_{ada.pk}": "yes", f"bedroom_seen_{ada.pk}": "yes",
        f"words_{ada.pk}": "I like it here", f"how_{ada.pk}": "talk", f"what_i_saw_{ada.pk}": "Ada drew a house.",
        "task": "Ring the school", f"seen_{ben.pk}": "yes", f"seen_alone_{ben.pk}": "no", "also": [ben.pk],
    }  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "Write how Ben was" in refused.content.decode()
    assert not ChildVisited.objects.exists()
    page = client.post(address, {**sent, f"what_i_saw_{ben.pk}": "Ben slept."}, follow=True).content.decode()
    own, brother = ChildVisited.objects.order_by("pk")
    assert (own.kind, own.protection_plan, own.seen_alone) == ("child_protection", plan, True)
    assert (brother.kind, brother.need_plan, brother.seen_alone) == ("child_in_need", need, False)
    assert own.visit == brother.visit
    assert "I like it here" in page and "Ben Example" in page and "Ben slept" not in page
    said = Said.objects.get()
    assert (said.person, said.words, said.how, said.said_on) == (ada, "I like it here", "talk", AT.date())
    assert Task.objects.get().what == "Ring the school"
    assert "Seen alone" in client.get(reverse("visits_of_person", args=[ada.reference])).content.decode()
    assert "Ada drew" not in client.get(reverse("visit", args=[brother.pk])).content.decode()


def test_a_visit_on_which_the_child_was_not_seen_leaves_the_clock_running() -> None:
    worker, ada = a_user("social_worker", team=a_team()), a_child("Ada")
    on_a_plan(ada)
    bring_up_to_date(people=[ada.pk], at=AT)
    [due] = queries.next_due([ada.pk], AT)
    assert due.row.due_on == date(2026, 12, 14)  # Twenty working days, the authority's own standard.
    tried = actions.Own(ada, seen=False, not_seen_because="Nobody answered the door.")
    [attempt] = actions.record_visit(actions.Shared(AT), [tried], by=worker, at=AT)
    [still] = queries.next_due([ada.pk], AT)
    assert still.row.due_on == date(2026, 12, 14)
    actions.put_right(attempt, actions.Own(ada, seen=True), version=attempt.version, by=worker, at=AT)
    [then] = queries.next_due([ada.pk], AT)
    assert then.row.due_on == date(2026, 12, 29)  # From the visit of 27 November, over Christmas and Boxing Day.


def test_words_that_were_heard_are_not_undone() -> None:
    worker, ada = a_user("social_worker", team=a_team()), a_child("Ada")
    with pytest.raises(Refused, match="Say why Ada was not seen"):
        actions.record_visit(actions.Shared(AT), [actions.Own(ada, seen=False)], by=worker, at=AT)
    own = actions.Own(ada, seen=True, answer=Answer("No", "talk"))
    [part] = actions.record_visit(actions.Shared(AT), [own], by=worker, at=AT)
    assert part.kind == "assessment"
    wrong = actions.Own(ada, seen=False, not_seen_because="x")
    with pytest.raises(Refused, match="the child was seen"):
        actions.put_right(part, wrong, version=part.version, by=worker, at=AT)


def test_a_restricted_brother_is_on_no_page(sign_in: Any) -> None:
    worker, director = a_user("social_worker", team=a_team()), a_user("director")
    ada, ben = a_child("Ada"), a_child("Benedict")
    visit = Visit.objects.create(visited_on=date(2026, 11, 20))
    own, his = (ChildVisited.objects.create(visit=visit, person=one, kind="child_in_need") for one in (ada, ben))
    allocated(ada, worker.worker)
    Restriction.objects.create(person=ben, reason="x", owner=director, started_at=AT)
    client = sign_in(worker)
    assert "Benedict" not in client.get(reverse("visit", args=[own.pk])).content.decode()
    assert client.get(reverse("visit", args=[his.pk])).status_code == 404


def test_what_was_carried_is_kept_as_it_was() -> None:
    ada = a_child("Ada")
    plan = on_a_plan(ada)
    with connection.cursor() as cursor:
        cursor.execute(carried(TABLES["visits"]))
        cursor.execute(
            "INSERT INTO carried.visits "
            "(visit_id, child_id, cp_plan_id, care_period_id, kind, visited_on, seen, purpose) "
            "VALUES ('V1', %s, %s, 'CP9', 'child_protection', '2026-11-18', true, 'statutory')",
            [ada.reference, plan.reference],
        )
    assert settle() == ["visits"]
    read = dataset(AT.date())
    [row] = read.collect(read.lazy("visits"))[0].to_dicts()
    given = {key: value for key, value in row.items() if value is not None}
    assert given == {
        "visit_id": "V1", "child_id": ada.reference, "kind": "child_protection", "cp_plan_id": plan.reference,
        "care_period_id": "CP9", "visited_on": date(2026, 11, 18), "seen": True, "purpose": "statutory",
    }  # fmt: skip


def test_the_clock_leads_to_the_form_with_the_brother_whose_visit_is_due_that_day(sign_in: Any) -> None:
    team = a_team()
    worker, ada, ben, cy = a_user("social_worker", team=team), a_child("Ada"), a_child("Ben"), a_child("Cy")
    for child, began in ((ada, date(2026, 11, 3)), (ben, date(2026, 11, 3)), (cy, date(2026, 11, 9))):
        related(ada, child, "sibling") if child != ada else None
        allocated(child, worker.worker)
        on_a_plan(child, began)
    bring_up_to_date(people=[ada.pk, ben.pk, cy.pk], at=AT)
    client = sign_in(worker)
    address = reverse("record_visit", args=[ada.reference]) + "?kind=child_protection"
    for page in (reverse("my_work"), reverse("person", args=[ada.reference])):
        assert address in client.get(page).content.decode()
    form = client.get(address).context["form"]
    assert form["also"].value() == [ben.pk]  # Cy's is due on another day.
    sent = {**boxes("visited_at", AT), f"seen_{ada.pk}": "yes", f"what_i_saw_{ada.pk}": "Well.", "also": [ben.pk]}
    assert "Say whether you saw Ben" in client.post(address, sent).content.decode()
    with pytest.MonkeyPatch.context() as overdue:
        overdue.setattr("casework.common.clock.now", lambda: AT + timedelta(days=10))
        manager = sign_in(a_user("practice_manager", team=team))
        assert address in manager.get(reverse("team", args=[team.pk])).content.decode()


def test_a_late_visit_says_when_it_was_due_and_a_long_list_has_pages(sign_in: Any) -> None:
    worker, ada = a_user("social_worker", team=a_team()), a_child("Ada")
    allocated(ada, worker.worker)
    on_a_plan(ada, date(2026, 10, 1))
    actions.record_visit(actions.Shared(AT - timedelta(days=20)), [actions.Own(ada, seen=True)], by=worker, at=AT)
    client, address = sign_in(worker), reverse("visits_of_person", args=[ada.reference])
    page = client.get(address).content.decode()
    assert page.count("It was due by 29 October 2026.") == 1  # Twenty working days from 1 October; seen on 7 November.
    for number in range(25):
        visit = Visit.objects.create(visited_on=date(2026, 11, 9))
        ChildVisited.objects.create(visit=visit, person=ada, kind="child_protection", seen=bool(number))
    assert "It was due by" not in client.get(address).content.decode()
    assert "It was due by" in client.get(address, {"page": 2}).content.decode()
