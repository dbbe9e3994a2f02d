"""Where a child is on the journey when child protection begins, and who else it may be about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from casework.accounts.models import Team, User, Worker
from casework.allocation.models import Allocation
from casework.assessment.models import Assessment
from casework.child_protection.models import ChildProtectionPlan
from casework.front_door.models import ContactChild, Referral
from casework.people.family import family_and_household, home_of
from casework.people.models import Person
from casework.tasks.models import Task


@dataclass(frozen=True)
class Stage:
    """What is open on a child's record now. Each is None where there is none."""

    contact: ContactChild | None
    referral: Referral | None
    assessment: Assessment | None
    plan: ChildProtectionPlan | None


def stage_of(person: Person) -> Stage:
    """The contact that waits, the open referral, the running assessment and the open plan of a child."""
    return Stage(
        ContactChild.objects.filter(person=person, decided_on=None).order_by("-pk").first(),
        Referral.objects.filter(person=person, closed_on=None).order_by("-received_on", "-pk").first(),
        Assessment.objects.filter(person=person, authorised_on=None).order_by("-started_on").first(),
        open_plan(person),
    )


def assessments_that_ask(people: Iterable[Person], on: date) -> dict[int, Assessment]:
    """The authorised assessments, begun by that day, that led to a strategy discussion which is still to be held: the
    latest of each of these people, by their key."""
    asked = Task.objects.filter(person=OuterRef("person"), answered_by=Task.AnsweredBy.STRATEGY, done_at=None)
    found = Assessment.objects.filter(
        Exists(asked), person__in=[one.pk for one in people], outcome="strategy_discussion", started_on__lte=on
    )
    return {one.person_id: one for one in found.exclude(authorised_on=None).order_by("authorised_on", "pk")}


def open_plan(person: Person) -> ChildProtectionPlan | None:
    """The child's child protection plan that has not ended."""
    return ChildProtectionPlan.objects.filter(person=person, ended_on=None).order_by("-started_on").first()


def holders(person: Person) -> tuple[Worker | None, Team | None]:
    """Who holds the case now: the worker and the team."""
    held = Allocation.objects.filter(person=person, ended_on=None).select_related("worker", "team")
    found = held.order_by("-started_on", "-pk").first()
    return (found.worker, found.team) if found else (None, None)


def children_with(person: Person, user: User, on: date) -> list[Person]:
    """The child, and the brothers, sisters and other children of the household whose records the account may open."""
    family, household = family_and_household(person, home_of(person, on), user, on)
    kin = {one.person.pk: one.person for one in (*family.siblings, *household) if one.may_open}
    others = [one for one in kin.values() if one.is_child and one.died_on is None and one.pk != person.pk]
    return [person, *sorted(others, key=lambda one: (one.born_on or date.max, one.pk))]
