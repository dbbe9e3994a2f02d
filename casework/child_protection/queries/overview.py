"""Child protection of one child in one query, for the first page of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, DiscussedChild, Section47Enquiry

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


def lines_of(person: int) -> QuerySet[Any, Any]:
    """What the record holds of the protection of the child with that key: the cells of a `Line` each."""
    plans, enquiries = ChildProtectionPlan.objects, Section47Enquiry.objects
    conferences, discussions = ChildAtConference.objects, DiscussedChild.objects
    parts = (
        _lines(plans.filter(person=person), "plan", F("started_on"), F("ended_on"), more=F("latest_category")),
        _lines(enquiries.filter(person=person), "enquiry", F("started_on"), F("ended_on"), code=F("outcome"),
               more=F("finding")),
        _lines(conferences.filter(person=person), "conference", F("conference__held_on"), F("conference__cancelled_on"),
               planned=F("conference__planned_at"), code=F("outcome"), more=F("kind")),
        _lines(discussions.filter(person=person), "discussion", F("discussion__held_on"), code=F("outcome")),
    )  # fmt: skip
    found: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return found


def overview_of(cells: Sequence[Sequence[Any]]) -> Overview | None:
    """A child's protection from the lines there are; None where there are none."""
    rows = [Line(*row) for row in cells]
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
