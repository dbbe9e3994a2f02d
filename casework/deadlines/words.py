"""A clock in words: how long, from what, counted how, on whose authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import ceil

from casework.common import clock as the_clock
from casework.deadlines.models import Obligation
from casework.deadlines.working_out import the_book
from goldenthread.dates import WORKING_DAY_COUNTINGS, Counting, Unit, working_days_between
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.model import Clock, Limit, Source
from goldenthread.timeliness.report.wording import COUNTED, citation, limit_words, note_words, read_at, set_by

ONE_HOUR = timedelta(hours=1)
MANY_HOURS = 96
"""From so many hours on, whole days say it better."""


@lru_cache(maxsize=4)
def _clocks(_book: int) -> dict[str, Clock]:
    return {clock.id: clock for clock in the_book().clocks()}


def clock_named(clock_id: str) -> Clock | None:
    """The clock of the statute book with that id; None where the book no longer has it."""
    return _clocks(id(the_book())).get(clock_id)


def said_day(day: date | datetime) -> str:
    """3 November 2026, with the clock time where there is one."""
    if not isinstance(day, datetime):
        return f"{day:%-d %B %Y}"
    at = the_clock.local(day) if day.tzinfo else day
    return f"{at:%-d %B %Y} at {at:%-I:%M}{at:%p}".replace("AM", "am").replace("PM", "pm")


def limit_of(row: Obligation) -> str:
    """45 working days."""
    return str(_limit(row))


def why(row: Obligation) -> str:
    """One sentence: how long, from what that happened when, counted how."""
    limit = _limit(row)
    counted = f", {COUNTED[limit.counting]}" if limit.counting in COUNTED else ""
    start = row.chained_at or row.chained_on or row.trigger_at or row.trigger_on
    what = _happened(row.chained_kind or row.trigger_kind)
    return f"{limit} from {said_day(start)} ({what}){counted}."


@dataclass(frozen=True)
class Authority:
    """What a clock rests on. `read` says how the text was read, where that was not at its source."""

    title: str
    obligation: str
    set_by: str
    citation: str
    sources: tuple[Source, ...]
    read: str
    note: str
    chain: str
    holiday: str
    other_reading: str


def authority_of(row: Obligation) -> Authority:
    """The rule behind a clock, with its sources; its bare id where the book no longer has it."""
    clock = clock_named(row.clock)
    if clock is None:
        return Authority(row.rule.replace("_", " ").capitalize(), "", "", "", (), "", "", "", "", "")
    rule, standard = clock.rule, clock.standard
    return Authority(
        title=rule.title,
        obligation=rule.obligation,
        set_by=set_by(clock),
        citation=citation(clock),
        sources=(standard.sources if standard else ()) or rule.sources,
        read=read_at(clock),
        note=standard.note if standard else rule.note,
        chain=note_words(rule.chained_to) if rule.chained_to and row.chained_kind else "",
        holiday=note_words(clock.holiday_end) if clock.holiday_end else "",
        other_reading=limit_words(clock.other_reading) if clock.other_reading else "",
    )


def distance(row: Obligation, at: datetime) -> tuple[int, str]:
    """How long from `at` to the last lawful day or moment, below 0 if it has passed, and the unit: the rule's own way
    of counting (working days, days or hours).
    """
    on = the_clock.local(at).date()
    if row.counting == Counting.elapsed_hours and row.due_at is not None:
        hours = (row.due_at - at) / ONE_HOUR
        if abs(hours) < MANY_HOURS:
            return (int(hours) if hours >= 0 else -ceil(-hours)), "hour"
        return int(hours / 24), "day"
    assert row.due_on is not None  # the engine keeps no clock without a last day
    if row.counting in WORKING_DAY_COUNTINGS:
        return working_days_between(on, row.due_on), "working day"
    return (row.due_on - on).days, "day"


def _limit(row: Obligation) -> Limit:
    return Limit(row.number, Unit(row.unit), Counting(row.counting))


def _happened(kind: str) -> str:
    said = KINDS[kind].description.rstrip(".") if kind in KINDS else kind.replace("_", " ").replace(".", " ")
    return said[0].lower() + said[1:]
