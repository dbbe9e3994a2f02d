"""Files on people's records: the content once, and on which record it is, as what."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.common.models import Recorded
from casework.documents.kinds import KINDS, Kind
from casework.history.tracking import kept


@kept
class StoredFile(Recorded):
    """The content of a file, on the disk under a name that says nothing. Never altered.

    `scanned_at` is empty when no virus check is set up here.
    """

    stored_as = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(code, kind.label) for code, kind in KINDS.items()])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scanned_at = models.DateTimeField(null=True)

    @property
    def path(self) -> Path:
        """Where the content is."""
        return folder() / self.stored_as[:2] / self.stored_as

    @property
    def what(self) -> Kind:
        """The kind of file, with how it is shown."""
        return KINDS[self.kind]


@kept
class Document(Recorded):
    """A file on one person's record. `attached_to` is the reference of the row it came with: a note,
    an assessment, a contact, an invitation to a conference.

    One that should not be there stays, marked, and its content is closed to all but those who audit.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    attached_to = models.CharField(max_length=64, blank=True)
    in_error_at = models.DateTimeField(null=True)
    in_error_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    in_error_reason = models.TextField(blank=True)
    in_error_asked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(in_error_at=None) | ~(Q(in_error_reason="") | Q(in_error_asked_by="")),
                name="document_in_error_says_why_and_for_whom",
            ),
        )
        indexes = (models.Index(fields=("attached_to",), name="document_attached_to", condition=~Q(attached_to="")),)

    def __str__(self) -> str:
        return self.title


def folder() -> Path:
    """Where the contents are kept."""
    return Path(settings.MEDIA_ROOT) / "documents"
