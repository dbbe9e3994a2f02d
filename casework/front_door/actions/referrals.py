"""Referrals: opened by a decision, answered within the working day, allocated to a team, closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from casework.access.rules import may
from casework.accounts.models import Team, User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.actions import allocate_to_team, end_allocation
from casework.allocation.queries import open_allocation
from casework.common.coded import meaning
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.early_help.stepping import hold, step_down
from casework.front_door.closing import Ending, end_all
from casework.front_door.models import ContactChild, NextStep, Referral
from casework.front_door.policies import ENDS_REFERRAL, NO_LONGER_IN_NEED, check_may_close, check_next_step
from casework.tasks.actions import answer as answer_task
from casework.tasks.models import Task
from casework.voice.actions import NO_ANSWER, Answer, hear
from casework.voice.models import NotAsked


@dataclass(frozen=True)
class Step:
    """What is to be done with a referral, and why. `primary_need` and `team` are kept where given."""

    outcome: str
    reason: str
    primary_need: str = ""
    team: Team | None = None


def open_referral(child: ContactChild, *, primary_need: str, team: Team | None, by: User, at: datetime) -> Referral:
    """The referral that a decision makes, received when its contact was: the clock runs from there."""
    contact = child.contact
    referral = Referral.objects.create(
        person=child.person, contact=child, received_on=contact.received_on, received_at=contact.received_at,
        source=contact.source, primary_need=primary_need, **stamp(by, at),
    )  # fmt: skip
    if team:
        _allocate(referral, team, by=by, at=at)
        referral.save()
    bring_up_to_date(people=[referral.person_id], at=at)
    return referral


@whole
def decide_next_step(referrals: Iterable[Referral], step: Step, *, by: User, at: datetime) -> list[NextStep]:
    """One next step for each referral. Early help and advice close it the same day: no episode of need follows."""
    chosen = list(Referral.objects.select_for_update().filter(pk__in=[referral.pk for referral in referrals]))
    if not chosen:
        raise Refused("Choose the children that this decision is about.", "referrals")
    _check(step, by)
    return [_first(referral, step, by=by, at=at) for referral in chosen]


def _first(referral: Referral, step: Step, *, by: User, at: datetime) -> NextStep:
    if referral.decided_on:
        raise Refused(f"The referral of {referral.person.full_name} has been decided. Correct that, with the reason.")
    if referral.closed_on:
        raise Refused(f"The referral of {referral.person.full_name} is closed.")
    referral.decided_on, referral.decided_at = timezone.localdate(at), at
    referral.decided_recorded_at, referral.decided_by = at, by.worker
    return _write(referral, step, by=by, at=at)


@whole
def correct_next_step(referral: Referral, step: Step, *, correction_reason: str, by: User, at: datetime) -> NextStep:
    """A new next step in place of the last one, which stays. The clock keeps the moment of the first."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    _check(step, by)
    if referral.decided_on is None:
        raise Refused("There is no decision to correct yet: decide it.")
    if referral.closed_on and referral.outcome not in ENDS_REFERRAL:
        raise Refused("This referral is closed. A new concern is a new contact.")
    if not correction_reason.strip():
        raise Refused("Say why the decision is corrected.", "correction_reason")
    _reopen(referral)
    last = referral.next_steps.filter(corrected_by=None).last() or _as_imported(referral, by, at)
    return _write(referral, step, corrects=last, correction_reason=correction_reason.strip(), by=by, at=at)


def _reopen(referral: Referral) -> None:
    """Undo the closing that went with a decision which is now corrected. Refused where another has opened since."""
    if referral.closed_on is None:
        return
    later = Referral.objects.filter(person=referral.person, closed_on=None).exclude(pk=referral.pk)
    if later.exists():
        raise Refused("Another referral of this child has opened since. Work on that one.")
    referral.closed_on, referral.closed_recorded_at, referral.closure_reason = None, None, ""


def _check(step: Step, by: User) -> None:
    if not may(by, "contact.decide"):
        raise Refused("Only a manager at the front door decides a referral. Ask one of them.")
    if not step.reason.strip():
        raise Refused("Write the reason for the decision.", "reason")


def _as_imported(referral: Referral, by: User, at: datetime) -> NextStep:
    return NextStep.objects.create(
        referral=referral, made_at=referral.decided_at or at, outcome=referral.outcome, reason="Not recorded",
        **stamp(by, at),
    )  # fmt: skip


def _write(
    referral: Referral,
    step: Step,
    *,
    corrects: NextStep | None = None,
    correction_reason: str = "",
    by: User,
    at: datetime,
) -> NextStep:
    check_next_step(referral, step.outcome)
    decided = NextStep.objects.create(
        referral=referral, made_at=at, outcome=step.outcome, reason=step.reason.strip(), corrects=corrects,
        correction_reason=correction_reason, **stamp(by, at),
    )  # fmt: skip
    referral.outcome = step.outcome
    referral.primary_need = step.primary_need or referral.primary_need
    referral.no_further_action = step.outcome in ENDS_REFERRAL
    if step.outcome == "early_help":
        step_down(referral.person, reason=step.reason, by=by, at=at)
    if step.outcome in ENDS_REFERRAL:
        _close(referral, reason=NO_LONGER_IN_NEED, on=timezone.localdate(at), by=by, at=at)
    else:
        _check_goes_on(referral)
        if step.team:
            _allocate(referral, step.team, by=by, at=at)
    save_over(referral, None)
    bring_up_to_date(people=[referral.person_id], at=at)
    return decided


def _check_goes_on(referral: Referral) -> None:
    if not referral.primary_need:
        raise Refused("Choose the main need: the census asks for it once a referral goes on.", "primary_need")


@whole
def allocate_referral(referral: Referral, team: Team, *, by: User, at: datetime) -> Referral:
    """The team holds the child and the referral. Refused once the referral is closed."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.closed_on:
        raise Refused("This referral is closed: there is nothing to allocate.")
    held = open_allocation(referral.person)
    if held is not None and held.worker is not None and held.team_id != team.pk:
        raise Refused(
            f"{held.worker} holds this child. Pass the case on from the child’s record, with what the next worker has "
            "to know.", "team",
        )  # fmt: skip
    _allocate(referral, team, by=by, at=at)
    save_over(referral, None)
    return referral


def _allocate(referral: Referral, team: Team, *, by: User, at: datetime) -> None:
    allocate_to_team(person=referral.person, team=team, by=by, at=at)
    referral.team = team


@whole
def close_referral(
    referral: Referral, *, reason: str, on: date, answer: Answer = NO_ANSWER, by: User, at: datetime
) -> Referral:
    """The episode of need ends on that day. Refused while anything of it is still running, unless the reason ends it
    too: then that ends the same day (`closing`)."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    check_may_close(referral, reason=reason, on=on, today=timezone.localdate(at))
    _close(referral, reason=reason, on=on, by=by, at=at)
    hear(
        referral.person, answer, referral, place=NotAsked.Place.CLOSING, said_on=on, about="The end of our work", by=by,
        at=at,
    )  # fmt: skip
    bring_up_to_date(people=[referral.person_id], at=at)
    return referral


def _close(referral: Referral, *, reason: str, on: date, by: User, at: datetime) -> None:
    because = meaning("closure_reason", reason)
    end_all(referral.person, Ending(on, reason, because, by, at))
    answer_task(referral.person, Task.AnsweredBy.NEED_PLAN, came=f"The case closed: {because}", by=by, at=at)
    referral.closed_on, referral.closed_recorded_at, referral.closure_reason = on, at, reason
    by_early_help = referral.person.allocations.filter(ended_on=None, team__stage=Team.Stage.EARLY_HELP)
    if not by_early_help.exists():  # whoever holds the child for social care lets go
        end_allocation(referral.person, by=by, at=at)
        hold(referral.person, by=by, at=at)
