"""What people add to a chronology that makes itself: what a line means, and what no form has asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Remark(Recorded):
    """Why one line of a child's chronology matters. The line is named by where it comes from and its day."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="chronology_remarks")
    table = models.CharField(max_length=64)
    row = models.CharField(max_length=200)
    on = models.DateField()
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "table", "row", "on"), name="one_remark_a_line"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        )


@kept
class Entry(Recorded):
    """Something that happened to the child that the record holds nowhere else: before it began, or somewhere else.

    One that should not be there stays, marked, with the reason.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="chronology_entries")
    happened_on = models.DateField()
    day_not_certain = models.BooleanField(default=False)
    what = models.TextField()
    known_from = models.CharField(max_length=200)
    significance = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="withdrawn_entry_says_why"
            ),
        )
