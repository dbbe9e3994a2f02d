"""Police protection, emergency protection orders and child assessment orders, by the hour."""

from __future__ import annotations

from datetime import datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Taking(Recorded):
    """What the police did and why. Shared by the brothers and sisters who were taken together."""

    officer = models.CharField(max_length=200, blank=True)
    force = models.CharField(max_length=200, blank=True)
    police_reference = models.CharField(max_length=60, blank=True)
    designated_officer = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    parents_told = models.BooleanField(null=True)
    parents_told_how = models.TextField(blank=True)


@kept
class PoliceProtection(Recorded):
    """One child's part, from being taken until it ended. `reference` is `police_protection_id`."""

    taking = models.ForeignKey(Taking, models.PROTECT, related_name="protections")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="police_protections")
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    where = models.CharField(max_length=300, blank=True)
    child_told = models.BooleanField(null=True)
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_recorded_at = models.DateTimeField(null=True)
    outcome = coded("police_protection_outcome", "What followed")
    what_followed = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="police_ended_after_taken"
            ),
        )
        indexes = (models.Index(fields=("person",), name="police_open", condition=Q(ended_on=None)),)

    @property
    def since(self) -> datetime:
        """When it began; the start of the day where the hour is not known, so that nothing is counted too long."""
        return self.started_at or timezone.make_aware(datetime.combine(self.started_on, time.min))


@kept
class EmergencyOrder(Recorded):
    """An emergency protection order or a child assessment order of one child. `reference` is `emergency_order_id`.

    `until_at` is when the order says that it ends; `extended_until` when an extension of it does. `ended_recorded_at`
    is when the latest of its extension and its end was recorded, as the canonical table has it.
    """

    class Applicant(models.TextChoices):
        AUTHORITY = "authority", "The local authority"
        POLICE = "police", "The police, for the authority"
        NSPCC = "nspcc", "The NSPCC"
        OTHER = "other", "Somebody else"

    class End(models.TextChoices):
        RAN_OUT = "ran_out", "It ran out"
        DISCHARGED = "discharged", "The court discharged it"
        INTERIM = "interim", "An interim care or supervision order was made"
        RETURNED = "returned", "The child went home while it was in force"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="emergency_orders")
    kind = coded("emergency_order_kind", "Which order")
    applicant = models.CharField(max_length=10, choices=Applicant.choices, blank=True)
    applied_at = models.DateTimeField(null=True)
    made_on = models.DateField()
    made_at = models.DateTimeField(null=True)
    begins_on = models.DateField(null=True)
    court = models.CharField(max_length=200, blank=True)
    court_reference = models.CharField(max_length=60, blank=True)
    until_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    medical = models.TextField(blank=True)
    exclusion = models.TextField(blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_until = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_recorded_at = models.DateTimeField(null=True)
    how_ended = models.CharField(max_length=12, choices=End.choices, blank=True)
    what_followed = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("made_on")), name="order_ended_after_made"
            ),
            models.CheckConstraint(
                condition=Q(extended_on=None) | Q(extended_on__gte=F("made_on")), name="order_extended_after_made"
            ),
        )
        indexes = (models.Index(fields=("person",), name="order_open", condition=Q(ended_on=None)),)
