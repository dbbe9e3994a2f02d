"""Who may open whose record."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.access.models import BreakGlass, Named, Restriction
from casework.history.models import Entry
from casework.people.models import Person
from casework.people.reading import readable
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated, an_adult, related

pytestmark = pytest.mark.django_db


def seen_by(role: str, **details: Any) -> set[Person]:
    return set(readable(a_user(role, **details)))


def test_a_role_sees_what_it_reaches() -> None:
    own, elsewhere = a_team("Amber"), a_team("Beryl", service="Other service")
    sister = a_team("Coral")
    worker = a_worker(team=own)
    mine, teams, services, others = (a_child() for _ in range(4))
    allocated(mine, worker)
    allocated(teams, a_worker(team=own))
    allocated(services, a_worker(team=sister))
    allocated(others, a_worker(team=elsewhere))
    assert seen_by("cin_practitioner", team=own) == {mine, teams}
    assert seen_by("social_worker", team=own) == {mine, teams, services}
    assert seen_by("head_of_service", team=own) == {mine, teams, services, others}
    assert seen_by("administrator", team=own) == set()
    assert seen_by("analyst", team=own) == set()
    assert seen_by("partner", team=own) == set()


def test_a_child_whose_case_passed_through_many_hands_is_listed_once() -> None:
    worker, child = a_worker(team=a_team()), a_child()
    for year in (2023, 2024, 2025):
        allocated(child, worker, started_on=date(year, 1, 1), ended_on=date(year, 6, 1))
    allocated(child, worker)
    assert list(readable(a_user("social_worker", team=worker.team))) == [child]


def test_who_adds_somebody_reads_them_until_somebody_holds_the_case() -> None:
    user, elsewhere = a_user("social_worker"), a_team("Beryl", service="Elsewhere")
    mine = a_child(recorded_by=user.worker, recorded_at=timezone.now())
    a_child(recorded_by=a_worker(), recorded_at=timezone.now())
    assert set(readable(user)) == {mine}
    allocated(mine, a_worker(team=elsewhere))
    assert set(readable(user)) == set()


def test_the_family_of_a_child_in_reach_is_seen() -> None:
    team = a_team()
    child, mother, stranger = a_child(), an_adult(), an_adult()
    related(child, mother)
    allocated(child, a_worker(team=team))
    seen = seen_by("social_worker", team=team)
    assert mother in seen
    assert stranger not in seen


def test_a_restricted_record_is_seen_by_those_named_alone() -> None:
    child, owner, named = a_child(), a_user("head_of_service"), a_user("social_worker")
    restriction = Restriction.objects.create(
        person=child, reason="Family of staff", owner=owner, started_at=FRIDAY_TEATIME
    )
    Named.objects.create(restriction=restriction, user=named)
    allocated(child, named.worker)
    assert child not in seen_by("director")
    assert child in set(readable(owner))
    assert child in set(readable(named))


def test_a_reason_opens_a_record_until_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    child, user = a_child(), a_user("social_worker")
    until = FRIDAY_TEATIME.replace(hour=18)
    BreakGlass.objects.create(person=child, user=user, reason="Duty call", opened_at=FRIDAY_TEATIME, until=until)
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)
    assert child in set(readable(user))
    monkeypatch.setattr("casework.common.clock.now", lambda: until)
    assert child not in set(readable(user))


def test_not_found_and_not_allowed_look_the_same_and_both_are_noted(sign_in: Any) -> None:
    client = sign_in("social_worker")
    child = a_child()
    refused, missing = client.get(f"/people/{child.reference}"), client.get("/people/P000000000")
    assert (refused.status_code, missing.status_code) == (404, 404)
    assert refused.content == missing.content
    assert [entry.person for entry in Entry.objects.filter(kind="denied")] == [child.pk, None]


def test_looking_is_written_down_with_the_right_to_look(sign_in: Any) -> None:
    client = sign_in("head_of_service")
    child = a_child()
    assert client.get(f"/people/{child.reference}").status_code == 200
    entry = Entry.objects.get(kind="read")
    assert (entry.person, entry.what, entry.why) == (child.pk, "record", "their role")
    assert entry.who_name == str(client.user)


def test_a_record_stays_open_for_a_while_after_its_case_has_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    team, child = a_team(), a_child()
    worker = a_user("social_worker", team=team)
    allocated(child, worker.worker, ended_on=FRIDAY_TEATIME.date())
    for later, seen in ((timedelta(days=28), True), (timedelta(days=29), False)):
        monkeypatch.setattr("casework.common.clock.now", lambda later=later: FRIDAY_TEATIME + later)
        assert (child in set(readable(worker))) is seen
