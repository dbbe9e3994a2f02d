"""A visit: what the children of one home share of it, and how each child was."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from casework.common.coded import coded, meaning
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Visit(Recorded):
    """One time that a worker went to see a child, or brothers and sisters together."""

    visited_on = models.DateField()
    visited_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    unannounced = models.BooleanField(null=True)
    purpose = coded("visit_purpose", "What the visit was for")
    shared = models.TextField(blank=True)
    worker = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")


@kept
class ChildVisited(Recorded):
    """A child whom the worker went to see. `reference` is canonical `visit_id`.

    A child who was not seen has an attempt on the record, which stops no clock. It answers the duty of `kind`, and that
    of each plan, period of care and arrangement it was made under; `care_period` is a canonical reference. The child's
    words are kept with all their words (`voice.Said`).
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="children")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="visits")
    kind = coded("visit_kind", "Which duty it answers")
    protection_plan = models.ForeignKey(
        "child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="visits"
    )
    need_plan = models.ForeignKey("child_in_need.ChildInNeedPlan", models.PROTECT, null=True, related_name="visits")
    care_period = models.CharField(max_length=64, blank=True)
    private_fostering = models.ForeignKey(
        "private_fostering.Arrangement", models.PROTECT, null=True, related_name="visits"
    )
    referral = models.ForeignKey("front_door.Referral", models.PROTECT, null=True, related_name="+")
    seen = models.BooleanField(null=True)
    not_seen_because = models.TextField(blank=True)
    seen_alone = models.BooleanField(null=True)
    not_alone_because = models.TextField(blank=True)
    bedroom_seen = models.BooleanField(null=True)
    what_i_saw = models.TextField(blank=True)
    what_next = models.TextField(blank=True)
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("visit", "person"), name="visit_once_a_child"),
            models.CheckConstraint(condition=~Q(kind=""), name="visit_has_a_kind"),
        )
        indexes = (models.Index(fields=("person", "visit"), name="visit_of_person"),)

    @property
    def duties(self) -> tuple[str, ...]:
        """The kinds of duty that it answers, or was an attempt to answer, that of `kind` first."""
        under = {
            "looked_after": self.care_period, "child_protection": self.protection_plan_id,
            "private_fostering": self.private_fostering_id, "child_in_need": self.need_plan_id,
        }  # fmt: skip
        return (self.kind, *(kind for kind, its in under.items() if its and kind != self.kind))

    @property
    def answers(self) -> str:
        """Those duties in words: “Child protection visit, visit to a looked-after child”."""
        return in_words(self.duties)


def in_words(duties: Sequence[str]) -> str:
    """Kinds of duty as they are said in one breath."""
    first, *others = (meaning("visit_kind", kind) for kind in duties)
    return ", ".join((first, *(f"{said[0].lower()}{said[1:]}" for said in others)))


@kept
class ActionWorkedOn(Recorded):
    """An action of the child's plan that the visit was about, and how it was found to go."""

    child = models.ForeignKey(ChildVisited, models.CASCADE, related_name="actions_worked_on")
    progress = models.OneToOneField("planning.Progress", models.PROTECT, related_name="at_visit")

    class Meta:
        ordering = ("pk",)
