"""Contacts at the front door: who got in touch, whom they named, and the children they turned out to be about."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept
from casework.people.names import called


@kept
class Contact(Recorded):
    """One message to the front door: who got in touch, when, about what."""

    class Urgency(models.TextChoices):
        TODAY = "today", "Needs a decision today"
        NEXT_DAY = "next_day", "Can wait until the next working day"

    class Basis(models.TextChoices):
        """On what ground what is known may be shared (Working Together 2023, information sharing)."""

        CONSENT = "consent", "They agreed to it"
        RISK = "risk", "They were not asked, because asking would put a child at risk"
        REFUSED = "refused", "They refused, and there is a lawful basis without their consent"

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
    sharing_basis = models.CharField(max_length=10, choices=Basis.choices, blank=True)
    sharing_reason = models.TextField(blank=True)
    sharing_decided_at = models.DateTimeField(null=True)
    sharing_decided_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="contacts_taken")
    set_aside_reason = models.TextField(blank=True)
    stepped_up_from = models.ForeignKey(
        "early_help.FamilyAssessment", models.PROTECT, null=True, related_name="stepped_up"
    )

    class Meta:
        indexes = (models.Index(fields=("-received_at",), name="contact_received"),)


class WithoutChild(models.Model):
    """A contact that is about no child yet. The database keeps these rows by itself (migration 0002).

    So that what waits is found without asking of every contact there ever was whether it has a child.
    """

    contact = models.OneToOneField(Contact, models.CASCADE, primary_key=True, related_name="+")


@kept
class Named(Recorded):
    """Somebody a contact names, as the caller said it. `person` is who they turned out to be, once matched."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="named")
    is_child = models.BooleanField(default=True)
    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    age_said = models.PositiveSmallIntegerField(null=True, blank=True)
    part = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="named_in")
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    set_aside_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-is_child", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contact", "person"), condition=~Q(person=None), name="person_named_once_in_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(set_aside_reason=""), name="named_is_matched_or_set_aside"
            ),
        )
        indexes = (
            models.Index(fields=("contact",), name="named_unmatched", condition=Q(person=None, set_aside_reason="")),
        )

    @property
    def said_name(self) -> str:
        """The name as it was said."""
        return called(self.forename, self.surname, born_on=self.born_on, expected_on=self.expected_on)


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
