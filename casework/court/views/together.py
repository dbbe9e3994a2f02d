"""What is in force now, and everything of one child."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.court import queries
from casework.people.frame import record_page
from casework.people.panels import living_child
from casework.people.reading import note_list, open_record

PAGE = "emergency powers"
WRITE = "court.write"


@allowed("court.watch")
def now(request: HttpRequest) -> HttpResponse:
    """Police protection and emergency orders in force, the first to run out first."""
    user, at = user_of(request), clock.now()
    police, orders = queries.protections_now(user, at), queries.orders_now(user, at)
    note_list(request, "police protection and emergency orders", len(police) + len(orders))
    return render(request, "court/now.html", {"police": police, "orders": orders})


@allowed("people.read")
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Every use of police protection and every emergency order of a child."""
    person = open_record(request, reference, PAGE)
    return record_page(
        request, person, "court/of_person.html", here="emergency", police=queries.protections_of(person),
        orders=queries.orders_of(person), may_write=may(request.user, WRITE) and living_child(person),
    )  # fmt: skip
