"""What other agencies know: each asked about named people of a contact, with one question, and its answer."""

from django.db import models
from django.db.models import Q

from casework.common.models import Recorded
from casework.front_door.models.contacts import Contact
from casework.history.tracking import kept


@kept
class Contribution(Recorded):
    """An agency asked what it knows. Its own account sees the question and the people asked about, nothing else."""

    class Kind(models.TextChoices):
        HEALTH = "health", "Health"
        POLICE = "police", "Police"
        SCHOOL = "school", "School or nursery"
        HOUSING = "housing", "Housing"
        PROBATION = "probation", "Probation"
        ADULT_CARE = "adult_care", "Adult social care"
        EARLY_HELP = "early_help", "Early help"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        OTHER = "other", "Another agency"

    class Answer(models.TextChoices):
        KNOWN = "known", "They know something"
        NOTHING = "nothing", "They know nothing of them"
        REFUSED = "refused", "They would not say"

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    agency = models.CharField(max_length=100)
    question = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    said = models.TextField(blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & ~Q(answered_at=None)),
                name="contribution_answered_and_when",
            ),
        )
        indexes = (models.Index(fields=("agency",), name="contribution_waiting", condition=Q(answered_at=None)),)


@kept
class AskedAbout(models.Model):
    """A person of the contact whom the agency is asked about, and so may see the name, birth date and address of."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="about")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="asked_about")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contribution", "person"), name="asked_about_once"),)
