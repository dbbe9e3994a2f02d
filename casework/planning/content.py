"""What a version of a plan says, put together: needs, under each its outcomes, under each its actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Prefetch

from casework.common.templatetags.golden_thread import day
from casework.planning.models import (
    Action,
    ActionWording,
    Change,
    NeedWording,
    OutcomeWording,
    PlanVersion,
    Progress,
)


@dataclass(frozen=True)
class ActionLine:
    """An action as the version puts it, and how it goes."""

    wording: ActionWording
    progress: list[Progress]

    @property
    def action(self) -> Action:
        """What goes on from version to version."""
        return self.wording.action

    @property
    def last(self) -> Progress | None:
        """The last that was noted."""
        return self.progress[0] if self.progress else None

    @property
    def in_full(self) -> str:
        """What is to be done and by when, as it is said to the family."""
        what, by_when = self.wording.what.strip(), self.wording.by_when
        if by_when is None:
            return what
        return f"{what}{'' if what.endswith(('.', '!', '?')) else '.'} By {day(by_when)}."

    def late(self, on: date) -> bool:
        """Whether it is still to be done and its day is past."""
        return self.action.open and self.wording.by_when is not None and self.wording.by_when < on


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome as the version puts it, what changed towards it, and its actions."""

    wording: OutcomeWording
    changes: list[Change]
    actions: list[ActionLine] = field(default_factory=list)

    @property
    def last(self) -> Change | None:
        """The last change that was noted."""
        return self.changes[0] if self.changes else None


@dataclass(frozen=True)
class NeedLine:
    """A need as the version puts it, and its outcomes."""

    wording: NeedWording
    outcomes: list[OutcomeLine] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """A version and all it says."""

    version: PlanVersion
    needs: list[NeedLine]

    @property
    def actions(self) -> list[ActionLine]:
        """Every action, in order."""
        return [action for need in self.needs for outcome in need.outcomes for action in outcome.actions]

    def late(self, on: date) -> list[ActionLine]:
        """The actions whose day is past and that are still to be done, the longest late first."""
        return sorted((one for one in self.actions if one.late(on)), key=lambda one: one.wording.by_when or on)


def content_of(version: PlanVersion) -> Content:
    """What the version says: five questions, however much it is."""
    needs = [NeedLine(one) for one in version.needs.select_related("need")]
    of_need = {line.wording.need_id: line for line in needs}
    of_outcome: dict[int, OutcomeLine] = {}
    for outcome in version.outcomes.select_related("outcome").prefetch_related("outcome__changes__recorded_by"):
        line = OutcomeLine(outcome, list(outcome.outcome.changes.all()))
        of_outcome[outcome.outcome_id] = line
        of_need[outcome.outcome.need_id].outcomes.append(line)
    noted = Prefetch("action__progress", Progress.objects.annotate(visit=F("at_visit__child")))
    actions = version.actions.select_related("action", "owner_worker", "owner_person")
    for action in actions.prefetch_related(noted, "action__progress__recorded_by"):
        of_outcome[action.action.outcome_id].actions.append(ActionLine(action, list(action.action.progress.all())))
    return Content(version, needs)
