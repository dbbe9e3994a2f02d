"""Child protection on the person's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casework.child_protection.queries.conferences import conferences_of
from casework.child_protection.queries.discussions import discussions_of
from casework.child_protection.queries.enquiries import enquiries_of
from casework.child_protection.queries.overview import overview_of
from casework.common.coded import meaning
from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(
        panels.Panel("protection", "Child protection", 15, "people.read", protection, "child_protection/panel.html")
    )
    panels.add(panels.Addition("strategy", "Strategy discussion", 35, "protection.write", "record_strategy", is_child))
    panels.add(panels.Addition("conference", "Conference", 36, "conference.arrange", "ask_for_conference", is_child))
    panels.add(panels.Timeline("protection", 35, "people.read", on_the_timeline))


def is_child(person: Person) -> bool:
    """Child protection is of children, born or unborn."""
    return person.is_child


def protection(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The plan, enquiries, conferences and discussions, latest first; nothing where there are none."""
    found = overview_of(person) if person.is_child else None
    return {"overview": found} if found else None


def on_the_timeline(_request: HttpRequest, person: Person) -> Iterable[panels.Happening]:
    """Each discussion, enquiry and conference, and when plans began and ended."""
    for one in discussions_of(person):
        what = meaning("strategy_outcome", one.outcome) if one.outcome else ""
        yield panels.Happening(one.discussion.held_on, "Strategy discussion", what, reverse("strategy", args=[one.pk]))
    for enquiry in enquiries_of(person):
        address = reverse("enquiry", args=[enquiry.pk])
        yield panels.Happening(enquiry.started_on, "Section 47 enquiry began", "", address, str(enquiry.worker or ""))
        if enquiry.child_first_seen_on:
            yield panels.Happening(enquiry.child_first_seen_on, "Child first seen in the enquiry", "", address)
        if enquiry.ended_on:
            led_to = enquiry.get_finding_display() or meaning("section_47_outcome", enquiry.outcome)
            yield panels.Happening(enquiry.ended_on, "Section 47 enquiry ended", led_to, address)
    yield from _conferences(person)
    for plan in person.child_protection_plans.all():
        category = meaning("abuse_category", plan.initial_category)
        yield panels.Happening(plan.started_on, "Child protection plan began", category)
        if plan.ended_on:
            yield panels.Happening(plan.ended_on, "Child protection plan ended")


def _conferences(person: Person) -> Iterable[panels.Happening]:
    for one in conferences_of(person):
        if one.conference.held_on:
            what = meaning("conference_outcome", one.outcome) if one.outcome else ""
            title, address = meaning("conference_kind", one.kind), reverse("conference", args=[one.pk])
            yield panels.Happening(one.conference.held_on, title, what, address)
