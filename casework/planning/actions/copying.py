"""The words of one version of a plan, copied into another that is begun from it."""

from __future__ import annotations

from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.planning.content import ActionLine, NeedLine, OutcomeLine, content_of
from casework.planning.models import (
    Action,
    ActionWording,
    Need,
    NeedWording,
    Outcome,
    OutcomeWording,
    PlanVersion,
)

FOR_PARENTS = ("parents_may_read", "parents_may_read_why")
"""Whether the parents are given the child's words to read, and why."""
SHARED = ("worried_about", "going_well", "parents_must", "contingency", "decide_by", "who_to_ring", "seen_every_weeks")
"""What brothers and sisters have in common. What each child said and thinks is each child's own."""
OWN = ("childs_view", *FOR_PARENTS)


def copy_words(like: PlanVersion, into: PlanVersion, *, by: User, at: datetime) -> None:
    """Everything that `like` says, put into the draft."""
    own = like.person_id == into.person_id
    for name in (*SHARED, *(OWN if own else ())):
        setattr(into, name, getattr(like, name))
    into.save()
    for need in content_of(like).needs:
        Copy(into, own, by, at).need(need)


class Copy:
    """Copying into one draft: `own` where both versions are of the same child."""

    def __init__(self, into: PlanVersion, own: bool, by: User, at: datetime) -> None:
        self.into, self.own, self.stamp = into, own, stamp(by, at)

    def need(self, line: NeedLine) -> None:
        """A need and what is under it."""
        need = line.wording.need if self.own else Need.objects.create(person=self.into.person, **self.stamp)
        words = line.wording.family_words if self.own else ""
        NeedWording.objects.create(
            plan_version=self.into, need=need, what=line.wording.what, family_words=words, place=line.wording.place,
            **self.stamp,
        )  # fmt: skip
        for outcome in line.outcomes:
            self.outcome(need, outcome)

    def outcome(self, need: Need, line: OutcomeLine) -> None:
        """An outcome and its actions, but for those that are done."""
        outcome = line.wording.outcome if self.own else Outcome.objects.create(need=need, **self.stamp)
        OutcomeWording.objects.create(
            plan_version=self.into, outcome=outcome, what=line.wording.what, place=line.wording.place, **self.stamp
        )
        for action in line.actions:
            if action.action.open:
                self.action(outcome, action)

    def action(self, outcome: Outcome, line: ActionLine) -> None:
        """An action."""
        action = line.action if self.own else Action.objects.create(outcome=outcome, **self.stamp)
        wording = line.wording
        ActionWording.objects.create(
            plan_version=self.into, action=action, what=wording.what, owner_worker=wording.owner_worker,
            owner_person=wording.owner_person, owner_named=wording.owner_named, by_when=wording.by_when,
            how_known=wording.how_known, place=wording.place, **self.stamp,
        )  # fmt: skip
