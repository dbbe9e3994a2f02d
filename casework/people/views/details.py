"""Changing what is known of a person, a topic a page, and what they have several of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.common import clock
from casework.common.models import Recorded
from casework.drafts.form_pages import form_page
from casework.people.actions import belongings
from casework.people.actions.belongings import Belonging
from casework.people.actions.details import change_details
from casework.people.belongings import shown
from casework.people.family import home_of, household_of
from casework.people.forms.belongings import KINDS, BelongingForm, MoveForm
from casework.people.forms.details import ASKED, DetailsForm
from casework.people.models import Identifier, OtherName, Person
from casework.people.numbers import warnings
from casework.people.reading import open_record


@allowed("people.write")
def change_topic(request: HttpRequest, reference: str, topic: str) -> HttpResponse:
    """The questions of one topic."""
    if topic not in ASKED:
        raise Http404
    who, user, today = open_record(request, reference, "details"), request.user, clock.today()
    assert isinstance(user, User)

    def make(*args: Any, **kwargs: Any) -> DetailsForm:
        return DetailsForm(*args, topic=topic, on=today, is_child=who.is_child, **kwargs)

    def save(form: DetailsForm) -> str:
        change_details(who, answers=form.cleaned_data, by=user, at=clock.now())
        for name in ("upn", "former_upn"):
            _warn(request, name, form.cleaned_data.get(name, ""))
        return _details(who)

    initial = {name: getattr(who, name, None) for name in make().fields}
    if "disabilities" in initial:
        initial["disabilities"] = list(who.disabilities.values_list("disability", flat=True))
    return form_page(
        request, make, save, title=ASKED[topic].title, caption=who.full_name, initial=initial, editing=who,
        key=f"person:{who.pk}:{topic}", back=_details(who), done="The details are saved",
    )  # fmt: skip


@allowed("people.write")
def add_belonging(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Another name, number, professional or warning note. An address has a page of its own."""
    found = KINDS.get(kind)
    if found is None or kind == "addresses":
        raise Http404
    who, user, today = open_record(request, reference, "details"), request.user, clock.today()
    assert isinstance(user, User)

    def make(*args: Any, **kwargs: Any) -> BelongingForm:
        return BelongingForm(*args, kind=kind, on=today, **kwargs)

    def save(form: BelongingForm) -> str:
        row = belongings.add(found.model, who, answers=form.cleaned_data, by=user, at=clock.now())
        _warn_of(request, row)
        return _details(who)

    initial = {"started_on": today} if kind == "warnings" else {"restricted": False} if kind == "names" else {}
    return form_page(
        request, make, save, title=found.add, caption=who.full_name, key=f"person:{who.pk}:{kind}:new",
        back=_details(who), initial=initial, done=found.done,
    )  # fmt: skip


@allowed("people.write")
def change_belonging(request: HttpRequest, reference: str, kind: str, pk: int) -> HttpResponse:
    """One that is there already."""
    who, row, user = *_row(request, reference, kind, pk), request.user
    assert isinstance(user, User)
    today = clock.today()

    def make(*args: Any, **kwargs: Any) -> BelongingForm:
        return BelongingForm(*args, kind=kind, on=today, **kwargs)

    def save(form: BelongingForm) -> str:
        _warn_of(request, belongings.change(row, answers=form.cleaned_data, by=user, at=clock.now()))
        return _details(who)

    return form_page(
        request, make, save, title=KINDS[kind].change, caption=who.full_name, key=f"person:{who.pk}:{kind}:{pk}",
        initial={name: getattr(row, name) for name in make().fields}, back=_details(who), done=KINDS[kind].done,
        editing=row if isinstance(row, Recorded) else who, template="people/belonging.html",
        remove=reverse("remove_belonging", args=[reference, kind, pk]),
    )  # fmt: skip


@allowed("people.write")
def remove_belonging(request: HttpRequest, reference: str, kind: str, pk: int) -> HttpResponse:
    """Take away one that was recorded in error: asked first."""
    who, row, user = *_row(request, reference, kind, pk), request.user
    assert isinstance(user, User)
    if request.method == "POST":
        belongings.remove(row, by=user, at=clock.now())
        messages.success(request, "It is taken away. The history of the record keeps what it was.")
        return redirect(_details(who))
    back = reverse("change_belonging", args=[reference, kind, pk])
    return render(request, "people/remove.html", {"person": who, "back": back, "row": shown(kind, row)})


@allowed("people.write")
def add_address(request: HttpRequest, reference: str) -> HttpResponse:
    """A new address, for the person and whoever moves with them."""
    who, user, today = open_record(request, reference, "details"), request.user, clock.today()
    assert isinstance(user, User)
    household = [one.person for one in household_of(home_of(who, today), user, today) if one.may_open]
    there = {str(one.pk): one for one in household}

    def make(*args: Any, **kwargs: Any) -> MoveForm:
        offered = [(key, one.full_name) for key, one in there.items()]
        return MoveForm(*args, kind="addresses", on=today, household=offered, **kwargs)

    def save(form: MoveForm) -> str:
        answers = dict(form.cleaned_data)
        others = [there[key] for key in answers.pop("others", [])]
        ends_before = answers.pop("ends_before")
        belongings.move_home(who, answers=answers, ends_before=ends_before, others=others, by=user, at=clock.now())
        return _details(who)

    return form_page(
        request, make, save, title="Add an address", caption=who.full_name, key=f"person:{who.pk}:addresses:new",
        back=_details(who), initial={"kind": "home", "started_on": today, "ends_before": True},
        done="The address is saved", about=[one.pk for one in household],
    )  # fmt: skip


def _row(request: HttpRequest, reference: str, kind: str, pk: int) -> tuple[Person, Belonging]:
    """The person and their row. A closed name is "not found" for somebody who may not see it."""
    if kind not in KINDS:
        raise Http404
    who = open_record(request, reference, "details")
    row = KINDS[kind].model._default_manager.filter(person=who, pk=pk).first()
    if row is None or (isinstance(row, OtherName) and row.restricted and not may(request.user, "restrict.manage")):
        raise Http404
    return who, row


def _warn_of(request: HttpRequest, row: Belonging) -> None:
    if isinstance(row, Identifier):
        _warn(request, row.kind, row.value)


def _warn(request: HttpRequest, kind: str, number: str) -> None:
    if told := warnings(kind, number):
        messages.warning(request, told)


def _details(who: Person) -> str:
    return reverse("person_details", args=[who.reference])
