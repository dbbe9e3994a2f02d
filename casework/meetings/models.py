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
        CIN_REVIEW = "cin_review", "Child in need review"

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

    `reference` is canonical `core_group_id` or `cin_review_id`. A meeting counts for a child once the child's own
    part is `written`.
    """

    class Safety(models.TextChoices):
        ENOUGH = "enough", "Yes, with the plan as it is"
        CHANGE = "change", "Only if the plan changes"
        NOT = "not", "No: something has to be done now"

    class Recommendation(models.TextChoices):
        """What a child in need review thinks should come of the plan. A manager agrees to its end."""

        CONTINUE = "continue", "The plan goes on"
        STEP_UP = "step_up", "Step up: hold a strategy discussion"
        STEP_DOWN = "step_down", "Step down to early help"
        CLOSE = "close", "End the plan: the needs are met"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="meetings")
    protection_plan = models.ForeignKey(
        "child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="core_groups"
    )
    need_plan = models.ForeignKey("child_in_need.ChildInNeedPlan", models.PROTECT, null=True, related_name="reviews")
    written = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    childs_words = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    safety = models.CharField(max_length=10, choices=Safety.choices, blank=True)
    safety_because = models.TextField(blank=True)
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices, blank=True)
    recommendation_because = models.TextField(blank=True)
    agreed_on = models.DateField(null=True)
    agreed_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="at_meeting_once"),
            models.CheckConstraint(condition=Q(protection_plan=None) | Q(need_plan=None), name="meeting_of_one_plan"),
        )


@kept
class ActionTalkedOver(Recorded):
    """An action of the child's plan that a meeting talked over, and how it was said to go."""

    child = models.ForeignKey(ChildAtMeeting, models.CASCADE, related_name="actions_talked_over")
    progress = models.OneToOneField("planning.Progress", models.PROTECT, related_name="talked_over")

    class Meta:
        ordering = ("pk",)
