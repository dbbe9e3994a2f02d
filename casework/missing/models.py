"""Children who are missing: what was reported and done, how each came back, and the talk afterwards."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Report(Recorded):
    """What was reported when one child, or several together, went. Shared by the children who went together."""

    reported_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=200, blank=True)
    last_seen_where = models.CharField(max_length=300, blank=True)
    what_is_known = models.TextField(blank=True)


@kept
class MissingEpisode(Recorded):
    """One child's part: missing, or away without authorisation, until found or back. `reference` is `missing_id`.

    `care_period` is the canonical reference of the time in care that it fell in, while those are carried.
    """

    class Risk(models.TextChoices):
        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"
        NONE = "no_apparent", "No apparent risk"

    class Return(models.TextChoices):
        THEMSELVES = "themselves", "Came back by themselves"
        POLICE = "police", "Found by the police"
        FAMILY = "family", "Found by family or friends"
        CARER = "carer", "Found by a carer or worker"
        OTHER = "other", "Another way"

    report = models.ForeignKey(Report, models.PROTECT, related_name="episodes")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="missing_episodes")
    care_period = models.CharField(max_length=64, blank=True)
    kind = coded("missing_kind", "Missing, or away without authorisation")
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    police_reference = models.CharField(max_length=60, blank=True)
    risk = models.CharField(max_length=12, choices=Risk.choices, blank=True)
    risk_reasons = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_recorded_at = models.DateTimeField(null=True)
    how_back = models.CharField(max_length=12, choices=Return.choices, blank=True)
    found_where = models.CharField(max_length=300, blank=True)
    found_by = models.CharField(max_length=200, blank=True)
    condition = models.TextField(blank=True)
    police_talked = models.BooleanField(null=True)
    police_talked_at = models.DateTimeField(null=True)
    police_said = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="missing_back_after_going"
            ),
        )
        indexes = (models.Index(fields=("person",), name="missing_open", condition=Q(ended_on=None)),)

    @property
    def since(self) -> datetime:
        """When it began; the start of the day where the hour is not known."""
        return self.started_at or timezone.make_aware(datetime.combine(self.started_on, time.min))


@kept
class Step(Recorded):
    """Something that was done to find the children: when, what, by whom."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    done_at = models.DateTimeField()
    what = models.TextField()
    who = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("done_at", "pk")


@kept
class Told(Recorded):
    """Somebody who was told that the children were missing."""

    class Whom(models.TextChoices):
        POLICE = "police", "Police"
        PARENTS = "parents", "Parents, or whoever holds parental responsibility"
        CARER = "carer", "Foster carer or children’s home"
        WORKER = "worker", "The child’s social worker"
        MANAGER = "manager", "A manager"
        DUTY = "duty", "Emergency duty team"
        REVIEWING = "reviewing", "Independent reviewing officer"
        PLACING = "placing", "The authority responsible for the child, or the one they live in"
        SCHOOL = "school", "School or college"
        OTHER = "other", "Somebody else"

    report = models.ForeignKey(Report, models.CASCADE, related_name="told")
    whom = models.CharField(max_length=10, choices=Whom.choices)
    name = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("told_at", "pk")


@kept
class ReturnInterview(Recorded):
    """The talk with somebody independent after a child comes back: offered, declined or held, and what was learnt.

    The child's own words are kept with all their words (`voice.Said`). `reasons` are codes of `reasons.yaml`.
    `settled_recorded_at`: when it was recorded that it was held or declined.
    """

    episode = models.OneToOneField(MissingEpisode, models.PROTECT, related_name="interview")
    offered = models.BooleanField(null=True)
    offered_on = models.DateField(null=True)
    offered_by = models.CharField(max_length=200, blank=True)
    accepted = models.BooleanField(null=True)
    declined_on = models.DateField(null=True)
    why_declined = models.TextField(blank=True)
    held_on = models.DateField(null=True)
    held_at = models.DateTimeField(null=True)
    where = models.CharField(max_length=200, blank=True)
    interviewer = models.CharField(max_length=200, blank=True)
    independent = models.BooleanField(null=True)
    why_not_independent = models.TextField(blank=True)
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="+")
    where_been = models.TextField(blank=True)
    with_whom = models.TextField(blank=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    harm = models.TextField(blank=True)
    what_will_change = models.TextField(blank=True)
    passed_on = models.TextField(blank=True)
    settled_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(declined_on=None) | Q(accepted=False), name="interview_declined_is_not_accepted"
            ),
        )
