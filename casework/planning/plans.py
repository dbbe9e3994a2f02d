"""A plan as writing sees it: a child in need plan and a child protection plan alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.urls import reverse

from casework.accounts.models import User
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.people.models import Person
from casework.people.reading import readable
from casework.planning.models import PlanVersion

Episode: TypeAlias = ChildInNeedPlan | ChildProtectionPlan
NEED, PROTECTION = "need", "protection"
MODELS: dict[str, Any] = {NEED: ChildInNeedPlan, PROTECTION: ChildProtectionPlan}
TITLES = {NEED: "Child in need plan", PROTECTION: "Child protection plan"}


@dataclass(frozen=True)
class Plan:
    """One plan of a child: which kind, and its row."""

    kind: str
    row: Episode

    @property
    def person(self) -> Person:
        """Whose plan it is."""
        return self.row.person

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.kind]

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.row.ended_on is None

    @property
    def started_on(self) -> date:
        """The day it began."""
        return self.row.started_on

    @property
    def versions(self) -> QuerySet[PlanVersion]:
        """Its versions, the first first."""
        return self.row.plan_versions.order_by("number")

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("plan", args=[self.kind, self.row.pk])

    @property
    def tie(self) -> dict[str, Episode]:
        """The column of a version that says it is of this plan."""
        return {f"{self.kind}_plan": self.row}


def plan_for(user: User, kind: str, pk: int) -> Plan | None:
    """A plan, when the child's record is one that the account may open."""
    if kind not in MODELS:
        return None
    found = MODELS[kind].objects.filter(pk=pk, person__in=readable(user))
    row = found.select_related("person", "worker", "team").first()
    return Plan(kind, row) if row else None


def plan_of(version: PlanVersion) -> Plan:
    """The plan that a version is of."""
    if version.need_plan is not None:
        return Plan(NEED, version.need_plan)
    assert version.protection_plan is not None  # a version is of one or the other
    return Plan(PROTECTION, version.protection_plan)


def plans_of(person: Person) -> list[Plan]:
    """Every plan of the child: those that are open first, then the latest."""
    rows = [
        *(Plan(NEED, row) for row in person.child_in_need_plans.select_related("person", "worker", "team")),
        *(Plan(PROTECTION, row) for row in person.child_protection_plans.select_related("person", "worker", "team")),
    ]
    return sorted(rows, key=lambda plan: (plan.open, plan.started_on), reverse=True)
