"""How long a child has gone without a visit, beside how often the plan says, and what was tried meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from casework.common.together import Rows
from casework.planning.models import PlanVersion
from casework.visits.models import ChildVisited
from casework.visits.queries import answering

A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Attempt:
    """A visit on which the child was not seen: the key of the child's part, the day, why, what was to happen next."""

    pk: int
    on: date
    because: str
    next: str


@dataclass(frozen=True)
class Rhythm:
    """How often a plan says that the child is visited, the last visit under it, and by when that makes the next.

    It sets no clock: the statute book has one number for all, and of a plan's own it says only that there is one.
    """

    plan: str
    weeks: int
    visited_on: date | None
    due_on: date
    today: date

    @property
    def over(self) -> int:
        """How many days have passed since that day; below 0 while it is still to come."""
        return (self.today - self.due_on).days


@dataclass(frozen=True)
class Stretch:
    """The time since a visit on which the child was seen: its day (None: there is none), and the attempts since, the
    latest first."""

    seen_on: date | None
    rhythms: tuple[Rhythm, ...]
    attempts: tuple[Attempt, ...]
    today: date

    @property
    def days(self) -> int:
        """How many days ago the child was last seen on a visit; 0 for one who never was."""
        return (self.today - (self.seen_on or self.today)).days

    @property
    def over(self) -> bool:
        """Whether the child has gone longer without a visit than a plan says."""
        return any(one.over > 0 for one in self.rhythms)

    def after(self, on: date) -> Stretch:
        """With the attempts alone of that day and later: the child was seen then, on a visit or not."""
        return replace(self, attempts=tuple(one for one in self.attempts if one.on >= on))


def since_seen(person: int) -> QuerySet[Any, Any]:
    """The last visit on which the child with that key was seen, and those after it on which nobody could: rows of the
    part's key, the day, whether seen, why not, what was to happen next."""
    visits = ChildVisited.objects.filter(person=person)
    last = visits.filter(seen=True).order_by("-visit__visited_on").values("visit__visited_on")[:1]
    found = visits.alias(last=Subquery(last)).filter(
        Q(seen=True, visit__visited_on=F("last")) | Q(seen=False) & (Q(last=None) | Q(visit__visited_on__gt=F("last")))
    )
    told = ("pk", "visit__visited_on", "seen", "not_seen_because", "what_next")
    return found.order_by("-visit__visited_on", "-pk").values_list(*told)


def said_in_plans(person: int) -> QuerySet[Any, Any]:
    """How often the child is visited by the plans in force: rows of the weeks, the day from which the plan says so, and
    for a child in need plan, and again for a child protection plan, when it began and when it was last visited under.
    """
    found = PlanVersion.objects.filter(
        person=person, in_force_from__isnull=False, replaced_on=None, seen_every_weeks__isnull=False,
        need_plan__ended_on=None, protection_plan__ended_on=None,
    )  # fmt: skip
    told = ["seen_every_weeks", "in_force_from"]
    for plan, kind in (("need_plan", "child_in_need"), ("protection_plan", "child_protection")):
        began = f"{plan}__started_on"
        visits = ChildVisited.objects.filter(answering(kind), person=person, seen=True)
        under = visits.filter(visit__visited_on__gte=OuterRef(began)).order_by("-visit__visited_on")
        found = found.annotate(**{kind: Subquery(under.values("visit__visited_on")[:1])})
        told += [began, kind]
    return found.order_by("pk").values_list(*told)


SINCE = Rows("since_seen", since_seen)
IN_PLANS = Rows("said_in_plans", said_in_plans)


def stretch_of(since: Sequence[Any], in_plans: Sequence[Any], today: date) -> Stretch:
    """The stretch, of what `SINCE` and `IN_PLANS` found."""
    seen_on = next((on for _, on, seen, *_ in since if seen), None)
    attempts = tuple(Attempt(pk, on, because, then) for pk, on, seen, because, then in since if not seen)
    rhythms = (_rhythm(row, today) for row in in_plans)
    return Stretch(seen_on, tuple(sorted(rhythms, key=lambda one: one.due_on)), attempts, today)


def _rhythm(row: Sequence[Any], today: date) -> Rhythm:
    weeks, says_so_from, need, need_visited, protection, protection_visited = row
    plan = "child protection plan" if protection else "child in need plan"
    began, visited_on = (protection, protection_visited) if protection else (need, need_visited)
    return Rhythm(plan, weeks, visited_on, next_by(weeks, visited_on or began, says_so_from), today)


def next_by(weeks: int, since: date, says_so_from: date) -> date:
    """By when the next visit is, so many weeks on, and no earlier than the day from which the plan says so."""
    return max(since + weeks * A_WEEK, says_so_from)
