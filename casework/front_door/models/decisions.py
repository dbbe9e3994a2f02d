"""Decisions on a child of a contact, the evidence under each heading of the threshold document, and what was told."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.front_door.models.contacts import ContactChild
from casework.front_door.models.referrals import Referral
from casework.history.tracking import kept


@kept
class Decision(Recorded):
    """One threshold decision on a child. Never edited: a correction is another, which `corrects` it and says why.

    The columns of `ContactChild` hold what the last decision says; those of all decisions are here.
    """

    contact_child = models.ForeignKey(ContactChild, models.PROTECT, related_name="decisions")
    made_at = models.DateTimeField()
    outcome = coded("contact_outcome", "What was decided")
    level_of_need = coded("level_of_need", "Level of need")
    threshold_edition = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    about_this_child = models.TextField(blank=True)
    given = models.TextField(blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    correction_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contact_child",), condition=Q(corrects=None), name="contact_first_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="decision_corrected_with_reason"
            ),
        )


@kept
class Evidence(models.Model):
    """What is known under one heading of the threshold document, as the decision-maker weighed it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evidence")
    heading = models.CharField(max_length=100)
    what = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("decision", "heading"), name="evidence_heading_once"),)


@kept
class Told(Recorded):
    """That whoever made the contact was told: of its arrival, or of what was decided about one child."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", "That it has arrived"
        OUTCOME = "outcome", "What was decided"

    class How(models.TextChoices):
        TELEPHONE = "telephone", "By telephone"
        EMAIL = "email", "By secure e-mail"
        LETTER = "letter", "By letter"
        IN_PERSON = "in_person", "In person"
        NOT_TOLD = "not_told", "They cannot or should not be told"

    contact_child = models.ForeignKey(ContactChild, models.PROTECT, null=True, related_name="told")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="told")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    to_whom = models.CharField(max_length=200, blank=True)
    what = models.TextField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("told_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(contact_child=None) | ~Q(referral=None), name="told_about_something"),
        )
