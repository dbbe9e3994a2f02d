"""What the rules find in the record as it was last checked, why a query's data is right, and the returns made."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.common.models import Recorded
from casework.history.tracking import kept
from goldenthread.quality.rule import Severity


class Check(models.Model):
    """A check of the whole record, the last of its day.

    `up_to` is the position in the history of the last change that it saw. `content` is what the accuracy report says
    beyond the findings: what changed since the run before, weeks, how the record is written, rules that did not run.
    """

    as_at = models.DateField(unique=True)
    at = models.DateTimeField()
    up_to = models.BigIntegerField()
    findings = models.IntegerField()
    content = models.JSONField()

    class Meta:
        ordering = ("-as_at",)


class CheckedPerson(models.Model):
    """One person's record checked by itself, after a change: when, and up to which change."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="checked")
    at = models.DateTimeField()
    up_to = models.BigIntegerField()


@kept
class Answer(Recorded):
    """Why the data that a query asks about is right. It stands while the facts are those it was given for (a hash)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="query_answers")
    checked_as = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    record = models.CharField(max_length=60, blank=True)
    record_id = models.TextField(blank=True)
    facts = models.CharField(max_length=64)
    reason = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("checked_as", "rule", "person", "record", "record_id"),
                condition=Q(withdrawn_at=None),
                name="one_answer_stands",
            ),
        )


class Finding(models.Model):
    """One thing that a rule finds, as the record was last checked. Worked out; mended in the record and never here.

    `field` is the column to mend (`table.column`), `since` the day it was first found, `answer` the reason that stands
    for it, which explains it only while the facts are the same.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="findings")
    checked_as = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    record = models.CharField(max_length=60, blank=True)
    record_id = models.TextField(blank=True)
    field = models.CharField(max_length=120, blank=True)
    says = models.TextField()
    facts = models.CharField(max_length=64)
    since = models.DateField()
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("checked_as", "rule", "person", "record", "record_id"), name="one_finding", nulls_distinct=False
            ),
        )

    @property
    def error(self) -> bool:
        """Whether it stops the return, as against a query, which wants a look."""
        return self.severity == Severity.ERROR.value

    @property
    def explained(self) -> bool:
        """Whether a reason stands that was given for the facts as they are."""
        return not self.error and self.answer is not None and self.answer.facts == self.facts

    @property
    def lapsed(self) -> bool:
        """Whether a reason was given and the facts have changed since."""
        return not self.error and self.answer is not None and self.answer.facts != self.facts


ERROR = Q(severity=Severity.ERROR.value)
EXPLAINED = ~ERROR & Q(answer__isnull=False, answer__facts=F("facts"))
OPEN = ERROR | Q(answer=None) | ~Q(answer__facts=F("facts"))
"""What somebody has still to mend or to explain."""


@kept
class Return(models.Model):
    """A return asked for from the live record, and the file once it is made. Never altered after.

    `children` and `restricted` count whom the file holds. `content` holds counts alone: rows by table, what the file
    could not hold, findings by rule, and what changed since the run before.
    """

    class Kind(models.TextChoices):
        ANNEX_A = "annex-a", "Annex A (Ofsted)"
        CIN_CENSUS = "cin-census", "CIN census"
        SSDA903 = "ssda903", "SSDA903 (children looked after)"

    class State(models.TextChoices):
        ASKED = "asked", "Being made"
        MADE = "made", "Made"
        FAILED = "failed", "Not made"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    as_at = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    made_at = models.DateTimeField(null=True)
    why_not = models.TextField(blank=True)
    name = models.CharField(max_length=100, blank=True)
    stored_as = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    children = models.PositiveIntegerField(default=0)
    restricted = models.PositiveIntegerField(default=0)
    changes_stored_as = models.CharField(max_length=64, blank=True)
    compared_with = models.DateField(null=True)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ("-asked_at", "-pk")

    @property
    def path(self) -> Path:
        """Where the file is."""
        return folder() / self.stored_as

    @property
    def changes_path(self) -> Path:
        """Where the workbook of changes is."""
        return folder() / self.changes_stored_as


def folder() -> Path:
    """Where the files of returns are kept."""
    return Path(settings.MEDIA_ROOT) / "returns"


def runs_folder() -> Path:
    """Where the core keeps the runs of the record's checks, one a day."""
    return Path(settings.MEDIA_ROOT) / "accuracy"
