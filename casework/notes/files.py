"""Pages of the files on a person's record. Each look and each download is written down by the name of the file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.common import clock
from casework.documents import actions
from casework.documents.models import Document
from casework.documents.queries import document_of, documents_of
from casework.documents.serving import content_of, text_of
from casework.drafts.form_pages import form_page
from casework.notes import forms, queries
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record


@allowed("people.read")
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """The files on a person's record."""
    person = open_record(request, reference, "documents")
    shown: dict[str, Any] = {"documents": documents_of(person.pk), "may_write": may(request.user, "notes.write")}
    return record_page(request, person, "documents/documents.html", here="documents", **shown)


@allowed("notes.write")
def add_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Put files on a person's record, with a note if `?note=` names one: then on the record of each of its children."""
    person = open_record(request, reference, "add files")
    assert isinstance(request.user, User)
    user, now = request.user, clock.now()
    asked = request.GET.get("note", "")
    part = queries.part_of(person, asked) if asked else None
    if asked and part is None:
        raise Http404
    about = [one.person_id for one in queries.parts_seen(part, user)] if part else [person.pk]
    back = reverse("note", args=[person.reference, asked]) if part else reverse("documents", args=[person.reference])

    def save(form: forms.AddFiles) -> str:
        given = form.cleaned_data
        actions.attach(given["attached"], people=about, title=given["title"], attached_to=asked, by=user, at=now)
        return back

    introduction = "They go on the record of each child that the note is about." if len(about) > 1 else ""
    return form_page(
        request, forms.AddFiles, save, title="Attach files", caption=person.full_name, done="The files are attached.",
        back=back, button="Attach", introduction=introduction, about=about,
    )  # fmt: skip


@allowed("people.read")
def document(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    """One file, shown in place where its kind can be."""
    person, found = _document(request, reference, document, "looked at the file")
    addresses = [person.reference, found.reference]
    shown = as_shown(
        request, found, content=reverse("document_content", args=addresses),
        in_error=reverse("document_in_error", args=addresses) if may(request.user, "notes.write") else "",
    )  # fmt: skip
    return record_page(request, person, "documents/document.html", here="documents", **shown)


def as_shown(request: HttpRequest, found: Document, *, content: str, in_error: str) -> dict[str, Any]:
    """What `documents/shown.html` draws. `content` is the file’s address, `in_error` where it is marked, or empty."""
    closed = is_closed(request, found)
    text = text_of(found.file) if found.file.what.shown == "text" and not closed else ""
    return {"document": found, "text": text, "closed": closed, "content_address": content, "in_error_address": in_error}


@allowed("people.read")
def document_content(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """The file itself: within our page, or to keep with `?download`."""
    _, found = _document(request, reference, document, what_is_done(request))
    return given_out(request, found)


def what_is_done(request: HttpRequest) -> str:
    """What asking for a file's content is called in the history of who looked."""
    return "downloaded the file" if "download" in request.GET else "was shown the file"


def given_out(request: HttpRequest, found: Document) -> HttpResponseBase:
    """The content of a file whose look is noted already; "not found" where it is closed to this reader."""
    if is_closed(request, found):
        raise Http404
    return content_of(found, download="download" in request.GET)


@allowed("notes.write")
def document_in_error(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    """Mark a file as one that should not be on the record."""
    person, found = _document(request, reference, document, "looked at the file")
    back = reverse("document", args=[person.reference, found.reference])
    return in_error_page(request, found, caption=person.full_name, back=back)


def in_error_page(request: HttpRequest, found: Document, *, caption: str, back: str) -> HttpResponse:
    """The page that asks why a file is marked, and for whom."""
    assert isinstance(request.user, User)
    user, now = request.user, clock.now()

    def make(*args: Any, **kwargs: Any) -> forms.InError:
        return forms.InError(*args, others=[], **kwargs)

    def save(form: forms.InError) -> str:
        given = form.cleaned_data
        actions.mark_in_error(found, reason=given["reason"], asked_by=given["asked_by"], by=user, at=now)
        return back

    return form_page(
        request, make, save, title="Mark a file as recorded in error", caption=caption, back=back,
        done="The file is marked as recorded in error.", button="Mark the file",
        introduction="A marker stays in its place, with the reason and who asked. The file is no longer shown.",
    )  # fmt: skip


def _document(request: HttpRequest, reference: str, document: str, did: str) -> tuple[Person, Document]:
    person = open_record(request, reference, f"{did} {document}")
    found = document_of(person.pk, document)
    if found is None:
        raise Http404
    return person, found


def is_closed(request: HttpRequest, found: Document) -> bool:
    """Whether the content is closed to this reader: it should not have been on the record."""
    return found.in_error_at is not None and not may(request.user, "errors.view")
