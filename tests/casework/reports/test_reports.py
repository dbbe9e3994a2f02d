"""The daily report and its explanations: narrowed as asked, and nobody named who may not be."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.access.models import Restriction
from casework.common import clock
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person
from casework.reports.daily import AHEAD, Asked, daily
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
FIRST_THING = timezone.make_aware(datetime(2026, 11, 27))


@pytest.fixture
def on_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY_TEATIME)


def late_child(team_name: str = "Amber assessment", days: int = 100, **details: Any) -> Person:
    child = a_child(**details)
    on = FRIDAY - timedelta(days=days)
    child.referrals.create(received_on=on, recorded_at=FRIDAY_TEATIME - timedelta(days=days))
    allocated(child, a_worker(team=a_team(team_name)))
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    return child


def test_the_report_is_narrowed_by_team_worker_and_rule() -> None:
    mine, other = late_child("Amber"), late_child("Far")
    user = a_user("director")
    team = mine.allocations.get().team
    narrowed = daily(Asked(team=team.pk), user=user, names=True, at=FRIDAY_TEATIME)
    assert {line.row.person for line in narrowed.lines} == {mine}
    assert {one.name for one in narrowed.teams} == {"Amber", "Far"}
    worker = other.allocations.get().worker
    assert daily(Asked(worker=worker.pk), user=user, names=True, at=FRIDAY_TEATIME).overdue == narrowed.overdue
    only = daily(Asked(clock="single_assessment_45wd"), user=user, names=True, at=FRIDAY_TEATIME)
    assert {line.row.clock for line in only.lines} == {"single_assessment_45wd"}
    assert only.overdue == 2
    assert daily(Asked(part=AHEAD), user=user, names=True, at=FRIDAY_TEATIME).lines == ()


def test_a_child_who_may_not_be_seen_is_counted_and_not_named(sign_in: Any, on_friday: None) -> None:
    seen, closed = late_child(surname="Visible"), late_child(surname="Hidden")
    Restriction.objects.create(person=closed, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    client = sign_in("head_of_service")
    page = client.get("/timeliness?clock=single_assessment_45wd").content.decode()
    assert seen.surname in page
    assert closed.surname not in page
    assert "And 1 of children whom you may not see." in page
    page = client.get("/board/csc05?part=left_out").content.decode()
    assert closed.surname not in page


def test_a_due_date_explains_itself(sign_in: Any, on_friday: None) -> None:
    child = late_child()
    clock_of = child.obligations.get(clock="single_assessment_45wd")
    page = sign_in("director").get(f"/deadlines/{clock_of.pk}").content.decode()
    assert "45 working days from 19 August 2026" in page
    assert "Working Together" in page
