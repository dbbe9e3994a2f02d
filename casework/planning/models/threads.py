"""What stays the same from one version of a plan to the next, and from one plan of a child to the next.

A need belongs to the child; what the child should have instead is an outcome of the need; what people do for it is an
action of the outcome. How each is put is in `wordings`, once for each version that holds it. So what was done and what
changed can be followed from the need to today, however often the plan was written anew.
"""

from django.db import models
from django.db.models import Q

from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Need(Recorded):
    """Something that a child needs."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="needs_in_plans")


@kept
class Outcome(Recorded):
    """What is to be different for the child."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="outcomes")


@kept
class Action(Recorded):
    """Something that somebody is to do. Open until it is done, or is not to be done any more and it says why."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="actions")
    done_on = models.DateField(null=True, blank=True)
    not_done_because = models.TextField(blank=True)
    closed_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(done_on=None) | Q(not_done_because=""), name="action_done_or_not"),
        )

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.not_done_because


@kept
class Progress(Recorded):
    """What happened with an action, on a day: at a visit, a core group, a review, or between them."""

    class State(models.TextChoices):
        GOING = "going", "It has begun"
        DONE = "done", "It is done"
        NOT_DONE = "not_done", "It is not done, and will not be"
        STUCK = "stuck", "It is stuck"

    action = models.ForeignKey(Action, models.CASCADE, related_name="progress")
    noted_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    what_happened = models.TextField(blank=True)

    class Meta:
        ordering = ("-noted_on", "-pk")


@kept
class Change(Recorded):
    """What is different for the child, towards an outcome or away from it, on a day."""

    class Direction(models.TextChoices):
        REACHED = "reached", "Reached"
        BETTER = "better", "Better"
        SAME = "same", "The same"
        WORSE = "worse", "Worse"

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="changes")
    noted_on = models.DateField()
    direction = models.CharField(max_length=10, choices=Direction.choices)
    what_changed = models.TextField(blank=True)

    class Meta:
        ordering = ("-noted_on", "-pk")
