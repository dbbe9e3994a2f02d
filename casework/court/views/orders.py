"""Pages of emergency orders."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.court import forms, queries
from casework.court.actions import orders
from casework.court.models import EmergencyOrder
from casework.court.views.together import PAGE, WRITE
from casework.drafts.form_pages import form_page
from casework.history.putting_right import times_put_right
from casework.people.opening import lead_on, opened
from casework.people.panels import living_child
from casework.people.reading import open_record


@allowed(WRITE)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an order as the court made it."""
    person, user = open_record(request, reference, PAGE), user_of(request)
    if not living_child(person):
        raise Http404
    held = queries.in_police_protection(person)

    def make(*args: Any, **kwargs: Any) -> forms.OrderForm:
        return forms.OrderForm(*args, at=clock.now(), on=clock.today(), police=held, **kwargs)

    def save(form: forms.OrderForm) -> str:
        ends = form.cleaned_data.get("ends_police")
        return _address(orders.record_order(person, form.made(), ends_police=ends, by=user, at=clock.now()))

    return form_page(
        request, make, save, title="Emergency order", caption=person.full_name, key=f"order:new:{person.pk}",
        back=reverse("person", args=[reference]),
        done="Recorded. The child’s worker and the team’s manager have been told.",
    )  # fmt: skip


@allowed("people.read")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: until when, what it directs, how it ended."""
    found, user = opened(request, queries.order_for, pk, PAGE)
    shown = {
        "order": found,
        "person": found.person,
        "power": queries.order_power(found, clock.now()),
        "put_right": times_put_right(found),
        "may_write": may(user, WRITE),
        "may_extend": found.kind == "emergency_protection" and not found.extended_on,
    }
    return render(request, "court/order.html", shown)


@allowed("people.read")
def of_row(request: HttpRequest, row: str) -> HttpResponse:
    """On to the order with that reference, which the chronology knows it by."""
    return lead_on(request, EmergencyOrder, row, "emergency_order")


@allowed(WRITE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an order right, or add to its directions."""
    found, user = opened(request, queries.order_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.OrderForm:
        return forms.OrderForm(*args, at=clock.now(), on=clock.today(), **kwargs)

    def save(form: forms.OrderForm) -> str:
        orders.change_order(found, form.made(), version=None, by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="Add to the order, or put it right", editing=found, done="Saved",
                     initial=forms.answers_of_order(found), **_around(found, "change"))  # fmt: skip


@allowed(WRITE)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """The court extended an order."""
    found, user = opened(request, queries.order_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.ExtendForm:
        return forms.ExtendForm(*args, on=clock.today(), made_on=found.made_on, **kwargs)

    def save(form: forms.ExtendForm) -> str:
        orders.extend_order(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(request, make, save, title="The court extended it", done="Recorded", **_around(found, "extend"))


@allowed(WRITE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """An order ended."""
    found, user = opened(request, queries.order_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.OrderEndForm:
        return forms.OrderEndForm(*args, at=clock.now(), **kwargs)

    def save(form: forms.OrderEndForm) -> str:
        orders.end_order(found, by=user, at=clock.now(), **form.cleaned_data)
        return _address(found)

    return form_page(request, make, save, title="How the order ended", done="Recorded", **_around(found, "end"))


def _around(found: EmergencyOrder, page: str) -> dict[str, Any]:
    return {"caption": found.person.full_name, "key": f"order:{page}:{found.pk}", "back": _address(found)}


def _address(found: EmergencyOrder) -> str:
    return reverse("emergency_order", args=[found.pk])
