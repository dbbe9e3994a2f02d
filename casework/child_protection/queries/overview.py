"""Child protection of one child in one query, for the first page of the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from casework.child_protection.models import Section47Enquiry
from casework.people.models import Person

LATEST = 4
NO_DAY, NO_MOMENT = Cast(Value(None), DateField()), Cast(Value(None), DateTimeField())
NO_TEXT = Value("", CharField())


@dataclass(frozen=True)
class Line:
    """A plan, enquiry, conference or discussion: `on` when it began or was held, `until` when it ended or was called
    off, `code` what it came to, `more` its finding, kind or category."""

    what: str
    key: int
    on: date | None
    until: date | None
    planned_at: datetime | None
    code: str
    more: str

    @property
    def finding(self) -> str:
        """What an enquiry came to, in words; empty where nobody wrote it."""
        found = dict(Section47Enquiry.Finding.choices).get(self.more)
        return str(found) if found else ""


@dataclass(frozen=True)
class Overview:
    """What there is, latest first, and no more than a few of each; every plan that has ended."""

    plan: Line | None
    ended: list[Line]
    enquiries: list[Line]
    conferences: list[Line]
    discussions: list[Line]


def overview_of(person: Person) -> Overview | None:
    """What the record holds of a child's protection; None where there is nothing."""
    parts = (
        _lines(person.child_protection_plans, "plan", F("started_on"), F("ended_on"), more=F("latest_category")),
        _lines(person.section_47_enquiries, "enquiry", F("started_on"), F("ended_on"), code=F("outcome"),
               more=F("finding")),
        _lines(person.conferences, "conference", F("conference__held_on"), F("conference__cancelled_on"),
               planned=F("conference__planned_at"), code=F("outcome"), more=F("kind")),
        _lines(person.strategy_discussions, "discussion", F("discussion__held_on"), code=F("outcome")),
    )  # fmt: skip
    rows = [Line(*row) for row in parts[0].union(*parts[1:], all=True)]
    if not rows:
        return None
    rows.sort(key=lambda one: (one.on or date.max, one.key), reverse=True)
    plans, enquiries, conferences, discussions = (
        [one for one in rows if one.what == what] for what in ("plan", "enquiry", "conference", "discussion")
    )
    return Overview(
        next((one for one in plans if one.until is None), None), [one for one in plans if one.until is not None],
        enquiries[:LATEST], conferences[:LATEST], discussions[:LATEST],
    )  # fmt: skip


def _lines(
    rows: Any, what: str, on: Any, until: Any = NO_DAY, *, planned: Any = NO_MOMENT, code: Any = NO_TEXT,
    more: Any = NO_TEXT,
) -> QuerySet[Any]:  # fmt: skip
    said: QuerySet[Any] = rows.order_by().values_list(
        Value(what, CharField()), "pk", on, until, planned, Cast(code, CharField()), Cast(more, CharField())
    )
    return said
