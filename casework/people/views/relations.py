"""Who belongs to whom: choosing somebody by a search, saying what they are, changing and ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.rules import allowed
from casework.access.throttle import too_often
from casework.accounts.models import User
from casework.common import clock
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day
from casework.drafts.form_pages import form_page
from casework.people.actions import relations
from casework.people.asked import parse
from casework.people.belongings import Row
from casework.people.forms.relations import RelationForm, turned_round
from casework.people.found import lines
from casework.people.models import Person, Relationship
from casework.people.reading import open_record, readable
from casework.people.search import SHOWN, find
from casework.people.views.finding import note_search


@allowed("people.write")
def find_relative(request: HttpRequest, reference: str) -> HttpResponse:
    """Look for somebody to relate to the person; from here they can also be added."""
    who, user, today = open_record(request, reference, "family"), request.user, clock.today()
    assert isinstance(user, User)
    text = request.GET.get("q", "").replace("\x00", "").strip()
    shown: dict[str, Any] = {"person": who, "asked": text}
    if text and too_often(user, "search"):
        return render(request, "people/find_relative.html", {**shown, "too_often": True}, status=429)
    if text:
        matches = [match for match in find(parse(text, today), user, SHOWN) if match.person != who.pk]
        note_search(request, text, len(matches))
        shown["found"] = lines(matches, user, today)
    return render(request, "people/find_relative.html", shown)


@allowed("people.write")
def relate_to(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Say what two people are to each other. Both records must be within reach: a relation opens one to the other's."""
    who, user, today = open_record(request, reference, "family"), request.user, clock.today()
    assert isinstance(user, User)
    them = open_record(request, other, "family")

    def make(*args: Any, **kwargs: Any) -> RelationForm:
        return RelationForm(*args, person=who, other=them, on=today, **kwargs)

    def save(form: RelationForm) -> str:
        answers = dict(form.cleaned_data)
        code, turned = turned_round(answers.pop("relationship"))
        first, second = (them, who) if turned else (who, them)
        relations.relate(first, second, code, by=user, at=clock.now(), **answers)
        return _family(who)

    return form_page(
        request, make, save, title="What are they to each other?", caption=who.full_name, back=_family(who),
        key=f"person:{who.pk}:relate:{them.pk}", done="The relation is saved", about=[them.pk],
    )  # fmt: skip


@allowed("people.write")
def change_relation(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Dates and parental responsibility."""
    who, row, user = *_row(request, reference, pk), request.user
    assert isinstance(user, User)

    def make(*args: Any, **kwargs: Any) -> RelationForm:
        return RelationForm(*args, person=who, other=None, on=clock.today(), **kwargs)

    def save(form: RelationForm) -> str:
        relations.change_relation(row, by=user, at=clock.now(), **form.cleaned_data)
        return _family(who)

    return form_page(
        request, make, save, title=f"{row.person.full_name} and {row.related.full_name}", caption=who.full_name,
        key=f"relation:{row.pk}", initial={name: getattr(row, name) for name in make().fields}, editing=who,
        back=_family(who), done="The relation is saved", template="people/belonging.html",
        remove=reverse("remove_relation", args=[reference, pk]),
    )  # fmt: skip


@allowed("people.write")
def remove_relation(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take away a relation that was recorded in error: asked first."""
    who, row, user = *_row(request, reference, pk), request.user
    assert isinstance(user, User)
    if request.method == "POST":
        relations.remove_relation(row, by=user, at=clock.now())
        messages.success(request, "It is taken away. The history of both records keeps what it was.")
        return redirect(_family(who))
    back = reverse("change_relation", args=[reference, pk])
    return render(request, "people/remove.html", {"person": who, "back": back, "row": _shown(row)})


def _row(request: HttpRequest, reference: str, pk: int) -> tuple[Person, Relationship]:
    """The person and a relation of theirs; the other's record must be within reach too."""
    who = open_record(request, reference, "family")
    assert isinstance(request.user, User)
    found = Relationship.objects.filter(Q(person=who) | Q(related=who), pk=pk).select_related("person", "related")
    row = found.first()
    other = None if row is None else row.related if row.person_id == who.pk else row.person
    if row is None or other is None or not readable(request.user).filter(pk=other.pk).exists():
        raise Http404
    return who, row


def _shown(row: Relationship) -> Row:
    """The relation, in words."""
    what = meaning("relationship", row.relationship)
    said = f"{row.related.full_name} is recorded as {what[:1].lower()}{what[1:]} of {row.person.full_name}"
    return Row(row.pk, "Relation", said, f"From {day(row.started_on)}" if row.started_on else "")


def _family(who: Person) -> str:
    return reverse("person_family", args=[who.reference])
