"""Case notes: written once for several children, with a part of each child's own; never altered, only added to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Note(Recorded):
    """Something that was done or heard, and when. `shared` is what is true of every child that it is about."""

    kind = coded("note_type", "What sort of note")
    happened_at = models.DateTimeField()
    shared = models.TextField()
    significant = models.BooleanField(default=False)
    why_significant = models.TextField(blank=True)
    same_on_purpose = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(significant=False) | ~Q(why_significant=""), name="significant_note_says_why"
            ),
        )


@kept
class Part(models.Model):
    """What a note says of one child alone, and their own words. It is on that child's record and nobody else's.

    A part recorded in error stays, marked, with who asked for that and why.
    """

    note = models.ForeignKey(Note, models.PROTECT, related_name="parts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="note_parts")
    text = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    in_error_at = models.DateTimeField(null=True)
    in_error_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    in_error_reason = models.TextField(blank=True)
    in_error_asked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("note", "person"), name="one_part_a_child"),
            models.CheckConstraint(
                condition=Q(in_error_at=None) | ~(Q(in_error_reason="") | Q(in_error_asked_by="")),
                name="note_in_error_says_why_and_for_whom",
            ),
        )


@kept
class Addition(Recorded):
    """What was added to a note after it was finished, or what is right where the note was wrong. Neither alters it.

    `person` is the child whose part it belongs to; empty for the shared part.
    """

    class Kind(models.TextChoices):
        ADDENDUM = "addendum", "Added later"
        CORRECTION = "correction", "Correction"

    note = models.ForeignKey(Note, models.PROTECT, related_name="additions")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("recorded_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(kind="correction") | ~Q(reason=""), name="correction_says_why"),
        )
