"""The papers of the reports that came for a conference. They are on the children's records, and read as files there."""

from __future__ import annotations

from collections.abc import Iterable

from casework.child_protection.models import Invitation
from casework.documents.models import Document
from casework.documents.queries import documents_with


def papers_of(invitations: Iterable[Invitation], person: int) -> dict[str, list[Document]]:
    """Of each invitation, by its reference, the papers on that child's record. The caller has opened the record."""
    found: dict[str, list[Document]] = {}
    for one in documents_with([invitation.reference for invitation in invitations], person):
        found.setdefault(one.attached_to, []).append(one)
    return found


def has_paper(invitation: Invitation) -> bool:
    """Whether a paper of the report is on any child's record, and not marked as one that should not be there."""
    return Document.objects.filter(attached_to=invitation.reference, in_error_at=None).exists()
