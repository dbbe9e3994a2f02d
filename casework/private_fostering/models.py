"""Private fostering arrangements, what was decided of them, and what their carers told the authority."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Arrangement(Recorded):
    """A child looked after at home by somebody who is no close relative. `reference` is `private_fostering_id`.

    By regulation 8(6) of SI 2005/1533 it begins, for the visits, when the authority becomes aware of it: `notified_on`.
    `started_on` is the day on which the child came to live there. `carer` is a person of the record; `carer_named` is
    what is known of one who is not.
    """

    class Source(models.TextChoices):
        CARER = "carer", "The carer"
        PARENT = "parent", "A parent"
        CHILD = "child", "The child"
        SCHOOL = "school", "A school or nursery"
        AGENCY = "agency", "Another agency"
        FOUND = "found", "We found out ourselves"
        OTHER = "other", "Somebody else"

    class End(models.TextChoices):
        PARENTS = "parents", "The child went back to their parents"
        RELATIVE = "relative", "The child went to live with a relative"
        LOOKED_AFTER = "looked_after", "The child is looked after by the authority"
        OTHER_CARER = "other_carer", "The child went to another private foster carer"
        AGE = "age", "The child reached the age"
        MOVED = "moved", "They moved away, and the other authority knows"
        NEVER_BEGAN = "never_began", "It never began"
        NOT_FOSTERING = "not_fostering", "It turned out not to be private fostering"
        OTHER = "other", "Another reason"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="private_fostering")
    notified_on = models.DateField()
    told_by = models.CharField(max_length=10, choices=Source.choices, blank=True)
    told_by_named = models.CharField(max_length=200, blank=True)
    due_to_begin_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    carer = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    carer_named = models.CharField(max_length=200, blank=True)
    shares_home = models.TextField(blank=True)
    meant_to_last = models.BooleanField(null=True)
    parents_agree = models.BooleanField(null=True)
    parents = models.TextField(blank=True)
    why = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=14, choices=End.choices, blank=True)
    what_followed = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("notified_on")), name="fostering_ended_after_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="fostering_ended_after_start",
            ),
        )
        indexes = (models.Index(fields=("person",), name="fostering_open", condition=Q(ended_on=None)),)


@kept
class Suitability(Recorded):
    """What was decided of an arrangement on a day. The latest counts."""

    class Outcome(models.TextChoices):
        SUITABLE = "suitable", "Suitable"
        REQUIREMENTS = "requirements", "Suitable, with requirements"
        PROHIBITED = "prohibited", "Prohibited"

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    requirements = models.TextField(blank=True)
    disqualified = models.BooleanField(null=True)
    why = models.TextField(blank=True)


@kept
class CarerNotice(Recorded):
    """What a carer told the authority, as the regulations ask, and when. `reference` is `private_fostering_notice_id`.

    Of a child who is to come, `happened_at` is the day of that, and `proposed_on` the day on which it was agreed.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", "That the child is to come"
        BEGUN = "begun", "That the child has come"
        CHANGE = "change", "That something has changed"
        END = "end", "That it has ended"

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    told_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True)
    proposed_on = models.DateField(null=True)
    what = models.TextField(blank=True)
