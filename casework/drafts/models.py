"""What somebody typed and has not finished, and the forms that were sent: nothing is lost, nothing done twice."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import QueryDict


class Draft(models.Model):
    """A form as it was last typed, private to its owner. `key` names the piece of work; one may have several drafts.

    `people` are the keys of those whose records the page was about: the title is shown only to somebody who may read
    all of them. `page` and `sequence` say which opening of the form saved last; another opening that has not seen
    that saving makes a draft of its own. `based_on` is the version of the row that was being changed, and `base` a
    digest of each answer as it was then. It is no part of any child's record, so it is not in the history.
    """

    owner = models.ForeignKey("accounts.User", models.CASCADE, related_name="drafts")
    reference = models.CharField(max_length=32)
    key = models.CharField(max_length=300)
    title = models.TextField()
    address = models.TextField()
    people = ArrayField(models.BigIntegerField(), default=list)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    based_on = models.PositiveIntegerField(null=True)
    base = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "reference"), name="draft_once"),)
        indexes = (models.Index(fields=("owner", "key", "-saved_at"), name="draft_of_a_piece_of_work"),)

    def __str__(self) -> str:
        return f"A draft of {self.key}"

    def sent(self) -> QueryDict:
        """The answers as a browser would send them."""
        data = QueryDict(mutable=True)
        for name, values in self.data.items():
            data.setlist(name, values)
        return data


class DraftFile(models.Model):
    """A file that came with answers that could not be saved, kept so that it need not be chosen again.

    In the database and not on the disk: it goes when its draft goes, and nothing of it is left behind.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    field = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


class Submission(models.Model):
    """A form that was sent and saved, by its page's token. The token again leads to `address`, and saves nothing."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    address = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "token"), name="submission_once"),)
