"""Core groups and child in need reviews: the meeting that several children share, and each child's own part of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from casework.child_protection.models import Agency
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Meeting(Recorded):
    """One meeting, of one child or of several of a family: arranged, then held or cancelled."""

    class Kind(models.TextChoices):
        CORE_GROUP = "core_group", "Core group"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    planned_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    chair = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    held_on = models.DateField(null=True)
    held_recorded_at = models.DateTimeField(null=True)
    parents_said = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.TextField(blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(held_on=None) | Q(cancelled_on=None), name="meeting_held_or_not"),
        )
        indexes = (
            models.Index(fields=("planned_at",), name="meeting_to_come", condition=Q(held_on=None, cancelled_on=None)),
        )

    @property
    def to_come(self) -> bool:
        """Whether it is still to be held."""
        return self.held_on is None and self.cancelled_on is None


@kept
class PutOff(Recorded):
    """A meeting that was not held on the day it was arranged for, and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="put_off")
    was_planned_at = models.DateTimeField(null=True)
    because = models.TextField()

    class Meta:
        ordering = ("recorded_at", "pk")


@kept
class Member(Recorded):
    """Somebody who belongs to the group: of the family or of an agency, and how they took part."""

    class TookPart(models.TextChoices):
        CAME = "came", "Came"
        REPORT = "report", "Sent a report instead"
        ABSENT = "absent", "Was not there"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="members")
    agency = models.CharField(max_length=20, choices=Agency.choices)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    took_part = models.CharField(max_length=10, choices=TookPart.choices, blank=True)

    class Meta:
        ordering = ("agency", "pk")


@kept
class ChildAtMeeting(Recorded):
    """A child whom a meeting is about, and what it came to for that child.

    `reference` is canonical `core_group_id`. A meeting counts for a child once the child's own part is `written`.
    """

    class Safety(models.TextChoices):
        ENOUGH = "enough", "Yes, with the plan as it is"
        CHANGE = "change", "Only if the plan changes"
        NOT = "not", "No: something has to be done now"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="meetings")
    protection_plan = models.ForeignKey(
        "child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="core_groups"
    )
    written = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    childs_words = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    safety = models.CharField(max_length=10, choices=Safety.choices, blank=True)
    safety_because = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="at_meeting_once"),)
