"""Early help, below the threshold of social care: the family's assessment, its children, the plan and its reviews."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class FamilyAssessment(Recorded):
    """A Family Early Help Assessment, led by a practitioner of any agency, with the family's consent."""

    started_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    completed_recorded_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_recorded_at = models.DateTimeField(null=True)
    organisation = models.CharField(max_length=100, blank=True)
    lead_practitioner = models.CharField(max_length=200, blank=True)
    consent_given = models.BooleanField(null=True)
    level_of_need = coded("level_of_need", "Level of need")
    outcome = coded("early_help_outcome", "How early help ended")
    stepped_down_reason = models.TextField(blank=True)


@kept
class AssessedChild(models.Model):
    """A child whom a family's assessment is about. `reference` is canonical `early_help_assessments.early_help_id`."""

    reference = models.CharField(max_length=64, unique=True)
    assessment = models.ForeignKey(FamilyAssessment, models.CASCADE, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="early_help")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assessment", "person"), name="early_help_child_once"),)


@kept
class FamilyPlan(Recorded):
    """The plan agreed with the family."""

    assessment = models.ForeignKey(FamilyAssessment, models.CASCADE, related_name="plans")
    agreed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assessment",), condition=Q(ended_on=None), name="one_open_early_help_plan"
            ),
        )


@kept
class FamilyReview(Recorded):
    """A meeting of the team around the family that reviewed the plan."""

    plan = models.ForeignKey(FamilyPlan, models.CASCADE, related_name="reviews")
    held_on = models.DateField()
