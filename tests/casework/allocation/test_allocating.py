"""Giving a child to a worker: what the authority forbids, who may decide otherwise, and what is handed over."""

from datetime import date
from typing import Any

import pytest

from casework.accounts.models import Worker
from casework.allocation.actions import accept_handover, allocate_to_team, allocate_to_worker, end_allocation
from casework.allocation.models import Allocation, Handover, Override
from casework.allocation.queries import handovers_waiting
from casework.allocation.rules import Case, broken
from casework.common.refused import Refused
from casework.front_door.models import Referral
from casework.notices.models import Notice
from casework.people.models import Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated

pytestmark = pytest.mark.django_db


def in_need() -> Person:
    child = a_child()
    Referral.objects.create(person=child, received_on=date(2026, 11, 2))
    return child


WHO_MAY_HOLD_WHAT = [
    # in need, protected, role, registered, co-worker's role, rules broken
    (False, False, "early_help_worker", "", None, []),
    (True, False, "social_worker", "SW1", None, []),
    (True, False, "newly_qualified", "SW1", None, []),
    (True, False, "cin_practitioner", "", None, ["registered_social_worker"]),
    (False, True, "social_care_assistant", "", None, ["registered_social_worker"]),
    (True, True, "social_worker", "SW1", None, []),
    (True, True, "newly_qualified", "SW1", None, ["not_alone_when_newly_qualified"]),
    (True, True, "newly_qualified", "SW1", "social_worker", []),
    (True, True, "newly_qualified", "SW1", "newly_qualified", ["not_alone_when_newly_qualified"]),
    (True, True, "newly_qualified", "SW1", "cin_practitioner", ["not_alone_when_newly_qualified"]),
]


@pytest.mark.parametrize(("in_need", "protected", "role", "registration", "beside", "rules"), WHO_MAY_HOLD_WHAT)
def test_who_may_hold_what(
    in_need: bool, protected: bool, role: str, registration: str, beside: str | None, rules: list[str]
) -> None:
    registered = "SW2" if beside in {"social_worker", "newly_qualified"} else ""
    co_worker = Worker(name="Beside", role=beside, registration=registered) if beside else None
    worker = Worker(name="Wilma", role=role, registration=registration)
    assert [rule.code for rule in broken(Case(in_need, protected), worker, co_worker)] == rules


def test_a_child_in_need_is_refused_to_somebody_unregistered_and_nothing_is_changed() -> None:
    child, manager = in_need(), a_user("practice_manager")
    unregistered = a_worker(role="cin_practitioner", team=a_team())
    with pytest.raises(Refused, match=r"is held by a registered social worker.*A service manager or above"):
        allocate_to_worker(person=child, worker=unregistered, by=manager, at=FRIDAY_TEATIME)
    with pytest.raises(Refused):
        allocate_to_worker(person=child, worker=unregistered, by=manager, at=FRIDAY_TEATIME, override_reason="I say so")
    assert not Allocation.objects.exists()


def test_a_service_manager_may_decide_otherwise_with_a_reason_and_it_is_reported(sign_in: Any) -> None:
    child, client = in_need(), sign_in("service_manager")
    allocated(child, team=a_team())
    unregistered = a_worker(role="cin_practitioner", team=a_team())
    address, answers = f"/people/{child.reference}/allocate", {"worker": unregistered.pk, "change_reason": "TSPROC"}
    refused = client.post(address, answers)
    assert refused.status_code == 422
    assert b"give the reason: it is reported" in refused.content
    assert client.post(address, {**answers, "override_reason": "Worker qualifies on Monday"}).status_code == 302
    override = Override.objects.get()
    assert (override.rule, override.by, override.reason) == (
        "registered_social_worker", client.user, "Worker qualifies on Monday",
    )  # fmt: skip
    shown = client.get("/allocations/against-the-rules").content.decode()
    assert "Worker qualifies on Monday" in shown
    assert child.full_name in shown


def test_a_child_waits_in_a_team_and_then_has_a_worker() -> None:
    child, team = in_need(), a_team()
    manager = a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    waiting = allocate_to_team(person=child, team=team, by=a_user("front_door_officer"), at=FRIDAY_TEATIME)
    assert (waiting.worker, waiting.service) == (None, team.service)
    assert Notice.objects.get(user=manager).address == f"/teams/{team.pk}"
    assert allocate_to_team(person=child, team=team, by=manager, at=FRIDAY_TEATIME) == waiting
    worker = a_user("social_worker", team=team)
    assert worker.worker
    made = allocate_to_worker(person=child, worker=worker.worker, by=manager, at=FRIDAY_TEATIME)
    waiting.refresh_from_db()
    assert (waiting.ended_on, made.started_on, made.ended_on) == (date(2026, 11, 27), date(2026, 11, 27), None)
    assert "allocated" in Notice.objects.get(user=worker).text


def test_passing_a_case_on_wants_a_handover_that_the_next_worker_accepts() -> None:
    child, manager, first, second = (
        in_need(),
        a_user("practice_manager"),
        a_worker(team=a_team()),
        a_user("social_worker"),
    )
    allocated(child, first)
    assert second.worker
    with pytest.raises(Refused, match="has to know"):
        allocate_to_worker(person=child, worker=second.worker, by=manager, at=FRIDAY_TEATIME)
    allocate_to_worker(person=child, worker=second.worker, by=manager, at=FRIDAY_TEATIME, handover="Visit on Monday")
    handover = Handover.objects.get()
    assert (handover.from_worker, handover.accepted_at) == (first, None)
    with pytest.raises(Refused, match="Only"):
        accept_handover(handover, by=manager, at=FRIDAY_TEATIME)
    accept_handover(handover, by=second, at=FRIDAY_TEATIME)
    assert handover.accepted_at == FRIDAY_TEATIME


def test_what_is_handed_over_goes_with_the_case_through_a_team(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)
    child, first, other = in_need(), a_worker(team=a_team()), a_team("Amber safeguarding", stage="safeguarding")
    manager, second = a_user("group_manager"), a_user("social_worker", team=other)
    allocated(child, first)
    client, page = sign_in(manager), f"/people/{child.reference}/allocate/team"
    assert "Write what the next worker has to know" in client.post(page, {"team": other.pk}).content.decode()
    assert client.post(page, {"team": other.pk, "handover": "Visit on Monday"}).status_code == 302
    assert "Visit on Monday" in client.get(f"/people/{child.reference}/allocate").content.decode()
    assert not handovers_waiting(second)
    assert second.worker
    allocate_to_worker(person=child, worker=second.worker, by=manager, at=FRIDAY_TEATIME, handover="School is closed")
    (waiting,) = handovers_waiting(second)
    assert (waiting.from_worker, waiting.note) == (first, "Visit on Monday\n\nSchool is closed")
    accept_handover(waiting, by=second, at=FRIDAY_TEATIME)
    back = allocate_to_team(person=child, team=other, by=manager, at=FRIDAY_TEATIME, handover="She moved")
    assert (back.worker, back.handover.from_worker, back.handover.note) == (None, second.worker, "She moved")


def test_nobody_who_left_or_has_no_team_or_holds_it_already_is_given_a_case() -> None:
    child, manager = in_need(), a_user("practice_manager")
    holder = a_worker(team=a_team())
    allocated(child, holder)
    left = a_worker(team=a_team(), left_on=date(2026, 11, 1))
    for worker, sentence in ((left, "has left"), (a_worker(), "in no team"), (holder, "already")):
        with pytest.raises(Refused, match=sentence):
            allocate_to_worker(person=child, worker=worker, by=manager, at=FRIDAY_TEATIME, handover="All is well")


def test_an_ended_allocation_says_when_and_why() -> None:
    child = in_need()
    held = allocated(child, a_worker(team=a_team()))
    end_allocation(child, by=a_user("practice_manager"), at=FRIDAY_TEATIME)
    held.refresh_from_db()
    assert (held.ended_on, held.change_reason, held.ended_recorded_at) == (date(2026, 11, 27), "TSPROC", FRIDAY_TEATIME)
