"""A version of what a plan says: a draft, then in force, then replaced."""

from django.db import models
from django.db.models import F, Q

from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class PlanVersion(Recorded):
    """What one child in need plan, or one child protection plan, says from a day on.

    A draft has no day `in_force_from`. The version in force has no day `replaced_on`; a plan has at most one, and at
    most one draft. A draft is of no plan where the conference that made its plan was put right: it is kept to be read,
    and another can be written like it. `worried_about`, `parents_must` and `contingency` are written to be read by the
    parents.

    `parents_may_read` is whether the parents are given the child's words to read, and why: not until somebody says yes.
    Why there is no `childs_view` is a `voice.NotAsked`. `why_no_view` holds what was written before that, and is only
    read: the history keeps versions with that column, so it is never dropped.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="plan_versions")
    need_plan = models.ForeignKey(
        "child_in_need.ChildInNeedPlan", models.PROTECT, null=True, related_name="plan_versions"
    )
    protection_plan = models.ForeignKey(
        "child_protection.ChildProtectionPlan", models.PROTECT, null=True, related_name="plan_versions"
    )
    number = models.PositiveSmallIntegerField()
    drawn_up_on = models.DateField()
    in_force_from = models.DateField(null=True)
    in_force_recorded_at = models.DateTimeField(null=True)
    replaced_on = models.DateField(null=True)
    agreed_with = models.TextField(blank=True)
    not_agreed = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    worried_about = models.TextField(blank=True)
    going_well = models.TextField(blank=True)
    parents_must = models.TextField(blank=True)
    childs_view = models.TextField(blank=True)
    parents_may_read = models.BooleanField(null=True)
    parents_may_read_why = models.TextField(blank=True)
    why_no_view = models.TextField(blank=True)
    contingency = models.TextField(blank=True)
    decide_by = models.DateField(null=True, blank=True)
    who_to_ring = models.TextField(blank=True)
    seen_every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(parents_may_read=False, parents_may_read_why=""), name="kept_from_parents_says_why"
            ),
            models.CheckConstraint(
                condition=(Q(need_plan=None) ^ Q(protection_plan=None))
                | Q(need_plan=None, protection_plan=None, in_force_from=None),
                name="version_of_one_plan",
            ),
            models.CheckConstraint(
                condition=Q(replaced_on=None) | Q(replaced_on__gte=F("in_force_from")), name="version_replaced_after"
            ),
            models.UniqueConstraint(fields=("need_plan", "number"), name="version_number_of_need"),
            models.UniqueConstraint(fields=("protection_plan", "number"), name="version_number_of_cp"),
            *(
                models.UniqueConstraint(fields=(plan,), name=f"one_{what}_{plan}", condition=condition)
                for plan in ("need_plan", "protection_plan")
                for what, condition in (
                    ("draft", Q(in_force_from=None)),
                    ("force", Q(in_force_from__isnull=False, replaced_on=None)),
                )
            ),
        )
        ordering = ("number",)

    @property
    def draft(self) -> bool:
        """Whether it is still being written."""
        return self.in_force_from is None

    @property
    def left(self) -> bool:
        """Whether it is a draft of a plan that was not made."""
        return self.need_plan_id is None and self.protection_plan_id is None

    @property
    def in_force(self) -> bool:
        """Whether it is what the plan says now."""
        return self.in_force_from is not None and self.replaced_on is None


@kept
class WordsHeard(models.Model):
    """Words of the child that a version of the plan took up: `said`, or those that stand in row `row` of `place`."""

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="words_heard")
    said = models.ForeignKey("voice.Said", models.PROTECT, null=True, related_name="taken_up")
    place = models.CharField(max_length=20, blank=True, default="")
    row = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("plan_version", "said"), name="words_once_in_version"),
            models.UniqueConstraint(fields=("plan_version", "place", "row"), name="words_elsewhere_once_in_version"),
            models.CheckConstraint(
                condition=Q(said__isnull=False, place="", row=None) | (Q(said=None, row__isnull=False) & ~Q(place="")),
                name="words_stand_in_one_place",
            ),
        )
