"""Pages of a child's chronology."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.chronology import actions, forms, queries
from casework.chronology.models import Entry
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.history.reads import Read, note_read
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record


@allowed("people.read")
def chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened, in order: of the child alone, or beside brothers and sisters."""
    return _shown(request, reference, "chronology", "chronology/chronology.html")


@allowed("people.read")
def to_print(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a numbered table, to print for court."""
    return _shown(request, reference, "chronology to print", "chronology/print.html")


def _shown(request: HttpRequest, reference: str, page: str, template: str) -> HttpResponse:
    person = open_record(request, reference, page)
    look = forms.Look(request.GET or None, near=queries.beside(person, user_of(request)))
    sought, others = look.sought(), look.chosen()
    for one in others:
        note_read(request, Read(one.pk, f"{page} beside a brother or sister", "brother or sister"))
    shown: dict[str, Any] = {
        "look": look,
        "found": queries.chronology_of([person, *others], sought, clock.today()),
        "sought": sought,
        "several": bool(others),
        "query": request.GET.urlencode(),
        "may_write": may(request.user, "notes.write"),
        "may_letter": may(request.user, "letters.write"),
    }
    return record_page(request, person, template, here="chronology", **shown)


@allowed("notes.write")
def significance(request: HttpRequest, reference: str, table: str, row: str, on: str) -> HttpResponse:
    """Say why a line matters."""
    person = open_record(request, reference, "chronology: why it matters")
    user, now = user_of(request), clock.now()
    line = queries.line_of(person, table, row, _day(on), clock.today())
    if line is None or line.entry:
        raise Http404

    def save(form: forms.Significance) -> str:
        version = line.remark.version if line.remark else None
        actions.say_why(person, line, form.cleaned_data["text"], version=version, by=user, at=now)
        return _back(person)

    return form_page(
        request, forms.Significance, save, title="Why it matters", caption=person.full_name, line=line,
        initial={"text": line.significance}, editing=line.remark, template="chronology/significance.html",
        back=_back(person), done="It is on the chronology.",
    )  # fmt: skip


@allowed("notes.write")
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add what happened that nothing else on the record says."""
    person = open_record(request, reference, "add to the chronology")
    user, now = user_of(request), clock.now()

    def make(*args: Any, **kwargs: Any) -> forms.Add:
        return forms.Add(*args, today=clock.today(), **kwargs)

    def save(form: forms.Add) -> str:
        actions.add_entry(person, **form.cleaned_data, by=user, at=now)
        return _back(person)

    return form_page(
        request, make, save, title="Add to the chronology", caption=person.full_name, back=_back(person),
        introduction="For what happened before the record began, or somewhere else. "
        "What you write as a case note, and mark as significant, is in the chronology already.",
        done="It is on the chronology.",
    )  # fmt: skip


@allowed("notes.write")
def withdraw(request: HttpRequest, reference: str, entry: str) -> HttpResponse:
    """Take out what was added and should not be there."""
    person = open_record(request, reference, "withdraw from the chronology")
    held = get_object_or_404(Entry, person=person, reference=entry, withdrawn_at=None)
    user, now = user_of(request), clock.now()

    def save(form: forms.Withdraw) -> str:
        actions.withdraw(held, reason=form.cleaned_data["reason"], by=user, at=now)
        return _back(person)

    return form_page(
        request, forms.Withdraw, save, title="Take it out of the chronology", caption=person.full_name,
        introduction=held.what, back=_back(person), button="Take it out", done="It is no longer on the chronology.",
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _back(person: Person) -> str:
    return reverse("chronology", args=[person.reference])
