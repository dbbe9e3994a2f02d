"""What the rules find, for those who may see it: on a child, on a worker's children, in a team, behind a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casework.accounts.models import Team, User, Worker
from casework.accuracy.checking import how_it_stands as how_it_stands_now
from casework.accuracy.models import ERROR, EXPLAINED, OPEN, Check, Finding, Return
from casework.allocation.models import Allocation
from casework.allocation.queries import WORKS_WITH
from casework.common.kept_queries import Given, KeptQuery, among
from casework.people.models import Person
from casework.people.reading import may_read, readable, within
from goldenthread.quality.kept.figures import MOST, RETURNS
from goldenthread.quality.kept.report.words import how_it_stands, return_name

A_PAGE = 25
NOBODY = 0
"""Stands for the team of children whom nobody holds."""
HELD = Allocation.objects.filter(ended_on=None)
OPENED = "open"
"""What is still to be mended or explained; the other part of a list is what was explained."""
PARTS = {OPENED: "To mend or explain", "explained": "Explained"}


@dataclass(frozen=True)
class OfPerson:
    """What the rules find on one person: as of when, and whether the record has changed since."""

    findings: list[Finding]
    at: datetime | None
    changed: bool

    @property
    def to_mend(self) -> int:
        """How many are open."""
        return sum(not one.explained for one in self.findings)


@dataclass(frozen=True)
class Child:
    """A child of whom something is to be mended or explained."""

    person: Person
    errors: int
    queries: int


def of_person(person: Person) -> OfPerson:
    """The findings on a person whose record is open to the reader: errors first, explained last. Two queries."""
    rows = Finding.objects.filter(person=person).select_related("person", "answer__recorded_by")
    found = in_order(rows)
    at, changed = how_it_stands_now(person.pk)
    return OfPerson(found, at, changed)


def in_order(rows: Iterable[Finding]) -> list[Finding]:
    """Errors first, what is explained last."""
    return sorted(rows, key=lambda one: (one.explained, not one.error, one.checked_as, one.rule, one.record_id))


def one_finding(person: Person, pk: int) -> Finding | None:
    """That finding of this person."""
    return Finding.objects.filter(person=person, pk=pk).select_related("person", "answer__recorded_by").first()


NAMED = KeptQuery(lambda: Person.objects.filter(among("pk", "keys")))
COUNTED: dict[str, Any] = {"errors": Count("pk", filter=ERROR), "queries": Count("pk", filter=~ERROR)}
OF_WORKER = KeptQuery(
    lambda may: (
        Finding.objects.filter(
            OPEN,
            person__in=HELD.filter(WORKS_WITH, person__in=within(may)).values("person"),
        )
        .values_list("person")
        .annotate(**COUNTED)
    )
)


OF_TEAM = KeptQuery(
    lambda: (
        Finding.objects.filter(OPEN, person__in=HELD.filter(team=Given("team")).values("person"))
        .values_list("person")
        .annotate(**COUNTED)
    )
)


def of_worker(worker: Worker, user: User) -> list[Child]:
    """The children whom the worker holds or works with and of whom something is open, the worst first."""
    return _children(OF_WORKER.ask(may_read(user), worker=worker.pk))


def of_team(team: Team) -> tuple[int, int, int]:
    """Errors and unexplained queries on the children whom the team holds, and on how many: all of them, for a count."""
    counted = OF_TEAM.ask(team=team.pk)
    return sum(errors for _, errors, _ in counted), sum(queries for _, _, queries in counted), len(counted)


def _children(found: Iterable[tuple[int, int, int]]) -> list[Child]:
    counted = {person: (errors, queries) for person, errors, queries in found}
    people = NAMED.ask(keys=list(counted)) if counted else ()
    listed = [Child(one, *counted[one.pk]) for one in people]
    return sorted(listed, key=lambda one: (-one.errors, -one.queries, one.person.surname, one.person.forename))


@dataclass(frozen=True)
class Rule:
    """A rule with something open. `value` is what a list is narrowed by."""

    checked_as: str
    rule: str
    severity: str
    says: str
    findings: int
    children: int

    @property
    def of(self) -> str:
        """Whose rule it is."""
        return return_name(self.checked_as)


@dataclass(frozen=True)
class Distance:
    """How far one return is from being sent."""

    checked_as: str
    errors: int
    queries: int
    explained: int
    children: int
    moved: dict[str, Any]

    @property
    def name(self) -> str:
        """The return in words."""
        return return_name(self.checked_as)

    @property
    def stands(self) -> str:
        """In a few words."""
        return how_it_stands({"errors": self.errors, "queries": self.queries, **self._rules()})

    def _rules(self) -> dict[str, int]:
        return {name: self.moved.get(name) or 0 for name in ("rules_ran", "rules_not_run")}


@dataclass(frozen=True)
class Figures:
    """The accuracy of the record as it was last checked. `hidden`: of the children with most, those not to be named."""

    returns: list[Distance]
    rules: list[Rule]
    teams: list[tuple[int, str, int, int, int]]
    most: list[Child]
    hidden: int


def figures(check: Check, *, user: User, names: bool) -> Figures:
    """Every figure of the report: counts of everybody, names of those whom the reader may see. Six queries."""
    return Figures(_distances(check), _rules(), _teams(), *_most(user, names))


def _distances(check: Check) -> list[Distance]:
    rows = Finding.objects.values_list("checked_as").annotate(
        errors=Count("pk", filter=ERROR),
        queries=Count("pk", filter=OPEN & ~ERROR),
        answered=Count("pk", filter=EXPLAINED),
        children=Count("person", filter=OPEN, distinct=True),
    )
    found = {kind: numbers for kind, *numbers in rows}
    moved = check.content["moved"]
    distances = []
    for kind in RETURNS:
        errors, queries, explained, children = found.get(kind, [0, 0, 0, 0])
        distances.append(Distance(kind, errors, queries, explained, children, moved.get(kind, {})))
    return distances


def _rules() -> list[Rule]:
    rows = Finding.objects.filter(OPEN).values("checked_as", "rule", "severity", "says")
    found = rows.annotate(findings=Count("pk"), children=Count("person", distinct=True))
    return [Rule(**row) for row in found.order_by("severity", "-findings", "checked_as", "rule")]


def _teams() -> list[tuple[int, str, int, int, int]]:
    held = Subquery(HELD.filter(person=OuterRef("person")).values("team")[:1], output_field=BigIntegerField())
    rows = Finding.objects.filter(OPEN, person__isnull=False).values(team=Coalesce(held, NOBODY)).annotate(
        errors=Count("pk", filter=ERROR), queries=Count("pk", filter=~ERROR), children=Count("person", distinct=True)
    )  # fmt: skip
    names = dict(Team.objects.values_list("pk", "name"))
    found = [(row["team"], names.get(row["team"], NO_TEAM), row["errors"], row["queries"], row["children"])
             for row in rows]  # fmt: skip
    return sorted(found, key=lambda one: (-one[2], -one[3], one[1]))


NO_TEAM = "Nobody holds the case"


def _most(user: User, names: bool) -> tuple[list[Child], int]:
    rows = Finding.objects.filter(OPEN, person__isnull=False).values("person")
    ranked = rows.annotate(found=Count("pk"), errors=Count("pk", filter=ERROR)).order_by("-found", "-errors", "person")
    keys = [row["person"] for row in ranked[:MOST]]
    if not names:
        return [], len(keys)
    within_reach = Finding.objects.filter(OPEN, person__in=readable(user).filter(pk__in=keys))
    seen = _children(within_reach.values_list("person").annotate(**COUNTED))
    return sorted(seen, key=lambda one: -(one.errors + one.queries)), len(keys) - len(seen)


@dataclass(frozen=True)
class Asked:
    """What a list of findings is narrowed to; empty for no narrowing."""

    checked_as: str = ""
    rule: str = ""
    team: int | None = None
    part: str = OPENED
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """A page of findings. `hidden` and `hidden_children` count those on people whom the reader may not see; `of_nobody`
    those on the return as a whole.
    """

    lines: list[Finding]
    of_nobody: list[Finding]
    in_all: int
    hidden: int
    hidden_children: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the lines take."""
        return max(-(-self.in_all // A_PAGE), 1)


def findings(asked: Asked, *, user: User, names: bool) -> Listed:
    """The findings behind a figure: those on people whom the reader may see, the others counted."""
    chosen = _narrowed(Finding.objects.filter(OPEN if asked.part == OPENED else EXPLAINED), asked)
    on_people = chosen.filter(person__isnull=False)
    mine = on_people.filter(person__in=readable(user)) if names else on_people.none()
    every = on_people.aggregate(findings=Count("pk"), children=Count("person", distinct=True))
    seen = mine.aggregate(findings=Count("pk"), children=Count("person", distinct=True))
    start = (asked.page - 1) * A_PAGE
    order = mine.select_related("person", "answer__recorded_by").order_by("severity", "checked_as", "rule", "person")
    return Listed(
        lines=list(order[start : start + A_PAGE]),
        of_nobody=list(chosen.filter(person=None)),
        in_all=seen["findings"],
        hidden=every["findings"] - seen["findings"],
        hidden_children=every["children"] - seen["children"],
        page=asked.page,
    )


def _narrowed(rows: QuerySet[Finding], asked: Asked) -> QuerySet[Finding]:
    if asked.checked_as:
        rows = rows.filter(checked_as=asked.checked_as)
    if asked.rule:
        rows = rows.filter(rule=asked.rule)
    if asked.team == NOBODY:
        return rows.exclude(person__in=HELD.values("person"))
    return rows if asked.team is None else rows.filter(person__in=HELD.filter(team=asked.team).values("person"))


def returns_made() -> QuerySet[Return]:
    """The returns asked for, the latest first."""
    return Return.objects.select_related("asked_by")


def latest_check() -> Check | None:
    """The last check of the whole record."""
    return Check.objects.first()
