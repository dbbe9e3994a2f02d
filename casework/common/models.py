"""What every row of the record has: a reference that outlives this database, and when and by whom it was recorded."""

from __future__ import annotations

import uuid

from django.db import models


def new_reference() -> str:
    """A reference that no other row has had."""
    return uuid.uuid4().hex


class Recorded(models.Model):
    """Kept apart: when something happened (the stage's own columns) and when it was recorded (here).

    `reference` is the row's identifier in the canonical dataset, so that it is the same in every return and snapshot.
    `version` grows with each save through an action, so that two people editing the same row are told.
    """

    reference = models.CharField(max_length=64, unique=True, default=new_reference, editable=False)
    recorded_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
