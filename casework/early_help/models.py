"""Early help, below the threshold of social care: the family's assessment, its children, team, plan and reviews."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

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
    lead_contact = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    consent_given = models.BooleanField(null=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_by = models.CharField(max_length=200, blank=True)
    consent_limits = models.TextField(blank=True)
    level_of_need = coded("level_of_need", "Level of need")
    outcome = coded("early_help_outcome", "How early help ended")
    closing_note = models.TextField(blank=True)
    stepped_down_reason = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    childrens_views = models.TextField(blank=True)
    """What several children said, as it was written before each had words of their own. Nothing is added to it."""
    parents_views = models.TextField(blank=True)
    analysis = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(Upper("lead_practitioner"), name="early_help_lead"),)


@kept
class AssessedChild(models.Model):
    """A child whom a family's assessment is about. `reference` is canonical `early_help_assessments.early_help_id`."""

    reference = models.CharField(max_length=64, unique=True)
    assessment = models.ForeignKey(FamilyAssessment, models.CASCADE, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="early_help")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assessment", "person"), name="early_help_child_once"),)


@kept
class Issue(models.Model):
    """Whether the family has one of the six issues of the Troubled Families programme, and how it shows."""

    class Kind(models.TextChoices):
        CRIME = "crime", "Crime or anti-social behaviour"
        SCHOOL = "school", "Children not in school as they should be"
        CHILDREN = "children", "Children who need help"
        WORK = "work", "Adults out of work or at risk of debt"
        DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
        HEALTH = "health", "Health problems of parents or children"

    assessment = models.ForeignKey(FamilyAssessment, models.CASCADE, related_name="issues")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    how = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assessment", "kind"), name="early_help_issue_once"),)


@kept
class TeamMember(models.Model):
    """Somebody in the team around the family, of any agency, or of the family itself."""

    assessment = models.ForeignKey(FamilyAssessment, models.CASCADE, related_name="members")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=100)
    agency = models.CharField(max_length=100, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)


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
class PlanStep(models.Model):
    """What the family wants to change, who does what by when, and what came of it."""

    plan = models.ForeignKey(FamilyPlan, models.CASCADE, related_name="steps")
    outcome_wanted = models.TextField()
    action = models.TextField()
    who = models.CharField(max_length=200)
    by_when = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    what_changed = models.TextField(blank=True)


@kept
class FamilyReview(Recorded):
    """A meeting of the team around the family that reviewed the plan."""

    plan = models.ForeignKey(FamilyPlan, models.CASCADE, related_name="reviews")
    held_on = models.DateField()
    what_changed = models.TextField(blank=True)
    childrens_views = models.TextField(blank=True)
    """As that of the assessment."""
    next_on = models.DateField(null=True, blank=True)


@kept
class ChildHeard(Recorded):
    """That one child was heard for the family's assessment, or at a review of its plan; or why not, without `said`."""

    child = models.ForeignKey(AssessedChild, models.CASCADE, related_name="heard")
    review = models.ForeignKey(FamilyReview, models.CASCADE, null=True, related_name="heard")
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("child", "review"),
                condition=Q(said=None),
                nulls_distinct=False,
                name="early_help_unheard_once",
            ),
        )
