"""What somebody has been asked to do for a child, and what waits for somebody to sign off or send back."""

from django.db import models
from django.db.models import Q

from casework.history.tracking import kept


@kept
class Task(models.Model):
    """One thing to do, by one member of staff or by whoever of a team takes it, for a child or for nobody's record.

    `address` is the page that it is done on, where there is one.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="tasks")

    class AnsweredBy(models.TextChoices):
        """What does a task without anybody's ticking it off: whoever records that, by `tasks.actions.answer`."""

        NEED_PLAN = "need_plan", "the child in need plan is agreed, or ends"
        STRATEGY = "strategy_discussion", "the strategy discussion is recorded"
        CONFERENCE = "conference", "a day is set for the conference, or it is held"

    what = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=20, choices=AnsweredBy.choices, blank=True)
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="tasks")
    team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, blank=True, related_name="tasks")
    due_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(owner=None) | ~Q(team=None), name="task_is_somebodys"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | (~Q(done_at=None) & ~Q(done_by=None)),
                name="task_done_and_by_whom",
            ),
        )
        indexes = (models.Index(fields=("owner", "due_on"), name="task_open", condition=Q(done_at=None)),)


@kept
class SignOff(models.Model):
    """A piece of work, named by `kind` and `row`, that waits for a manager: signed off, or returned with a comment."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SIGNED = "signed", "Signed off"
        RETURNED = "returned", "Returned"
        WITHDRAWN = "withdrawn", "Withdrawn"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="sign_offs")
    kind = models.CharField(max_length=40)
    row = models.BigIntegerField()
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="sign_offs_asked")
    asked_at = models.DateTimeField()
    comment_asking = models.TextField(blank=True)
    asked_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="sign_offs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "row"), condition=Q(state="waiting"), name="waits_for_one_sign_off"
            ),
        )
        indexes = (models.Index(fields=("asked_of",), name="sign_off_waiting", condition=Q(state="waiting")),)
