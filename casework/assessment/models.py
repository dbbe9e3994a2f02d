"""Single assessments under section 17: the family's part, each child's own, and their review."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class FamilyPart(Recorded):
    """What is true of the whole family: written once for children who are assessed together."""

    why_now = models.TextField(blank=True)
    family_history = models.TextField(blank=True)
    parenting = models.TextField(blank=True)
    home_and_community = models.TextField(blank=True)
    parents_views = models.TextField(blank=True)
    professionals_views = models.TextField(blank=True)


@kept
class Assessment(Recorded):
    """A child's single assessment, from its start until a manager authorises it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="assessments")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="assessments")
    family = models.ForeignKey(FamilyPart, models.PROTECT, null=True, related_name="assessments")
    kind = coded("assessment_kind", "Single, initial or core")
    started_on = models.DateField()
    review_point_on = models.DateField(null=True, blank=True)
    second_review_point_on = models.DateField(null=True, blank=True)
    child_first_seen_on = models.DateField(null=True, blank=True)
    child_seen_recorded_at = models.DateTimeField(null=True)
    child_seen = models.BooleanField(null=True)
    why_not_seen = models.TextField(blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    authorised_recorded_at = models.DateTimeField(null=True)
    authorised_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    direction = models.TextField(blank=True)
    shared_on = models.DateField(null=True, blank=True)
    shared_with = models.TextField(blank=True)
    support_needed = models.BooleanField(null=True)
    outcome = coded("assessment_outcome", "What the assessment led to")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="assessments")
    needs = models.TextField(blank=True)
    childs_words = models.TextField(blank=True)
    how_heard = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    what_next = models.TextField(blank=True)
    proposed_outcome = coded("assessment_outcome", "What the worker proposes")

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


@kept
class Seen(Recorded):
    """A time that the child was seen for the assessment: where, alone or why not, and what the child said."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="times_seen")
    seen_on = models.DateField()
    alone = models.BooleanField(null=True)
    why_not_alone = models.TextField(blank=True)
    where = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    what_was_said = models.TextField(blank=True)


@kept
class ReviewPoint(Recorded):
    """A manager's look at how an assessment is going: the first, the second, and any after."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="review_points")
    held_on = models.DateField()
    by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    on_course = models.BooleanField()
    why_longer = models.TextField(blank=True)
    direction = models.TextField()

    class Meta:
        ordering = ("held_on", "pk")


@kept
class ToolResult(Recorded):
    """What a recognised tool found: how parents care for the child, or whether they can change in the child's time."""

    class Tool(models.TextChoices):
        GRADED_CARE_PROFILE = "graded_care_profile", "Graded Care Profile"
        CAPACITY_TO_CHANGE = "capacity_to_change", "Capacity to change"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="tool_results")
    tool = models.CharField(max_length=30, choices=Tool.choices)
    used_on = models.DateField()
    area = models.CharField(max_length=60)
    grade = models.CharField(max_length=30)
    what_it_means = models.TextField(blank=True)
