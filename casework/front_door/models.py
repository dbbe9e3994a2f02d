"""The front door: contacts about one child or several, the decision on each, and the referrals that follow."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Contact(Recorded):
    """One message to the front door: who got in touch, when, about what."""

    class Urgency(models.TextChoices):
        TODAY = "today", "Needs a decision today"
        NEXT_DAY = "next_day", "Can wait until the next working day"

    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    source = coded("referral_source", "Who made the contact")
    agency = models.CharField(max_length=100, blank=True)
    caller_name = models.CharField(max_length=200, blank=True)
    caller_role = models.CharField(max_length=100, blank=True)
    caller_telephone = models.CharField(max_length=40, blank=True)
    caller_email = models.EmailField(blank=True)
    out_of_hours = models.BooleanField(default=False)
    concern = models.TextField(blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, blank=True)

    class Meta:
        indexes = (models.Index(fields=("-received_at",), name="contact_received"),)


@kept
class ContactChild(Recorded):
    """A child a contact is about and what was decided. `reference` is canonical `contacts.contact_id`."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="contacts")
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_recorded_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    outcome = coded("contact_outcome", "What was decided")
    level_of_need = coded("level_of_need", "Level of need")
    threshold_edition = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    early_help = models.ForeignKey(
        "early_help.AssessedChild", models.PROTECT, null=True, blank=True, related_name="contacts"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("contact", "person"), name="contact_child_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | (~Q(outcome="") & ~Q(decided_on=None)),
                name="contact_decided_and_when",
            ),
        )
        indexes = (models.Index(fields=("contact",), name="contact_undecided", condition=Q(decided_on=None)),)


@kept
class Referral(Recorded):
    """A child referred to social care, and the episode of need it opens until the case is closed."""

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
