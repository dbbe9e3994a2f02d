"""Section 47 enquiries: the child seen, what each agency found, what it came to."""

from django.db import models
from django.db.models import F, Q

from casework.child_protection.models.agencies import Agency
from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Section47Enquiry(Recorded):
    """An enquiry about one child, from the strategy discussion that began it until a manager signs off its finding."""

    class Finding(models.TextChoices):
        """What an enquiry can come to (Working Together 2023, outcome of section 47 enquiries)."""

        NOT_SUBSTANTIATED = "not_substantiated", "The concerns are not substantiated"
        NO_CONTINUING_RISK = "no_continuing_risk", "Substantiated, and the child is not at continuing risk"
        LIKELY = "likely", "Substantiated, and the child is likely to suffer significant harm"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="section_47_enquiries")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="section_47_enquiries")
    discussed = models.ForeignKey(
        "child_protection.DiscussedChild", models.PROTECT, null=True, related_name="enquiries"
    )
    joint = models.BooleanField(null=True)
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    child_first_seen_on = models.DateField(null=True, blank=True)
    child_first_seen_at = models.DateTimeField(null=True)
    why_not_seen = models.TextField(blank=True)
    parents_views = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    proposed_finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    why_no_conference = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    outcome = coded("section_47_outcome", "What the enquiry led to")
    conference_not_required = models.BooleanField(null=True)
    conference_target_on = models.DateField(null=True, blank=True)
    direction = models.TextField(blank=True)
    signed_off_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="section_47_enquiries")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="enquiry_ended_after_start"
            ),
        )
        indexes = (models.Index(fields=("person",), name="enquiry_open", condition=Q(ended_on=None)),)


@kept
class TimeSeen(Recorded):
    """A time that the child was seen in an enquiry: when, where, alone or why not, and what the child said."""

    enquiry = models.ForeignKey(Section47Enquiry, models.CASCADE, related_name="times_seen")
    seen_at = models.DateTimeField()
    alone = models.BooleanField(null=True)
    why_not_alone = models.TextField(blank=True)
    where = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    what_was_said = models.TextField(blank=True)
    how_heard = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("seen_at", "pk")


@kept
class AgencyFinding(Recorded):
    """What one agency found in an enquiry."""

    enquiry = models.ForeignKey(Section47Enquiry, models.CASCADE, related_name="agency_findings")
    agency = models.CharField(max_length=20, choices=Agency.choices)
    who = models.CharField(max_length=200)
    told_on = models.DateField()
    found = models.TextField()

    class Meta:
        ordering = ("told_on", "pk")
