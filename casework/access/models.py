"""Who may see a record that is closed to most, and who opened one with a reason."""

from django.db import models

from casework.history.tracking import kept


@kept
class Restriction(models.Model):
    """A record that only named people see, from a day until it is lifted."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="restrictions")
    reason = models.TextField()
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(lifted_at=None), name="one_open_restriction_a_person"
            ),
        )


@kept
class Named(models.Model):
    """Somebody who may see a restricted record."""

    restriction = models.ForeignKey(Restriction, models.CASCADE, related_name="named")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("restriction", "user"), name="named_once"),)


@kept
class BreakGlass(models.Model):
    """A record opened by somebody who may not otherwise see it: why, until when, and whether its owner was told."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="broken_glass")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    owner_told = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")


class Use(models.Model):
    """How often an account has done what is limited, since when: `throttle.LIMITS`. One row for each, used again."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    what = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "what"), name="one_count_of_uses"),)
