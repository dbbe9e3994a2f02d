"""Strategy discussions: one meeting about one child or several, and what was decided about each."""

from datetime import datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.child_protection.models.agencies import Agency
from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class StrategyDiscussion(Recorded):
    """The meeting: when, with whom, what was known. Guidance wants police and health at every one."""

    class How(models.TextChoices):
        MEETING = "meeting", "In a room"
        VIDEO = "video", "By video"
        TELEPHONE = "telephone", "By telephone"

    needed_on = models.DateField(null=True, blank=True)
    held_on = models.DateField()
    held_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    chair = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)
    shared = models.TextField(blank=True)
    police_took_part = models.BooleanField(null=True)
    health_took_part = models.BooleanField(null=True)
    why_without = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(needed_on=None) | Q(needed_on__lte=F("held_on")), name="strategy_held_once_needed"
            ),
        )


@kept
class TookPart(models.Model):
    """Somebody of an agency who took part in a strategy discussion."""

    discussion = models.ForeignKey(StrategyDiscussion, models.CASCADE, related_name="took_part")
    agency = models.CharField(max_length=20, choices=Agency.choices)
    who = models.CharField(max_length=300)


@kept
class DiscussedChild(Recorded):
    """A child whom a strategy discussion was about: the stage the child was at, and what was decided.

    `reference` is canonical `strategy_discussion_id`.
    """

    discussion = models.ForeignKey(StrategyDiscussion, models.CASCADE, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="strategy_discussions")
    contact = models.ForeignKey("front_door.ContactChild", models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="strategy_discussions")
    assessment = models.ForeignKey("assessment.Assessment", models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey("child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="+")
    outcome = coded("strategy_outcome", "What was decided")
    joint = models.BooleanField(null=True)
    reasons = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("discussion", "person"), name="discussed_once"),)

    @property
    def discussion_moment(self) -> datetime:
        """When the discussion was held; the start of the day where the hour is not known."""
        held = self.discussion
        return held.held_at or timezone.make_aware(datetime.combine(held.held_on, time.min))


@kept
class SafetyAction(Recorded):
    """Something that a strategy discussion asked to be done at once: what, who, by when."""

    discussion = models.ForeignKey(StrategyDiscussion, models.CASCADE, related_name="safety_actions")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=200)
    by_when = models.DateTimeField()
    task = models.ForeignKey("tasks.Task", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("by_when", "pk")
