"""A visit that is about actions of the child's plan: they are ticked on the form, and the plan knows how they go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.child_protection.models import ChildProtectionPlan
from casework.visits.models import ChildVisited
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related
from tests.casework.visits.making import boxes, to_do

pytestmark = pytest.mark.django_db


def test_ticked_actions_are_noted_on_the_plan_and_shown_on_the_visit(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)
    worker, ada, ben = a_user("social_worker", team=a_team()), a_child("Ada"), a_child("Ben")
    related(ada, ben, "sibling")
    for child in (ada, ben):
        allocated(child, worker.worker)
    locks, school, nursery = to_do(ada, "Mend the lock", "Walk to school", "Find a nursery", since=date(2026, 11, 16))
    client, address = sign_in(worker), reverse("record_visit", args=[ada.reference])
    page = client.get(address).content.decode()
    assert "Mend the lock" in page and f"about_{ben.pk}" not in page  # Ben has no plan: nothing is asked.
    sent: dict[str, Any] = {
        **boxes("visited_at", FRIDAY_TEATIME - timedelta(hours=2)), f"seen_{ada.pk}": "yes",
        f"about_{ada.pk}": [locks.pk, school.pk], f"goes_{locks.pk}_{ada.pk}": "done",
        f"goes_{school.pk}_{ada.pk}": "stuck", f"goes_{nursery.pk}_{ada.pk}": "done",
    }  # fmt: skip
    assert "Say what gets in the way" in client.post(address, sent).content.decode()
    assert not ChildVisited.objects.exists()
    sent[f"way_{school.pk}_{ada.pk}"] = "Nobody to walk with."
    visit = client.post(address, sent, follow=True).content.decode()
    assert "Mend the lock" in visit and "Nobody to walk with." in visit and "Find a nursery" not in visit
    [done, going] = ChildVisited.objects.get().actions_worked_on.select_related("progress__action")
    assert (done.progress.action.done_on, going.progress.state) == (FRIDAY_TEATIME.date(), "stuck")
    assert not nursery.progress.exists()  # How an action goes is asked of all; it counts for those that are ticked.
    plan = client.get(reverse("plan", args=["protection", ChildProtectionPlan.objects.get().pk])).content.decode()
    assert plan.count(reverse("visit", args=[ChildVisited.objects.get().pk])) == 2
    again = client.post(address, {**sent, f"about_{ada.pk}": [locks.pk]}).content.decode()
    assert "is not to be done any more" in again
