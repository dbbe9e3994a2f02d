"""Child protection plans, as far as conferences make and end them, and the category of each."""

from django.db import models
from django.db.models import F, Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class ChildProtectionPlan(Recorded):
    """A child's plan, from the conference that made it to the one that ended it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="child_protection_plans")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("child_protection.ChildAtConference", models.PROTECT, null=True,
                                related_name="plans_made")  # fmt: skip
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)
    initial_category = coded("abuse_category", "Category when it began")
    latest_category = coded("abuse_category", "Category now, or when it ended")
    previous_plans = models.PositiveSmallIntegerField(null=True)
    temporary_other_authority = models.BooleanField(null=True)
    pre_birth = models.BooleanField(null=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="protection_ended_after_start"
            ),
        )
        indexes = (models.Index(fields=("person",), name="protection_open", condition=Q(ended_on=None)),)


@kept
class PlanCategory(models.Model):
    """The category of a plan, from the day it was given."""

    plan = models.ForeignKey(ChildProtectionPlan, models.CASCADE, related_name="categories")
    category = coded("abuse_category", "Category of abuse")
    started_on = models.DateField()
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "category", "started_on"), name="category_once_a_day"),)
