"""A team's page: who waits for a worker, and whose worker has gone."""

from datetime import date
from typing import Any

import pytest

from casework.accounts.models import User
from casework.allocation.actions import accept_handover, allocate_to_worker
from casework.allocation.models import Handover
from casework.common import clock
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated

pytestmark = pytest.mark.django_db


def test_a_child_whose_worker_has_gone_waits_for_another(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)
    team = a_team()
    leaver, shut, here = a_worker("Lea Leaver", team=team), a_user("social_worker", team=team), a_worker(team=team)
    for name, worker in (("Ada", leaver), ("Ben", shut.worker), ("Cyd", here), ("Dot", None)):
        allocated(a_child(name), worker, team, started_on=date(2026, 11, 1))
    client, page = sign_in("practice_manager"), f"/teams/{team.pk}"
    assert "Waiting for a worker (1)" in client.get(page).content.decode()
    leaver.left_on = date(2026, 11, 20)
    leaver.save()
    User.objects.filter(pk=shut.pk).update(is_active=False)
    shown = client.get(page)
    assert "Waiting for a worker (3)" in shown.content.decode()
    assert "Lea Leaver has left" in shown.content.decode()
    waiting = [(one.allocation.person.forename, one.days) for one in shown.context["work"].waiting]
    assert waiting == [("Ada", 7), ("Ben", 0), ("Dot", 26)]


def test_a_handover_that_nobody_has_accepted_is_on_the_page_until_it_is(sign_in: Any) -> None:
    team, manager = a_team(), a_user("practice_manager")
    first, second, child = a_worker(team=team), a_user("social_worker", team=team), a_child("Ada")
    allocated(child, first)
    assert second.worker
    allocate_to_worker(person=child, worker=second.worker, by=manager, at=clock.now(), handover="Visit on Monday")
    client, page = sign_in(manager), f"/teams/{team.pk}"
    assert "Handed over and not accepted yet (1)" in client.get(page).content.decode()
    accept_handover(Handover.objects.get(), by=second, at=clock.now())
    assert "not accepted yet" not in client.get(page).content.decode()
