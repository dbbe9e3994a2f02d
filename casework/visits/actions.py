"""Record a visit to one child or to several together, and put right what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.child_protection.models import ChildProtectionPlan
from casework.common.happened import check_past
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person
from casework.planning.actions.progress import Said as Goes
from casework.planning.actions.progress import note_each
from casework.tasks.actions import give_task
from casework.visits.models import ActionWorkedOn, ChildVisited, Visit
from casework.visits.queries import (
    ANSWERED_UNDER,
    Open,
    Plans,
    arrangement,
    open_for,
    plans_of,
    referrals_of,
)
from casework.voice.actions import NO_ANSWER, Answer, hear
from casework.voice.models import NotAsked

PLANS = ("child_protection", "child_in_need")
"""The duties that are there for as long as a plan runs."""


@dataclass(frozen=True)
class Shared:
    """What is true of the visit for every child."""

    visited_at: datetime
    place: str = ""
    unannounced: bool | None = None
    purpose: str = ""
    shared: str = ""


@dataclass(frozen=True)
class Own:
    """How one child was. `answer` has the child's own words, or why they were not asked.

    `duties`: the kinds of duty that the visit answers; with none, each one that was open for the child that day.
    `worked_on`: the actions of the child's plan that the visit was about, by key, and how each goes.
    """

    person: Person
    seen: bool | None
    duties: Sequence[str] = ()
    not_seen_because: str = ""
    seen_alone: bool | None = None
    not_alone_because: str = ""
    bedroom_seen: bool | None = None
    what_i_saw: str = ""
    what_next: str = ""
    answer: Answer = NO_ANSWER
    task: str = ""
    task_by: date | None = None
    worked_on: Mapping[int, Goes] = field(default_factory=dict)


@whole
def record_visit(shared: Shared, children: Sequence[Own], *, by: User, at: datetime) -> list[ChildVisited]:
    """The visit, a part for each child. A child who was seen stops the clock in the same transaction."""
    check_past(shared.visited_at, at, "visited_at")
    check_own(children)
    on = timezone.localdate(shared.visited_at)
    visit = Visit.objects.create(
        visited_on=on, visited_at=shared.visited_at, place=shared.place, unannounced=shared.unannounced,
        purpose=shared.purpose, shared=shared.shared, worker=by.worker, **stamp(by, at),
    )  # fmt: skip
    people = [one.person for one in children]
    opened, referrals = open_for(people, on), referrals_of(people, on)
    plans = plans_of(opened.values())
    made = []
    for one in children:
        part = ChildVisited(
            visit=visit, person=one.person, referral=referrals.get(one.person.pk), **_how(one), **stamp(by, at)
        )
        found = opened[one.person.pk]
        _answer(part, one.duties or found.duties, found, plans)
        _keep(part, one, by, at)
        made.append(part)
    bring_up_to_date(people=[one.pk for one in people], at=at)
    return made


def check_own(children: Sequence[Own]) -> None:
    """Raises Refused where a child has no part of their own."""
    if not children:
        raise Refused("Choose who you went to see.")
    for one in children:
        name = one.person.forename or "the child"
        if one.seen is None:
            raise Refused(f"Say whether you saw {name}.", asked_of("seen", one.person))
        if not one.seen and not one.not_seen_because.strip():
            raise Refused(f"Say why {name} was not seen.", asked_of("not_seen_because", one.person))
        if one.seen and len(children) > 1 and not one.what_i_saw.strip():
            raise Refused(
                f"Write how {name} was: each child keeps their own record.", asked_of("what_i_saw", one.person)
            )


def asked_of(about: str, person: Person) -> str:
    """The question of the form about this child."""
    return f"{about}_{person.pk}"


def _keep(part: ChildVisited, own: Own, by: User, at: datetime) -> None:
    """Keep the part, what the child said, how the plan's actions go and the task that comes of it."""
    _hear(part, own, None, by, at)
    for progress in note_each(own.person, own.worked_on, noted_on=part.visit.visited_on, by=by, at=at):
        ActionWorkedOn.objects.create(child=part, progress=progress, **stamp(by, at))
    if own.task.strip():
        give_task(what=own.task, by=by, at=at, owner=by, person=own.person, due_on=own.task_by)


def _answer(part: ChildVisited, duties: Sequence[str], found: Open, plans: Plans) -> None:
    """Lay the visit under the plan, care or arrangement of each of these duties that was open that day.

    `kind` names a duty that is under none of them, else the first. A duty that was not open is kept where it is the
    only one, or where the visit was under it already.
    """
    held = {kind: under for kind in duties if (under := found.by_kind.get(kind) or _under(part).get(kind))}
    alone = [kind for kind in duties if kind not in ANSWERED_UNDER]
    part.kind = next(iter((*alone, *held, *duties)))
    protection, need = held.get("child_protection"), held.get("child_in_need")
    part.protection_plan = plans.protection.get(protection, part.protection_plan) if protection else None
    part.need_plan = plans.need.get(need, part.need_plan) if need else None
    part.care_period = held.get("looked_after", "")
    part.private_fostering_id = arrangement(part.person, held.get("private_fostering"))


def lay_anew(plan: ChildProtectionPlan, first: date, until: date) -> None:
    """The visits of those days answer what ran then, as they would had it been known that the plan ran from its day.

    A visit before it loses the plan's duty, and answers that of a child in need plan that ran on. The caller brings the
    clocks up to date.
    """
    between = ChildVisited.objects.filter(person=plan.person_id, visit__visited_on__gte=first)
    between = between.filter(visit__visited_on__lt=until).order_by("pk")
    for part in between.select_related("visit", "person", "protection_plan", "need_plan", "private_fostering"):
        found, duties = open_for([part.person], part.visit.visited_on)[part.person_id], set(part.duties)
        if part.visit.visited_on >= plan.started_on:
            duties.add("child_protection")
        elif "child_protection" in duties:
            duties.add("child_in_need")
        gone = {kind for kind in PLANS if kind not in found.by_kind}
        part.protection_plan = part.protection_plan if "child_protection" not in gone else None
        part.need_plan = part.need_plan if "child_in_need" not in gone else None
        stay = [kind for kind in dict.fromkeys((*found.duties, *part.duties)) if kind in duties - gone]
        _answer(part, stay or found.duties, found, plans_of([found]))
        save_over(part, None)


def _under(part: ChildVisited) -> dict[str, str]:
    """The canonical references of what a visit is under, by kind."""
    found = {"child_protection": part.protection_plan, "child_in_need": part.need_plan,
             "private_fostering": part.private_fostering}  # fmt: skip
    return {"looked_after": part.care_period, **{kind: row.reference for kind, row in found.items() if row}}


def _how(own: Own) -> dict[str, bool | str | None]:
    """The columns that say how the child was. Of a child who was not seen, only why."""
    if not own.seen:
        return {"seen": False, "not_seen_because": own.not_seen_because, "what_next": own.what_next,
                "what_i_saw": own.what_i_saw, "seen_alone": None, "not_alone_because": "",
                "bedroom_seen": None}  # fmt: skip
    why = own.not_alone_because if own.seen_alone is False else ""
    return {"seen": True, "not_seen_because": "", "seen_alone": own.seen_alone, "not_alone_because": why,
            "bedroom_seen": own.bedroom_seen, "what_i_saw": own.what_i_saw, "what_next": own.what_next}  # fmt: skip


def _hear(part: ChildVisited, own: Own, version: int | None, by: User, at: datetime) -> None:
    """Keep the part, with what a child who was seen answered. Why one was not seen is said already."""
    hear(
        part.person, own.answer if own.seen else NO_ANSWER, part, place=NotAsked.Place.VISIT,
        said_on=part.visit.visited_on, about="On a visit", version=version, by=by, at=at,
    )  # fmt: skip


@whole
def put_right(part: ChildVisited, own: Own, *, version: int | None, by: User, at: datetime) -> None:
    """Put one child's part right; what it said before stays in the history. The child's words are never altered."""
    check_own([own])
    if part.said_id and not own.seen:
        raise Refused(
            "The child's words from this visit are on the record, so the child was seen. "
            "If that is wrong, write a case note that says so.",
            asked_of("seen", part.person),
        )
    for name, value in _how(own).items():
        setattr(part, name, value)
    found = open_for([part.person], part.visit.visited_on)[part.person_id]
    _answer(part, own.duties or part.duties, found, plans_of([found]))
    _hear(part, own, version, by, at)
    bring_up_to_date(people=[part.person_id], at=at)
