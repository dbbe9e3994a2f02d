"""Who holds a child's case: a team, then one of its workers; and what was handed over."""

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Allocation(Recorded):
    """A team's and worker's hold on a child's case. `worker` is empty while the child waits in the team."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="allocations")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="allocations")
    service = models.CharField(max_length=100, blank=True)
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="allocations")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)
    change_reason = coded("worker_change_reason", "Why it changed")
    co_worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, blank=True, related_name="co_working")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person",), condition=Q(ended_on=None), name="one_open_allocation_a_child"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")), name="allocation_ends_after_start"
            ),
        )
        indexes = (
            models.Index(fields=("worker",), name="allocation_open_worker", condition=Q(ended_on=None)),
            models.Index(fields=("team",), name="allocation_open_team", condition=Q(ended_on=None)),
        )


@kept
class Handover(models.Model):
    """What the next worker has to know, written when a child passes to them from another worker."""

    allocation = models.OneToOneField(Allocation, models.CASCADE, related_name="handover")
    from_worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    note = models.TextField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)


@kept
class Override(models.Model):
    """An allocation that the authority's rules forbid, made all the same by a named manager, with a reason."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="overrides")
    rule = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
