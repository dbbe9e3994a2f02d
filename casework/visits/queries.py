"""Visits of a child, which duty the next one answers, and when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from casework.accounts.models import User
from casework.canonical.reading import rows_of
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.common.kept_queries import Given, KeptQuery, among
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock, running
from casework.deadlines.words import clock_named
from casework.front_door.models import Referral
from casework.people.models import Person
from casework.people.reading import readable
from casework.planning import queries as of_plans
from casework.planning.models import ActionWording, Progress
from casework.visits.models import ChildVisited
from goldenthread.timeliness.status import Status

UNDER = (
    ("adoptions", "adoption_id", "adoption"),
    ("care_periods", "care_period_id", "looked_after"),
    ("cp_plans", "cp_plan_id", "child_protection"),
    ("private_fostering", "private_fostering_id", "private_fostering"),
    ("cin_plans", "cin_plan_id", "child_in_need"),
    ("assessments", "assessment_id", "assessment"),
    ("section_47_enquiries", "section_47_id", "assessment"),
)
"""What a visit may be made under: the canonical table, its key, and the kind of visit. It answers all that are open."""

BEGAN = ("notified_on", "placed_on", "started_on")
ENDED = ("ended_on", "adopted_on", "reversed_on", "authorised_on")
"""The days between which a row of those tables is open. A private arrangement is visited from the day it is known
(regulation 8(6) of SI 2005/1533), come or not; a child who is to be adopted, from the day of being placed."""

ANSWERED_UNDER = {
    "looked_after": ~Q(care_period=""),
    "child_protection": Q(protection_plan__isnull=False),
    "private_fostering": Q(private_fostering__isnull=False),
    "child_in_need": Q(need_plan__isnull=False),
}
"""The duties that a visit answers by what it was made under, whatever its kind: `ChildVisited.duties`."""

KEYS = {kind: key for _, key, kind in UNDER if kind in ANSWERED_UNDER}
DUTIES = ", ".join(f"CASE WHEN {KEYS[kind]} <> '' AND kind <> '{kind}' THEN '{kind}' END" for kind in ANSWERED_UNDER)
DUTIES = f"concat_ws(' ', kind, {DUTIES})"
"""The duties that a row of the canonical table answers, in SQL, with spaces between."""

MADE = {
    "looked_after": "looked_after_visit.made",
    "child_protection": "child_protection_visit.made",
    "private_fostering": "private_fostering_visit.made",
    "child_in_need": "child_in_need_visit.made",
    "adoption": "adoption_visit.made",
    "care_leaver": "personal_adviser_visit.made",
}
"""The event of the statute book that a visit of each kind is."""

NO_DUTY = ("assessment",)
"""What a visit is for a child with no plan who is not in care."""

SEEN = "child.seen"
"""What a visit in an assessment or an enquiry is."""


@dataclass(frozen=True)
class Open:
    """What was open for a child on a day: canonical references by kind of visit, the first one told first."""

    by_kind: Mapping[str, str]

    @property
    def duties(self) -> tuple[str, ...]:
        """The duties that a visit that day answers: one in an assessment where there is no plan and no care."""
        return tuple(self.by_kind) or NO_DUTY


def open_for(people: Sequence[Person], on: date) -> dict[int, Open]:
    """What was open for each of these people on the day, by key: one question for all of them."""
    rows = rows_of([one.pk for one in people], tuple(table for table, _, _ in UNDER))
    keys = {one.reference: one.pk for one in people}
    found: dict[int, dict[str, str]] = {one.pk: {} for one in people}
    for table, name, kind in UNDER:
        for row in rows.get(table, ()):
            if _on(row, on) and row.get("child_id") in keys:
                found[keys[str(row["child_id"])]][kind] = str(row[name])
    return {key: Open(by_kind) for key, by_kind in found.items()}


def _on(row: Mapping[str, Any], on: date) -> bool:
    began = next((row[name] for name in BEGAN if row.get(name)), None)
    ended = min((row[name] for name in ENDED if row.get(name)), default=None)
    return bool(began and began <= on and not (ended and ended < on))


PROTECTION_PLANS = KeptQuery(lambda: ChildProtectionPlan.objects.filter(among("reference", "references")))
NEED_PLANS = KeptQuery(lambda: ChildInNeedPlan.objects.filter(among("reference", "references")))
OPEN_ON = KeptQuery(
    lambda: Referral.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=Given("on")), among("person", "people"), received_on__lte=Given("on")
    ).order_by("-received_on", "-pk")
)


@dataclass(frozen=True)
class Plans:
    """The plans that were open for children, by canonical reference."""

    protection: Mapping[str, ChildProtectionPlan]
    need: Mapping[str, ChildInNeedPlan]


def plans_of(opened: Iterable[Open]) -> Plans:
    """The plans among what was open for children: a question for each kind that there is."""
    every = list(opened)
    protection, need = (
        [one.by_kind[kind] for one in every if kind in one.by_kind] for kind in ("child_protection", "child_in_need")
    )
    return Plans(
        {one.reference: one for one in PROTECTION_PLANS.ask(references=protection)} if protection else {},
        {one.reference: one for one in NEED_PLANS.ask(references=need)} if need else {},
    )


def arrangement(person: Person, reference: str | None) -> int | None:
    """The key of the child's private fostering arrangement of that canonical reference, which a later stage keeps."""
    found = person.private_fostering.filter(reference=reference) if reference else person.private_fostering.none()
    return found.values_list("pk", flat=True).first()


def referrals_of(people: Iterable[Person], on: date) -> dict[int, Referral]:
    """The latest referral that was open on the day of each child who had one, by the child's key."""
    found = OPEN_ON.ask(people=[one.pk for one in people], on=on)
    return {one.person_id: one for one in reversed(found)}


def visits_of(person: Person, *, kind: str = "", alone: str = "") -> list[ChildVisited]:
    """Visits of a child whose record has been opened, latest first; `alone` is alone, not_alone or not_seen."""
    found = ChildVisited.objects.filter(person=person).select_related("visit__worker")
    wanted = {"alone": {"seen_alone": True}, "not_alone": {"seen": True, "seen_alone": False},
              "not_seen": {"seen": False}}.get(alone, {})  # fmt: skip
    found = found.filter(answering(kind) if kind else Q(), **wanted)
    return list(found.order_by("-visit__visited_on", "-visit__visited_at", "-pk"))


def answering(kind: str) -> Q:
    """The visits that answer a duty, or were an attempt to, whichever else they answer: `ChildVisited.duties`."""
    return Q(kind=kind) | ANSWERED_UNDER.get(kind, Q(kind=kind))


def made_late(person: Person, at: datetime) -> dict[str, list[RunningClock]]:
    """The clocks that each late visit of the child stopped too late, by the visit's reference, the first due first."""
    found: dict[str, list[RunningClock]] = {}
    for row in _stopped(person).filter(status=Status.late):
        found.setdefault(row.satisfied_row_id, []).append(RunningClock(row, at))
    return found


def stopped_by(part: ChildVisited, at: datetime) -> list[RunningClock]:
    """The clocks that a visit stopped, the first due first."""
    return [RunningClock(row, at) for row in _stopped(part.person).filter(satisfied_row_id=part.reference)]


def _stopped(person: Person) -> QuerySet[Obligation]:
    return Obligation.objects.filter(person=person, satisfied_table="visits").order_by("due_on", "pk")


def visit_for(user: User, pk: int) -> ChildVisited | None:
    """A child's part of a visit, where the account may open that child's record."""
    found = ChildVisited.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "visit__worker", "said", "recorded_by").first()


def together(part: ChildVisited, user: User) -> list[ChildVisited]:
    """The parts of brothers and sisters who were visited too, of those whose records the account may open."""
    others = ChildVisited.objects.filter(visit=part.visit_id, person__in=readable(user)).exclude(pk=part.pk)
    return list(others.select_related("person").order_by("pk"))


def to_be_done(people: Iterable[Person]) -> dict[int, list[ActionWording]]:
    """What is still to be done of each child's plans that run, by the child's key: one question."""
    return of_plans.by_child(STILL_TO_DO.ask(people=[one.pk for one in people]))


STILL_TO_DO = KeptQuery(
    lambda: of_plans.still_to_do(among("plan_version__person", "people")).filter(
        plan_version__need_plan__ended_on=None, plan_version__protection_plan__ended_on=None
    )
)


def worked_on(part: ChildVisited) -> list[tuple[Progress, str]]:
    """How the actions that the visit was about were found to go, each with how the plan puts it now."""
    found = [one.progress for one in part.actions_worked_on.select_related("progress")]
    words = of_plans.put_as(one.action_id for one in found)
    return [(one, words.get(one.action_id, "")) for one in found]


def next_due(people: Iterable[int], at: datetime) -> list[RunningClock]:
    """The clocks that wait for a visit, the first due first."""
    return waiting(running(list(people), at=at))


def waiting(clocks: Iterable[RunningClock]) -> list[RunningClock]:
    """Those of the clocks that a visit stops."""
    made = {*MADE.values(), SEEN}
    return [one for one in clocks if answers(one) & made]


def due_with(person: Person, due: Iterable[RunningClock]) -> list[int]:
    """Of the others whose clocks these are, those to whom a visit of the same kind is due on the same day, by key."""
    clocks = list(due)
    own = {_which(one) for one in clocks if one.row.person_id == person.pk}
    return sorted({one.row.person_id for one in clocks if one.row.person_id != person.pk and _which(one) in own})


def _which(clock: RunningClock) -> tuple[str, date | None]:
    return clock.row.clock, clock.row.due_on


def answers(clock: RunningClock) -> set[str]:
    """The events that stop a clock."""
    found = clock_named(clock.row.clock)
    return set(found.satisfied_by) if found else set()
