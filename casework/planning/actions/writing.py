"""Needs, outcomes and actions of a draft: added, put differently, taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.accounts.models import User, Worker
from casework.accounts.stamps import save_over, stamp
from casework.common.whole import whole
from casework.people.models import Person
from casework.planning import policies
from casework.planning.models import (
    Action,
    ActionWording,
    Need,
    NeedWording,
    Outcome,
    OutcomeWording,
    PlanVersion,
)


@whole
def add_need(
    version: PlanVersion, *, what: str, family_words: str = "", outcome: str = "", by: User, at: datetime
) -> NeedWording:
    """A need of the child, and what will be different."""
    policies.check_draft(version)
    need = Need.objects.create(person=version.person, **stamp(by, at))
    place = version.needs.count()
    added = NeedWording.objects.create(
        plan_version=version, need=need, what=what, family_words=family_words, place=place, **stamp(by, at)
    )
    _put_outcome(added, outcome, by, at)
    return added


@whole
def put_need(
    wording: NeedWording, *, what: str, family_words: str = "", outcome: str = "", by: User, at: datetime
) -> None:
    """The need and its outcome put differently."""
    policies.check_draft(wording.plan_version)
    wording.what, wording.family_words = what, family_words
    save_over(wording, None)
    _put_outcome(wording, outcome, by, at)


def outcome_of(wording: NeedWording) -> OutcomeWording | None:
    """The first outcome of a need, as its version puts it."""
    return wording.plan_version.outcomes.filter(outcome__need=wording.need_id).first()


def _put_outcome(wording: NeedWording, text: str, by: User, at: datetime) -> None:
    there = outcome_of(wording)
    if there is not None:
        there.what = text
        save_over(there, None)
        return
    outcome = Outcome.objects.create(need=wording.need, **stamp(by, at))
    OutcomeWording.objects.create(plan_version=wording.plan_version, outcome=outcome, what=text, **stamp(by, at))


@whole
def take_need_out(wording: NeedWording, *, by: User, at: datetime) -> None:
    """The draft no longer has the need, nor what is under it."""
    version = wording.plan_version
    policies.check_draft(version)
    version.actions.filter(action__outcome__need=wording.need_id).delete()
    version.outcomes.filter(outcome__need=wording.need_id).delete()
    wording.delete()


@dataclass(frozen=True)
class Owner:
    """Who does an action: a worker, a person on the record, or somebody named in words; or nobody yet."""

    worker: Worker | None = None
    person: Person | None = None
    named: str = ""


@dataclass(frozen=True)
class Said:
    """An action as it is put."""

    what: str
    owner: Owner = Owner()
    by_when: date | None = None
    how_known: str = ""


@whole
def add_action(outcome: OutcomeWording, said: Said, *, by: User, at: datetime) -> ActionWording:
    """An action towards an outcome."""
    version = outcome.plan_version
    policies.check_draft(version)
    action = Action.objects.create(outcome=outcome.outcome, **stamp(by, at))
    wording = ActionWording(plan_version=version, action=action, place=version.actions.count(), **stamp(by, at))
    _put(wording, said)
    wording.save()
    return wording


@whole
def put_action(wording: ActionWording, said: Said, *, by: User, at: datetime) -> None:
    """The action put differently."""
    policies.check_draft(wording.plan_version)
    _put(wording, said)
    save_over(wording, None)


def _put(wording: ActionWording, said: Said) -> None:
    wording.what, wording.by_when, wording.how_known = said.what, said.by_when, said.how_known
    wording.owner_worker, wording.owner_person, wording.owner_named = (
        said.owner.worker,
        said.owner.person,
        said.owner.named,
    )


@whole
def take_action_out(wording: ActionWording, *, by: User, at: datetime) -> None:
    """The draft no longer has the action."""
    policies.check_draft(wording.plan_version)
    wording.delete()
