"""Files that came with a contact. They stay with it: whoever may read what was said may read them, and nobody else.

They are on no child's record, because a contact may name several children, and one of them may be restricted.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may
from casework.documents.actions import attach
from casework.documents.models import Document
from casework.documents.queries import documents_with
from casework.drafts.form_pages import form_page
from casework.front_door.models import Contact
from casework.front_door.reading import open_contact
from casework.front_door.views.asking import asking, contact_address
from casework.notes.files import as_shown, given_out, in_error_page, what_is_done
from casework.notes.forms import AddFiles

READS = ("contact.triage", "contact.decide", "contact.record", "people.read")
ADDS = ("contact.record", "contact.triage")


@allowed(*ADDS)
def add_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Put files with a contact."""
    who, contact = asking(request), open_contact(request, reference, "add files to a contact")

    def save(form: AddFiles) -> str:
        given = form.cleaned_data
        attach(given["attached"], people=(), title=given["title"], attached_to=reference, by=who.user, at=who.at)
        return contact_address(contact)

    return form_page(
        request, AddFiles, save, title="Attach files", caption="Contact", key=f"contact:{reference}:files",
        back=contact_address(contact), button="Attach", done="The files are attached.",
        introduction="They stay with the contact. Whoever may read what was said may read them.",
    )  # fmt: skip


@allowed(*READS)
def file(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    """One file of a contact, shown in place where its kind can be."""
    contact, found = _file(request, reference, document, "looked at the file")
    addresses = [reference, document]
    shown = as_shown(
        request, found, content=reverse("contact_file_content", args=addresses),
        in_error=reverse("contact_file_in_error", args=addresses) if may(request.user, *ADDS) else "",
    )  # fmt: skip
    back = contact_address(contact)
    return render(request, "front_door/file.html", {**shown, "back": back, "in_error_words": "It should not be here"})


@allowed(*READS)
def file_content(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """The file itself: within our page, or to keep with `?download`."""
    _, found = _file(request, reference, document, what_is_done(request))
    return given_out(request, found)


@allowed(*ADDS)
def file_in_error(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    """Mark a file as one that should not be with the contact."""
    _, found = _file(request, reference, document, "looked at the file")
    back = reverse("contact_file", args=[reference, document])
    return in_error_page(request, found, caption="Contact", back=back)


def _file(request: HttpRequest, reference: str, document: str, did: str) -> tuple[Contact, Document]:
    contact = open_contact(request, reference, f"{did} {document}")
    found = documents_with([contact.reference], None).filter(reference=document).first()
    if found is None:
        raise Http404
    return contact, found
