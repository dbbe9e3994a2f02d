"""Files of a person's record. The caller has opened the record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from casework.documents.models import Document


def documents_of(person: int) -> QuerySet[Document]:
    """The files on that person's record, the latest first."""
    found = Document.objects.filter(person=person).select_related("file", "recorded_by", "in_error_by")
    return found.order_by("-recorded_at", "-pk")


def document_of(person: int, reference: str) -> Document | None:
    """The file of that reference on that person's record."""
    return documents_of(person).filter(reference=reference).first()


def documents_with(references: Iterable[str], person: int | None) -> QuerySet[Document]:
    """The files that came with the rows of those references, on that person's record; the earliest first.

    Without a person: those that are on nobody's record and are read through the row alone, as a contact's are.
    """
    found = Document.objects.filter(attached_to__in=list(references), person=person)
    return found.select_related("file", "recorded_by", "in_error_by").order_by("recorded_at", "pk")
