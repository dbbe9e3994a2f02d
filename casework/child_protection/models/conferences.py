"""Child protection conferences: the meeting, who was asked and came, and what was decided about each child."""

from django.db import models
from django.db.models import Q

from casework.child_protection.models.agencies import Agency
from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Conference(Recorded):
    """One meeting, of one child or of several of a family: asked for, arranged, then held or cancelled."""

    planned_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    chair = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    held_on = models.DateField(null=True)
    held_recorded_at = models.DateTimeField(null=True)
    quorate = models.BooleanField(null=True)
    why_without_quorum = models.TextField(blank=True)
    parents_views = models.TextField(blank=True)
    how_parents_were_heard = models.CharField(max_length=300, blank=True)
    discussion = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.TextField(blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(held_on=None) | Q(cancelled_on=None), name="conference_held_or_not"),
        )
        indexes = (
            models.Index(
                fields=("planned_at",), name="conference_to_come", condition=Q(held_on=None, cancelled_on=None)
            ),
        )


@kept
class Adjournment(Recorded):
    """A conference that did not finish, or did not begin, on the day it was planned for, and why."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="adjournments")
    was_planned_at = models.DateTimeField(null=True)
    because = models.TextField()

    class Meta:
        ordering = ("recorded_at", "pk")


@kept
class Invitation(Recorded):
    """Somebody asked to a conference: whether a report was wanted and came, whether the person came."""

    class Attended(models.TextChoices):
        IN_PERSON = "in_person", "Came"
        REMOTE = "remote", "Joined by video or telephone"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Did not come"

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="invitations")
    agency = models.CharField(max_length=20, choices=Agency.choices)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    report_wanted = models.BooleanField(default=False)
    report_arrived_on = models.DateField(null=True, blank=True)
    attended = models.CharField(max_length=10, choices=Attended.choices, blank=True)

    class Meta:
        ordering = ("agency", "pk")

    @property
    def there(self) -> bool:
        """Whether the person took part."""
        return self.attended in {self.Attended.IN_PERSON, self.Attended.REMOTE}


@kept
class ChildAtConference(Recorded):
    """A child whom a conference is about: the kind it is for this child, the child's views, and the decision.

    `reference` is canonical `conference_id`. `plan` is the plan that is reviewed.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="conferences")
    kind = coded("conference_kind", "Kind of conference")
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="+")
    enquiry = models.ForeignKey("child_protection.Section47Enquiry", models.PROTECT, null=True,
                                related_name="conferences")  # fmt: skip
    plan = models.ForeignKey("child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="reviews")
    requested_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    participation = coded("participation", "How the child took part")
    childs_views = models.TextField(blank=True)
    how_child_was_heard = models.CharField(max_length=300, blank=True)
    outcome = coded("conference_outcome", "What was decided")
    decided_at = models.DateTimeField(null=True)
    category = coded("abuse_category", "Category of abuse")
    reasons = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("conference", "person"), name="at_conference_once"),)


@kept
class AgencyView(Recorded):
    """What one of those there thought of the decision about a child; dissent with its reason."""

    child = models.ForeignKey(ChildAtConference, models.CASCADE, related_name="agency_views")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="views")
    agrees = models.BooleanField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("child", "invitation"), name="one_view_each"),)
        ordering = ("invitation__agency", "pk")
