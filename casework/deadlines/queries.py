"""The clocks on people's records as they stand on a day, each able to explain itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from casework.deadlines.models import Obligation
from goldenthread.dates import working_days_between
from goldenthread.statute import Rule, load_book

WORKING = "working_days"
SOON = timedelta(days=14)
ENDS = {"met": "Done in time", "late": "Done late", "missed": "Never done"}


@dataclass(frozen=True)
class RunningClock:
    """One obligation at one moment: due, overdue, met, late or ended."""

    row: Obligation
    at: datetime

    @cached_property
    def rule(self) -> Rule:
        """The rule of the statute book that it comes from."""
        return load_book().rule(self.row.rule)

    @property
    def title(self) -> str:
        """What has to be done, as the statute book calls it."""
        return self.rule.title

    @property
    def layer(self) -> str:
        """Whose clock it is."""
        return "The authority's own standard" if self.row.layer == "local" else "Law and guidance"

    @property
    def stopped(self) -> bool:
        """Whether nothing more has to be done."""
        return self.row.satisfied_on is not None or self.row.ended_on is not None

    @property
    def last_moment(self) -> datetime | None:
        """The last lawful moment: the end of the last day where the law gives a day."""
        if self.row.due_at is not None:
            return self.row.due_at
        if self.row.due_on is None:
            return None
        return timezone.make_aware(datetime.combine(self.row.due_on, time(23, 59, 59)))

    @property
    def late(self) -> bool:
        """Whether the last lawful moment passed before it was done, or has passed and it is not."""
        if self.stopped or self.last_moment is None:
            return self.row.status in {"late", "missed"}
        return self.at > self.last_moment

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if self.stopped:
            return ENDS.get(self.row.status, "No longer wanted")
        return f"{self.span} over" if self.late else f"{self.span} left"

    @property
    def span(self) -> str:
        """How much is left or over, in the unit that the rule counts in."""
        moment = self.last_moment
        if moment is None:
            return "No day"
        if self.row.due_at is not None:
            hours = int(abs(moment - self.at).total_seconds() // 3600)
            return _counted(hours, "hour")
        due, today = timezone.localdate(moment), timezone.localdate(self.at)
        first, last = (due, today) if self.late else (today, due)
        if self.row.unit == WORKING:
            return _counted(working_days_between(first, last), "working day")
        return _counted((last - first).days, "day")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def clocks_of(person: Any, *, at: datetime, tables: Sequence[str] = ()) -> list[RunningClock]:
    """The clocks of a person, or a person's key: running ones first, soonest first; of `tables` alone, where named."""
    found = Obligation.objects.filter(person=person)
    if tables:
        found = found.filter(trigger_table__in=tables)
    clocks = [RunningClock(row, at) for row in found]
    return sorted(clocks, key=lambda one: (one.stopped, one.last_moment or at, one.row.rule))


def running(people: Any, *, at: datetime, until: date | None = None) -> list[RunningClock]:
    """What is overdue for `people` (a query or keys), and due by a day (two weeks on unless said), worst first."""
    last = until or timezone.localdate(at + SOON)
    found = Obligation.objects.filter(person__in=people, satisfied_on=None, ended_on=None, due_on__lte=last)
    rows = found.select_related("person").order_by("due_on", "due_at", "pk")
    return [RunningClock(row, at) for row in rows]
