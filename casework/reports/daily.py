"""The daily timeliness report: what is overdue and what falls due in the next ten working days, as it stands now.

Read from the clocks that each save keeps, which a nightly full run holds to the core's own report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casework.accounts.models import Team, User, Worker
from casework.allocation.models import Allocation
from casework.common import clock as the_clock
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock
from casework.deadlines.words import clock_named
from casework.deadlines.working_out import STILL_OPEN
from casework.people.reading import readable
from goldenthread.dates import add_working_days
from goldenthread.timeliness.report.daily import SOON

A_PAGE = 50
OVERDUE, AHEAD = "overdue", "ahead"
NOBODY = 0
"""Stands for the team or worker of children whom nobody holds."""
OPEN = Allocation.objects.filter(ended_on=None)


@dataclass(frozen=True)
class Asked:
    """What the reader narrows the report to; empty for no narrowing. `part`: what is overdue, or what lies ahead."""

    team: int | None = None
    worker: int | None = None
    clock: str = ""
    part: str = OVERDUE
    page: int = 1


@dataclass(frozen=True)
class Total:
    """A line of a table of totals. `value` is what the filter takes."""

    value: Any
    name: str
    overdue: int
    ahead: int
    children: int
    oldest: date | None


@dataclass(frozen=True)
class Daily:
    """The report. `hidden` counts the clocks of the part shown that are of children the viewer may not see."""

    at: datetime
    until: date
    overdue: int
    ahead: int
    children: int
    teams: tuple[Total, ...]
    workers: tuple[Total, ...]
    clocks: tuple[Total, ...]
    lines: tuple[RunningClock, ...]
    in_all: int
    hidden: int

    @property
    def pages(self) -> int:
        """How many pages the lines take."""
        return max(-(-self.in_all // A_PAGE), 1)


def daily(asked: Asked, *, user: User, names: bool, at: datetime) -> Daily:
    """The report at a moment, narrowed as asked. Totals count every child; lines name those the viewer may see."""
    today = the_clock.local(at).date()
    until = add_working_days(today, SOON)
    running = Obligation.objects.filter(status=STILL_OPEN, due_on__lte=until)
    late = Q(due_at__lt=at) | Q(due_at=None, due_on__lt=today)
    chosen = _narrowed(running, asked)
    part = chosen.filter(late) if asked.part == OVERDUE else chosen.exclude(late)
    lines = part.filter(person__in=readable(user)) if names else part.none()
    order = lines.select_related("person").order_by("due_on", "due_at", "clock", "person")
    start, in_all, numbers = (asked.page - 1) * A_PAGE, lines.count(), _numbers(chosen, late)
    return Daily(
        at=at,
        until=until,
        teams=_by(running, late, _holder("team"), {team.pk: team.name for team in Team.objects.all()}),
        workers=_by(_narrowed(running, Asked(asked.team)), late, _holder("worker"), _workers()) if asked.team else (),
        clocks=_by(_narrowed(running, Asked(asked.team, asked.worker)), late, F("clock"), None),
        lines=tuple(RunningClock(row, at) for row in order[start : start + A_PAGE]),
        in_all=in_all,
        hidden=(numbers["overdue"] if asked.part == OVERDUE else numbers["ahead"]) - in_all if names else 0,
        **numbers,
    )


def _narrowed(rows: QuerySet[Obligation], asked: Asked) -> QuerySet[Obligation]:
    for column, key in (("team", asked.team), ("worker", asked.worker)):
        if key == NOBODY:
            rows = rows.exclude(person__in=OPEN.exclude(**{column: None}).values("person"))
        elif key is not None:
            rows = rows.filter(person__in=OPEN.filter(**{column: key}).values("person"))
    return rows.filter(clock=asked.clock) if asked.clock else rows


def _holder(column: str) -> Coalesce:
    held = Subquery(OPEN.filter(person=OuterRef("person")).values(column)[:1], output_field=BigIntegerField())
    return Coalesce(held, NOBODY)


def _numbers(rows: QuerySet[Obligation], late: Q) -> dict[str, int]:
    return rows.aggregate(
        overdue=Count("pk", filter=late),
        ahead=Count("pk", filter=~late),
        children=Count("person", filter=late, distinct=True),
    )


def _by(rows: QuerySet[Obligation], late: Q, column: Any, names: dict[Any, str] | None) -> tuple[Total, ...]:
    found = rows.values(value=column).annotate(
        overdue=Count("pk", filter=late),
        ahead=Count("pk", filter=~late),
        children=Count("person", filter=late, distinct=True),
        oldest=Min("due_on", filter=late),
    )
    totals = [Total(name=_named(row["value"], names), **row) for row in found]
    return tuple(sorted(totals, key=lambda one: (-one.overdue, -one.ahead, one.name)))


def _named(value: Any, names: dict[Any, str] | None) -> str:
    if names is not None:
        return names.get(value, "Nobody holds the case")
    clock = clock_named(value)
    if clock is None:
        return str(value)
    return f"{clock.rule.title} ({clock.limit}, {'local' if clock.layer == 'local' else 'national'})"


def _workers() -> dict[int, str]:
    return dict(Worker.objects.values_list("pk", "name"))
