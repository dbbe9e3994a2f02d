"""The clocks on people's records as they stand at a moment, each able to explain itself.

Callers have already asked whether the people may be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from casework.common import clock as the_clock
from casework.common.kept_queries import KeptQuery, among
from casework.common.sql import ALWAYS, Holds, Sql
from casework.deadlines.answering import Answer, answer_to
from casework.deadlines.models import Obligation
from casework.deadlines.words import Authority, authority_of, distance, limit_of, said_day, why
from casework.deadlines.working_out import STILL_OPEN
from goldenthread.timeliness.status import Status

TAGS = {
    Status.overdue: ("Overdue", "red"),
    Status.due: ("Due", "blue"),
    Status.met: ("In time", "green"),
    Status.late: ("Late", "orange"),
    Status.missed: ("Not done", "red"),
    Status.ended: ("Not needed", "grey"),
    Status.cancelled: ("Called off", "grey"),
    Status.undecided: ("In time or late: the hour is not known", "yellow"),
}


@dataclass(frozen=True)
class RunningClock:
    """One obligation at one moment: due or overdue while it runs, else how it came out."""

    row: Obligation
    at: datetime

    @cached_property
    def authority(self) -> Authority:
        """The rule of the statute book that it comes from, and its sources."""
        return authority_of(self.row)

    @property
    def title(self) -> str:
        """What has to be done, as the statute book calls it."""
        return self.authority.title

    @property
    def local(self) -> bool:
        """Whether the authority set it for itself, as against the law or national guidance."""
        return self.row.layer == "local"

    @property
    def layer(self) -> str:
        """Whose clock it is."""
        return "The authority’s own standard" if self.local else "Law and guidance"

    @property
    def stopped(self) -> bool:
        """Whether nothing more has to be done."""
        return self.row.status != STILL_OPEN

    @property
    def answer(self) -> Answer | None:
        """Where what it waits for is recorded; None once it has stopped."""
        return None if self.stopped else answer_to(self.row.clock)

    @property
    def last_moment(self) -> datetime | None:
        """The last lawful moment: the end of the last day where the law gives a day."""
        if self.row.due_at is not None or self.row.due_on is None:
            return self.row.due_at
        return the_clock.in_england(datetime.combine(self.row.due_on, time(23, 59, 59)))

    @property
    def status(self) -> Status:
        """How it stands at the moment."""
        if self.stopped:
            return Status(self.row.status)
        last = self.last_moment
        return Status.overdue if last is not None and last < self.at else Status.due

    @property
    def late(self) -> bool:
        """Whether the last lawful moment passed before it was done, or has passed and it is not."""
        return self.status in {Status.overdue, Status.late, Status.missed}

    @property
    def left(self) -> int | None:
        """How much is left in the unit that the rule counts in, below 0 once it is over; None when it has stopped."""
        return None if self.stopped else distance(self.row, self.at)[0]

    @property
    def words(self) -> str:
        """9 working days left; due today; 2 hours over; done in time on 3 May 2026."""
        if self.stopped:
            return self._stopped()
        left, unit = distance(self.row, self.at)
        if left == 0 and self.late:
            return "Overdue"
        if left == 0:
            return "Less than an hour left" if unit == "hour" else "Due today"
        return f"{abs(left)} {unit}{'' if abs(left) == 1 else 's'} {'over' if left < 0 else 'left'}"

    def _stopped(self) -> str:
        row = self.row
        if row.satisfied_on:
            how = {Status.met: "Done in time", Status.late: "Done late"}.get(self.status, "Done")
            return f"{how} on {said_day(row.satisfied_at or row.satisfied_on)}"
        ended = f", stopped on {said_day(row.ended_on)}" if row.ended_on else ""
        return ("Never done" if self.status is Status.missed else "No longer wanted") + ended

    @property
    def due_said(self) -> str:
        """28 November 2026 at 5:00pm; the day alone where the law gives a day."""
        due = self.row.due_at or self.row.due_on
        return said_day(due) if due else "no day"

    @property
    def limit(self) -> str:
        """45 working days."""
        return limit_of(self.row)

    @property
    def why(self) -> str:
        """How long, from what, counted how, in a sentence."""
        return why(self.row)

    @property
    def tag(self) -> str:
        """How it stands, in a word or two."""
        return TAGS[self.status][0]

    @property
    def colour(self) -> str:
        """The colour of that tag; the words say the same."""
        return TAGS[self.status][1]


@dataclass(frozen=True)
class Beside:
    """The clocks that one happening started for one thing to be done: the national ones, and the authority's own."""

    title: str
    national: tuple[RunningClock, ...]
    local: tuple[RunningClock, ...]


def clocks_of(person: Any, *, at: datetime) -> list[RunningClock]:
    """The clocks of a person, or a person's key: running ones first, soonest first."""
    return in_order(RunningClock(row, at) for row in Obligation.objects.filter(person=person))


WHO = tuple(
    f"person__{name}" for name in ("reference", "forename", "surname", "known_as", "born_on", "expected_on", "is_child")
)
"""What a list of many rows asks for of whose each is: making whole people is much of what such a page costs."""
RUNNING = KeptQuery(
    lambda due: (
        Obligation.objects.filter(among("person", "people"), Holds("due_on", due), status=STILL_OPEN)
        .select_related("person")
        .only(*(one.name for one in Obligation._meta.concrete_fields), *WHO)
        .order_by("due_on", "due_at", "pk")
    )
)


def running(people: Sequence[int], *, at: datetime, until: date | None = None) -> list[RunningClock]:
    """What runs for these people (keys), the worst first; with `until`, only what is due by that day."""
    due = Sql("{who} <= %s", (until,)) if until else ALWAYS
    return [RunningClock(row, at) for row in RUNNING.ask(due, people=list(people))]


def of_rows(table: str, references: Iterable[str], *, at: datetime) -> dict[str, list[RunningClock]]:
    """The clocks that these canonical rows (by table and reference) started, running ones first, by row."""
    found: dict[str, list[RunningClock]] = {}
    for row in Obligation.objects.filter(trigger_table=table, trigger_row_id__in=list(references)):
        found.setdefault(row.trigger_row_id, []).append(RunningClock(row, at))
    return {reference: in_order(clocks) for reference, clocks in found.items()}


def side_by_side(clocks: Iterable[RunningClock]) -> list[Beside]:
    """Clocks of one rule and one happening as one line: what the nation asks, and what the authority asks of itself."""
    groups: dict[tuple[str, str, str], list[RunningClock]] = {}
    for one in clocks:
        groups.setdefault((one.row.rule, one.row.trigger_table, one.row.trigger_row_id), []).append(one)
    return [
        Beside(members[0].title, tuple(m for m in members if not m.local), tuple(m for m in members if m.local))
        for members in groups.values()
    ]


def in_order(clocks: Iterable[RunningClock]) -> list[RunningClock]:
    """Running ones first, soonest first."""
    return sorted(clocks, key=lambda one: (one.stopped, one.last_moment or one.at, one.row.clock))
