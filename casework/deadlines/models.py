"""The clocks that run on a child's record, as the core's engine last worked them out."""

from django.db import models


class Clock(models.Model):
    """A clock's columns, as the core's `obligations` has them."""

    rule = models.CharField(max_length=100)
    clock = models.CharField(max_length=100)
    layer = models.CharField(max_length=12)
    status = models.CharField(max_length=20)
    trigger_kind = models.CharField(max_length=100)
    trigger_table = models.CharField(max_length=60)
    trigger_row_id = models.TextField()
    trigger_on = models.DateField()
    trigger_at = models.DateTimeField(null=True)
    again = models.BooleanField(default=False)
    chained_kind = models.CharField(max_length=100, blank=True)
    chained_on = models.DateField(null=True)
    chained_at = models.DateTimeField(null=True)
    number = models.IntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    counting = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    other_due_on = models.DateField(null=True)
    satisfied_on = models.DateField(null=True)
    satisfied_at = models.DateTimeField(null=True)
    satisfied_table = models.CharField(max_length=60, blank=True)
    satisfied_row_id = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    law_from = models.DateField(null=True)

    class Meta:
        abstract = True


class Obligation(Clock):
    """One clock of one person.

    `status` is how a clock that has stopped came out, or `open`: whether an open one is due or overdue depends on the
    moment, and is worked out when it is read (`queries.py`).
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="obligations")
    worked_out_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "clock", "trigger_kind", "trigger_table", "trigger_row_id", "again"),
                name="one_clock_a_trigger",
            ),
        )
        indexes = (
            models.Index(fields=("person", "due_on"), name="obligation_of_person"),
            models.Index(fields=("due_on",), name="obligation_running", condition=models.Q(status="open")),
        )


class WorkedOut(Clock):
    """A clock as a full run has worked it out, laid beside those kept. Empty but inside a full run's transaction.

    A table and not one of the connection's own: the application's role may make none, since one of the same name as a
    table of the history would stand before it. `of_itself` are those that the days since the last run would have
    brought.
    """

    child_id = models.TextField()
    of_itself = models.BooleanField()


class FullRun(models.Model):
    """A night's full working out: how many clocks there were, how many a day had brought, how many were wrong."""

    on = models.DateField()
    at = models.DateTimeField()
    clocks = models.IntegerField()
    of_themselves = models.IntegerField()
    wrong = models.IntegerField()
