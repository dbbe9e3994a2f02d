"""A child's plan in plain words, for parents and everybody else who does something in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import QuerySet

from casework.accounts.models import User
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds.model import Field, Kind, Source
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import Block, Heading, Listed, Paragraph, Run
from casework.people.models import Person
from casework.planning.content import ActionLine, Content, content_of
from casework.planning.handed import visits, who_to_ring, why_kept
from casework.planning.models import PlanVersion
from casework.planning.plans import plan_of


def in_force(person: Person, _user: User) -> list[Source]:
    """The versions of the child's plans that are or were in force, the latest first."""
    found = _of(person).order_by("-in_force_from", "-pk")
    return [Source(one.reference, f"{plan_of(one).title}, from {day(one.in_force_from)}") for one in found]


def fill(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """What the version says, as the page that parents are handed says it."""
    one = _of(person).filter(reference=reference).first()
    if one is None:
        return None
    plan = plan_of(one)
    return {
        "plan.kind": plan.title,
        "plan.from": day(one.in_force_from),
        "plan.childs_view": one.childs_view,
        "plan.going_well": one.going_well,
        "plan.worried_about": one.worried_about,
        "plan.parents_must": one.parents_must,
        "plan.needs": tuple(needs(content_of(one))),
        "plan.visits": visits(one),
        "plan.contingency": one.contingency,
        "plan.decide_by": day(one.decide_by) if one.decide_by else "",
        "plan.who_to_ring": who_to_ring(one, plan.row.worker),
        "plan.not_agreed": one.not_agreed,
    }


def why_not_read(person: Person, reference: str) -> str:
    """Why the parents may not read what the child thinks; empty where somebody has said that they may."""
    one = _of(person).filter(reference=reference).first()
    return why_kept(one) if one else ""


def needs(content: Content) -> Iterator[Block]:
    """What should be different, and under it who does what by when."""
    for need in content.needs:
        yield Heading((Run(need.wording.what),))
        for outcome in need.outcomes:
            if outcome.wording.what:
                yield Paragraph((Run(outcome.wording.what),))
            if outcome.actions:
                yield Listed(tuple(_action(line) for line in outcome.actions))


def _action(line: ActionLine) -> tuple[Run, ...]:
    owner = line.wording.owner
    who = (Run(f"{owner}: ", bold=True),) if owner else ()
    return (*who, Run(line.in_full))


def _of(person: Person) -> QuerySet[PlanVersion]:
    return (
        PlanVersion.objects.filter(person=person)
        .exclude(in_force_from=None)
        .select_related("person", "need_plan__worker", "protection_plan__worker")
    )


NEEDS = (
    Heading((Run("Carl needs quiet mornings"),)), Paragraph((Run("Carl is at school by nine."),)),
    Listed(((Run("Mona Example: ", bold=True), Run("Wakes Carl at seven. By 1 December 2026.")),)),
)  # fmt: skip
PLAN = Kind(
    "plan", "A child’s plan, in plain words",
    (
        Field("plan.kind", "Which plan it is", "Child in need plan"),
        Field("plan.from", "The day from which it says so", "27 November 2026"),
        Field("plan.childs_view", "What the child says", "I like my school.", of_child=True),
        Field("plan.going_well", "What is going well", "Carl has good friends."),
        Field("plan.worried_about", "What we are worried about", "Carl is late most days."),
        Field("plan.parents_must", "What the parents need to do", "Be up before Carl."),
        Field("plan.needs", "List: what should be different, and who does what by when", NEEDS, part=True),
        Field("plan.visits", "How often we visit", "We visit every 2 weeks."),
        Field("plan.contingency", "What happens if things do not change", "We meet again sooner."),
        Field("plan.decide_by", "By when that is decided", "1 February 2027"),
        Field("plan.who_to_ring", "Who can be rung", "Wilma Worker, Carl’s social worker."),
        Field("plan.not_agreed", "Who does not agree, and why", "Fred wants fewer visits."),
    ),
    in_force, fill, why_not_read=why_not_read,
)  # fmt: skip
