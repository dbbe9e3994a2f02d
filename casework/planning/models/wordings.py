"""How a version of a plan puts each need, outcome and action. Once the version is in force, none is altered."""

from django.db import models
from django.db.models import Q

from casework.common.models import Recorded
from casework.history.tracking import kept
from casework.planning.models.threads import Action, Need, Outcome
from casework.planning.models.versions import PlanVersion


@kept
class NeedWording(Recorded):
    """A need in a version: what the child needs, and where possible how the child or the family put it."""

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, models.PROTECT, related_name="wordings")
    what = models.TextField()
    family_words = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan_version", "need"), name="need_once_in_version"),)
        ordering = ("place", "pk")


@kept
class OutcomeWording(Recorded):
    """An outcome in a version: what will be different for the child."""

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="wordings")
    what = models.TextField()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan_version", "outcome"), name="outcome_once_in_version"),)
        ordering = ("place", "pk")


@kept
class ActionWording(Recorded):
    """An action in a version: what, who does it, by when, and how we will know that it helped.

    Its owner is a worker, or somebody of the child's family or network on the record, or anybody named in words.
    """

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="actions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="wordings")
    what = models.TextField()
    owner_worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    owner_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    owner_named = models.CharField(max_length=200, blank=True)
    by_when = models.DateField(null=True, blank=True)
    how_known = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("plan_version", "action"), name="action_once_in_version"),
            models.CheckConstraint(
                condition=Q(owner_worker=None) | Q(owner_person=None, owner_named=""), name="action_of_a_worker"
            ),
            models.CheckConstraint(condition=Q(owner_person=None) | Q(owner_named=""), name="action_of_a_person"),
        )
        ordering = ("place", "pk")

    @property
    def owner(self) -> str:
        """Who does it, by name; empty where nobody is named."""
        if self.owner_worker is not None:
            return self.owner_worker.name
        return self.owner_person.full_name if self.owner_person is not None else self.owner_named
