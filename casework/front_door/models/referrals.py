"""Referrals to social care: the next step decided, its corrections, and the closing of the episode of need."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.front_door.models.contacts import ContactChild
from casework.history.tracking import kept


@kept
class Referral(Recorded):
    """A child referred to social care, and the episode of need it opens until the case is closed.

    `said` are the child's words when it was.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="referrals")
    contact = models.ForeignKey(ContactChild, models.PROTECT, null=True, blank=True, related_name="referrals")
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    source = coded("referral_source", "Who referred")
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_recorded_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True, blank=True)
    outcome = coded("referral_outcome", "What was decided")
    no_further_action = models.BooleanField(null=True)
    primary_need = coded("primary_need", "Main need at referral")
    closed_on = models.DateField(null=True, blank=True)
    closed_recorded_at = models.DateTimeField(null=True)
    closure_reason = coded("closure_reason", "Why it closed")
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("received_on")),
                name="referral_closes_after_it_came",
            ),
        )
        indexes = (models.Index(fields=("person",), name="referral_open", condition=Q(closed_on=None)),)


@kept
class NextStep(Recorded):
    """One decision on a referral. It is never edited: a correction is another, which `corrects` it and says why."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="next_steps")
    made_at = models.DateTimeField()
    outcome = coded("referral_outcome", "What was decided")
    reason = models.TextField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    correction_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("referral",), condition=Q(corrects=None), name="referral_first_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="next_step_corrected_with_reason"
            ),
        )
