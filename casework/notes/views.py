"""Pages of a person's case notes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.documents.actions import attach
from casework.drafts.form_pages import form_page
from casework.notes import actions, forms, queries
from casework.notes.models import Part
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record

A_PAGE = 20


@allowed("people.read")
def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """A person's notes, the latest first, as looked for."""
    person = open_record(request, reference, "case notes")
    asked = request.GET if request.GET else None
    look = forms.Look(asked, authors=queries.authors(person), on=clock.today())
    page = Paginator(queries.notes_of(person, look.sought()), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown: dict[str, Any] = {
        "look": look,
        "page": page,
        "notes": queries.as_shown(list(page.object_list), user_of(request)),
        "looked": bool(query),
        "query": query.urlencode(),
        "may_write": may(request.user, "notes.write"),
        "sees_errors": may(request.user, "errors.view"),
    }
    return record_page(request, person, "notes/notes.html", here="notes", **shown)


@allowed("notes.write")
def write_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note about a person, and about other children of the family with it."""
    person = open_record(request, reference, "write a note")
    user, now = user_of(request), clock.now()
    today = timezone.localdate(now)
    family = queries.children_near(person, user, today)

    def make(*args: Any, **kwargs: Any) -> forms.WriteNote:
        return forms.WriteNote(*args, person=person, family=family, now=now, on=today, **kwargs)

    def save(form: forms.WriteNote) -> str:
        note = actions.write_note(form.written(), by=user, at=now)
        about = [one.person.pk for one in form.slices()]
        attach(form.cleaned_data["attached"], people=about, by=user, at=now, attached_to=note.reference)
        return reverse("note", args=[person.reference, note.reference])

    return form_page(
        request, make, save, title="Write a case note", caption=person.full_name, done="The note is on the record.",
        template="notes/write.html", back=_record(person), button="Finish the note", about=[one.pk for one in family],
    )  # fmt: skip


@allowed("people.read")
def note(request: HttpRequest, reference: str, note: str) -> HttpResponse:
    """One note, and what can be done with it."""
    person, part = _part(request, reference, note)
    [shown] = queries.as_shown([part], user_of(request))
    context: dict[str, Any] = {
        "shown": shown,
        "may_write": may(request.user, "notes.write"),
        "sees_errors": may(request.user, "errors.view"),
    }
    return record_page(request, person, "notes/note.html", here="notes", **context)


@allowed("notes.write")
def add_to_note(request: HttpRequest, reference: str, note: str) -> HttpResponse:
    """Add what became known later."""
    return _addition(request, *_part(request, reference, note), correcting=False)


@allowed("notes.write")
def correct_note(request: HttpRequest, reference: str, note: str) -> HttpResponse:
    """Say what is right where a note is wrong."""
    return _addition(request, *_part(request, reference, note), correcting=True)


def _addition(request: HttpRequest, person: Person, part: Part, *, correcting: bool) -> HttpResponse:
    user, now = user_of(request), clock.now()
    several = len(queries.parts_seen(part, user)) > 1

    def make(*args: Any, **kwargs: Any) -> forms.Addition:
        return forms.Addition(*args, person=person, several=several, correcting=correcting, **kwargs)

    def save(form: forms.Addition) -> str:
        text = form.cleaned_data["text"]
        for_all = several and form.for_all
        if correcting:
            reason = form.cleaned_data["reason"]
            actions.correct_note(part, text=text, reason=reason, for_all=for_all, by=user, at=now)
        else:
            actions.add_to_note(part, text=text, for_all=for_all, by=user, at=now)
        return _note(person, part)

    title, done = (
        ("Correct a case note", "The correction is under the note. The note stays as it was.")
        if correcting
        else ("Add to a case note", "What you added is under the note.")
    )
    return form_page(
        request, make, save, title=title, caption=person.full_name, done=done, back=_note(person, part),
        introduction="The note stays as it was written. What you write here is shown under it, with your name.",
        template="notes/addition.html", person=person, part=part,
    )  # fmt: skip


@allowed("notes.write")
def note_in_error(request: HttpRequest, reference: str, note: str) -> HttpResponse:
    """Mark a note as one that should not be on the record."""
    person, part = _part(request, reference, note)
    user, now = user_of(request), clock.now()
    others = [one for one in queries.parts_seen(part, user) if one.pk != part.pk and one.in_error_at is None]

    def make(*args: Any, **kwargs: Any) -> forms.InError:
        return forms.InError(*args, others=[one.person for one in others], **kwargs)

    def save(form: forms.InError) -> str:
        given = form.cleaned_data
        parts = [part, *(one for one in others if str(one.person_id) in given.get("also", []))]
        actions.mark_in_error(parts, reason=given["reason"], asked_by=given["asked_by"], by=user, at=now)
        return _note(person, part)

    return form_page(
        request, make, save, title="Mark a case note as recorded in error", caption=person.full_name,
        done="The note is marked as recorded in error.", back=_note(person, part), button="Mark the note",
        introduction="A marker stays in its place, with the reason and who asked. To put a mistake in a note right, "
        "go back and correct it instead.",
    )  # fmt: skip


def _part(request: HttpRequest, reference: str, note: str) -> tuple[Person, Part]:
    person = open_record(request, reference, "case note")
    part = queries.part_of(person, note)
    if part is None:
        raise Http404
    return person, part


def _record(person: Person) -> str:
    return reverse("notes", args=[person.reference])


def _note(person: Person, part: Part) -> str:
    return reverse("note", args=[person.reference, part.note.reference])
