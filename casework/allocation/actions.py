"""Giving a child to a team and a worker, and passing the child on with what the next worker has to know."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.access.rules import may
from casework.accounts.models import Team, User, Worker
from casework.allocation.cases import cases_of
from casework.allocation.models import Allocation, Handover, Override
from casework.allocation.rules import Rule, broken
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.notices.actions import tell, tell_worker
from casework.people.models import Person


def allocate_to_team(
    *, person: Person, team: Team, by: User, at: datetime, change_reason: str = "TSPROC", handover: str = ""
) -> Allocation:
    """The child waits in the team for a worker. Ends the allocation there was; the same team twice changes nothing.

    What is handed over waits there too, for the worker whom the team chooses.
    """
    with whole:
        now = _open_allocation(person)
        back_to_the_team = now is not None and now.worker is not None and handover.strip()
        if now is not None and now.team_id == team.pk and not back_to_the_team:
            return now
        made = _start(person, team, None, now, by=by, at=at, change_reason=change_reason)
        _hand_over(made, now, handover, by, at)
        manager = team.managers_account
        if manager is not None:
            tell(
                [manager],
                f"A child waits for a worker in {team}.",
                address=reverse("team", args=[team.pk]),
                at=at,
            )
    return made


def allocate_to_worker(
    *, person: Person, worker: Worker, by: User, at: datetime, co_worker: Worker | None = None,
    change_reason: str = "TSPROC", handover: str = "", override_reason: str = "",
) -> Allocation:  # fmt: skip
    """The child is the worker's, in the worker's team, from today.

    Raises Refused where a rule forbids it and there is no reason from somebody who may override; where the child passes
    from another worker and nothing is handed over; where the worker has left or is in no team.
    """
    with whole:
        now = _open_allocation(person)
        _check_worker(worker, now, at)
        rules = broken(cases_of([person.pk])[person.pk], worker, co_worker)
        _check_rules(rules, worker, override_reason, by)
        from_worker = now.worker if now else None
        if from_worker is not None and not handover.strip():
            raise Refused(f"Write what {worker} has to know: the child passes to them from {from_worker}.", "handover")
        assert worker.team is not None  # _check_worker
        made = _start(person, worker.team, worker, now, by=by, at=at, change_reason=change_reason, co_worker=co_worker)
        for rule in rules:
            Override.objects.create(allocation=made, rule=rule.code, reason=override_reason, by=by, at=at)
        _hand_over(made, now, handover, by, at)
        _tell_worker(made, by, at)
    return made


def _hand_over(made: Allocation, before: Allocation | None, note: str, by: User, at: datetime) -> None:
    """What is written now, after what came with the child to a team where nobody has taken it up yet."""
    held = Handover.objects.filter(allocation=before, allocation__worker=None).first() if before else None
    if note.strip():
        Handover.objects.create(
            allocation=made, from_worker=held.from_worker if held else before.worker if before else None,
            note=f"{held.note}\n\n{note}" if held else note, written_by=by, written_at=at,
        )  # fmt: skip
    elif held is not None:
        Handover.objects.create(
            allocation=made, from_worker=held.from_worker, note=held.note, written_by=held.written_by,
            written_at=held.written_at,
        )  # fmt: skip


def accept_handover(handover: Handover, *, by: User, at: datetime) -> None:
    """The next worker has read what was handed over. Raises Refused for anybody else."""
    if by.worker_id is None or by.worker_id != handover.allocation.worker_id:
        raise Refused(f"Only {handover.allocation.worker} can accept this handover.")
    if handover.accepted_at is None:
        handover.accepted_at = at
        handover.save()


def end_allocation(person: Person, *, by: User, at: datetime, change_reason: str = "TSPROC") -> None:
    """Nobody holds the case any more: it closed."""
    with whole:
        now = _open_allocation(person)
        if now is not None:
            _end(now, at=at, change_reason=change_reason)
            bring_up_to_date(people=[person.pk], at=at)


def _open_allocation(person: Person) -> Allocation | None:
    held = Allocation.objects.select_for_update(of=("self",)).filter(person=person, ended_on=None)
    return held.select_related("worker", "team").first()


def _check_worker(worker: Worker, now: Allocation | None, at: datetime) -> None:
    if worker.left_on is not None and worker.left_on <= timezone.localdate(at):
        raise Refused(f"{worker} has left. Choose somebody who works here.", "worker")
    if worker.team is None:
        raise Refused(f"{worker} is in no team. Put them in one in the workforce register first.", "worker")
    if now is not None and now.worker_id == worker.pk:
        raise Refused(f"The child is {worker}'s already.", "worker")


def _check_rules(rules: list[Rule], worker: Worker, override_reason: str, by: User) -> None:
    if not rules:
        return
    sentences = " ".join(rule.sentence.format(worker=worker) for rule in rules)
    if not may(by, "allocation.override"):
        raise Refused(f"{sentences} A service manager or above can decide otherwise.", "worker")
    if not override_reason.strip():
        raise Refused(f"{sentences} If you decide otherwise, give the reason: it is reported.", "override_reason")


def _start(
    person: Person, team: Team, worker: Worker | None, now: Allocation | None, *, by: User, at: datetime,
    change_reason: str, co_worker: Worker | None = None,
) -> Allocation:  # fmt: skip
    today = timezone.localdate(at)
    if now is not None:
        if now.started_on > today:
            raise Refused(f"The case passed on {now.started_on:%-d %B %Y}, which is later than this.")
        _end(now, at=at, change_reason=change_reason)
    made = Allocation.objects.create(
        person=person, team=team, service=team.service, worker=worker, co_worker=co_worker, started_on=today,
        recorded_at=at, recorded_by=by.worker,
    )  # fmt: skip
    bring_up_to_date(people=[person.pk], at=at)
    return made


def _end(allocation: Allocation, *, at: datetime, change_reason: str) -> None:
    allocation.ended_on, allocation.ended_recorded_at = timezone.localdate(at), at
    allocation.change_reason = change_reason
    allocation.version += 1
    allocation.save()


def _tell_worker(made: Allocation, by: User, at: datetime) -> None:
    text, address = (
        f"{by} has allocated {made.person.full_name} to you.",
        reverse("person", args=[made.person.reference]),
    )
    tell_worker(made.worker, text, address=address, by=by, at=at)
