"""Child in need plans: help under section 17 that is agreed with the family, while it lasts."""

from django.db import models
from django.db.models import F, Q

from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class ChildInNeedPlan(Recorded):
    """A child's plan as an episode. What it says is in `planning`, in versions.

    `reference` is canonical `cin_plan_id`. It follows an assessment, or a child protection plan that a conference
    ended, or neither. `said` are the child's words when it ended.
    """

    class EndReason(models.TextChoices):
        """Why it ended, in the authority's words: the census asks for the day alone."""

        NEEDS_MET = "needs_met", "The child’s needs are met"
        STEPPED_DOWN = "stepped_down", "The family goes on with early help"
        PROTECTION = "protection", "A child protection plan took its place"
        LOOKED_AFTER = "looked_after", "The child is looked after"
        FAMILY_ENDED = "family_ended", "The family no longer agrees to it, and the child is safe enough without"
        MOVED = "moved", "The child moved, and another authority has taken over"
        DIED = "died", "The child died"
        ADULT = "adult", "Adult services have taken over"
        OTHER = "other", "Another reason"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="child_in_need_plans")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="+")
    assessment = models.ForeignKey(
        "assessment.Assessment", models.PROTECT, null=True, related_name="child_in_need_plans"
    )
    protection = models.ForeignKey(
        "child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="child_in_need_plans"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)
    why_ended = models.TextField(blank=True)
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="cin_plan_ended_after_start"
            ),
        )
        indexes = (models.Index(fields=("person",), name="cin_plan_open", condition=Q(ended_on=None)),)
