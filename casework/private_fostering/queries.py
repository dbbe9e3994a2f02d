"""Private fostering, for the people who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from casework.accounts.models import User
from casework.allocation.queries import holder
from casework.common.sql import Holds
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock, in_order, running
from casework.deadlines.working_out import STILL_OPEN
from casework.people.family import SIBLINGS, family_of
from casework.people.models import Person, Relationship
from casework.people.reach import closed_to
from casework.people.reading import readable
from casework.private_fostering import law
from casework.private_fostering.models import Arrangement, CarerNotice, Suitability
from casework.visits.models import ChildVisited
from casework.visits.queries import open_for

TABLE, KIND, NOTICES = "private_fostering", "private_fostering", "private_fostering_notices"
NOBODY, CLOSED = "not recorded", "Somebody whose record is closed to you"


@dataclass(frozen=True)
class Fostered:
    """A child who is privately fostered now: the last visit, the next clock, what was decided, who holds the case."""

    arrangement: Arrangement
    last_visit: date | None
    clock: RunningClock | None
    suitability: str
    held_by: str


def arrangement_for(user: User, pk: int) -> Arrangement | None:
    """An arrangement, when the child's record is one that the account may open."""
    found = Arrangement.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "carer", "recorded_by").prefetch_related("person__addresses").first()


def arrangements_of(person: Person) -> list[Arrangement]:
    """Every arrangement of a child whose record has been opened, latest first."""
    return list(Arrangement.objects.filter(person=person).order_by("-notified_on", "-pk"))


def fostered_now(user: User, at: datetime) -> list[Fostered]:
    """The children who are privately fostered and whom the account may see, the first whose visit is due first."""
    decided = Suitability.objects.filter(arrangement=OuterRef("pk")).order_by("-decided_on", "-pk")
    visits = ChildVisited.objects.filter(private_fostering=OuterRef("pk"), seen=True)
    found = list(
        Arrangement.objects.filter(ended_on=None, person__in=readable(user))
        .select_related("person")
        .annotate(
            holder=holder(), outcome=Subquery(decided.values("outcome")[:1]),
            seen_on=Subquery(visits.order_by("-visit__visited_on").values("visit__visited_on")[:1]),
        )
    )  # fmt: skip
    clocks: dict[int, RunningClock] = {}
    for one in running([row.person_id for row in found], at=at):
        if one.row.rule in law.rules() and one.row.person_id is not None:
            clocks.setdefault(one.row.person_id, one)
    shown = [_fostered(one, clocks.get(one.person_id)) for one in found]
    return sorted(shown, key=lambda one: (one.clock is None, one.clock and one.clock.row.due_on, one.arrangement.pk))


def _fostered(one: Arrangement, clock: RunningClock | None) -> Fostered:
    extra: Mapping[str, object] = vars(one)
    seen = extra["seen_on"]
    words = dict(Suitability.Outcome.choices).get(str(extra["outcome"]), "Not decided")
    return Fostered(one, seen if isinstance(seen, date) else None, clock, str(words), str(extra["holder"]))


def clocks_of(arrangement: Arrangement, at: datetime) -> list[RunningClock]:
    """The clocks that it started, and those of its visits that run."""
    told = CarerNotice.objects.filter(arrangement=arrangement).values("reference")
    own = Q(trigger_table=TABLE, trigger_row_id=arrangement.reference)
    own |= Q(trigger_table=NOTICES, trigger_row_id__in=told)
    if arrangement.ended_on is None:
        own |= Q(status=STILL_OPEN)
    rows = Obligation.objects.filter(own, person=arrangement.person_id, rule__in=law.rules())
    return in_order(RunningClock(row, at) for row in rows)


def visits_to(arrangement: Arrangement) -> QuerySet[ChildVisited]:
    """The visits made under it, latest first, with what the child said."""
    found = ChildVisited.objects.filter(private_fostering=arrangement)
    return found.select_related("visit__worker", "said").order_by("-visit__visited_on", "-pk")


def carers_to_choose(person: Person, user: User, today: date, now: Arrangement | None = None) -> dict[Person, str]:
    """The adults of the family whom the account may know of, each with what they are called; the carer there is too."""
    words: dict[Person, list[str]] = {}
    for one in family_of(person, user).relatives:
        if not (one.person.is_child or one.person.died_on or one.ended(today)):
            words.setdefault(one.person, []).append(one.words.lower())
    found = {person: f"{person.full_name} ({', '.join(its)})" for person, its in words.items()}
    if now is not None and now.carer is not None:
        found.setdefault(now.carer, carer_of(now, user)[0])
    return found


def carer_of(arrangement: Arrangement, user: User) -> tuple[str, str]:
    """What the carer is called, and the number of their record where the account may open it."""
    if arrangement.carer is None:
        return arrangement.carer_named or NOBODY, ""
    carer = arrangement.carer
    if readable(user).filter(pk=carer.pk).exists():
        return carer.full_name, carer.reference
    closed = Person.objects.filter(Holds("pk", closed_to(user)), pk=carer.pk).exists()
    return CLOSED if closed else carer.full_name, ""


def close_relative(arrangement: Arrangement) -> bool:
    """Whether the carer is one of the relatives that the Act names, or holds parental responsibility."""
    if arrangement.carer_id is None:
        return False
    child, carer = arrangement.person_id, arrangement.carer_id
    near = Q(relationship__in=law.meaning().relatives) | Q(parental_responsibility=True)
    found = Q(near, person=child, related=carer) | Q(person=carer, related=child, relationship__in=SIBLINGS)
    return Relationship.objects.filter(found, ended_on=None).exists()


def looked_after(person: Person, today: date) -> bool:
    """Whether the child is in the care of the authority."""
    return "looked_after" in open_for([person], today)[person.pk].by_kind
