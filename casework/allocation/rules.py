"""What the authority forbids when a child is given to a worker. A new rule is a new entry of `RULES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casework.accounts.models import Worker


@dataclass(frozen=True)
class Case:
    """What the rules ask about a child's case."""

    in_need: bool
    protected: bool


@dataclass(frozen=True)
class Rule:
    """A pairing that is refused. `broken` says whether this case with this worker, and co-worker, is one."""

    code: str
    sentence: str
    broken: Callable[[Case, Worker, Worker | None], bool]


def _unregistered(case: Case, worker: Worker, co_worker: Worker | None) -> bool:
    return (case.in_need or case.protected) and not worker.registered


def _new_and_alone(case: Case, worker: Worker, co_worker: Worker | None) -> bool:
    experienced = co_worker is not None and co_worker.registered and not co_worker.newly_qualified
    return case.protected and worker.newly_qualified and not experienced


RULES = (
    Rule(
        "registered_social_worker",
        "A child in need, or on a child protection plan, is held by a registered social worker. {worker} is not one.",
        _unregistered,
    ),
    Rule(
        "not_alone_when_newly_qualified",
        "A newly qualified social worker does not hold a child protection case alone. "
        "Name an experienced co-worker for {worker}.",
        _new_and_alone,
    ),
)


def broken(case: Case, worker: Worker, co_worker: Worker | None) -> list[Rule]:
    """The rules that this allocation would break."""
    return [rule for rule in RULES if rule.broken(case, worker, co_worker)]


def described(code: str, worker: Worker) -> str:
    """A rule's sentence about a worker; its code where it is no longer a rule."""
    return next((rule.sentence.format(worker=worker) for rule in RULES if rule.code == code), code)
