"""Single assessments under section 17, their review points, and the factors found."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Assessment(Recorded):
    """A child's single assessment, from its start until a manager authorises it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="assessments")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="assessments")
    kind = coded("assessment_kind", "Single, initial or core")
    started_on = models.DateField()
    review_point_on = models.DateField(null=True, blank=True)
    child_first_seen_on = models.DateField(null=True, blank=True)
    child_seen_recorded_at = models.DateTimeField(null=True)
    child_seen = models.BooleanField(null=True)
    authorised_on = models.DateField(null=True, blank=True)
    authorised_recorded_at = models.DateTimeField(null=True)
    authorised_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    shared_on = models.DateField(null=True, blank=True)
    support_needed = models.BooleanField(null=True)
    outcome = coded("assessment_outcome", "What the assessment led to")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="assessments")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(authorised_on=None) | Q(authorised_on__gte=models.F("started_on")),
                name="assessment_authorised_after_start",
            ),
        )
        indexes = (models.Index(fields=("person",), name="assessment_open", condition=Q(authorised_on=None)),)


@kept
class Factor(models.Model):
    """A factor identified at the end of an assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="factors")
    factor = coded("assessment_factor", "Factor")
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assessment", "factor"), name="factor_once"),)
