"""Letters: how each is worded, what was written, and each recipient's copy."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from casework.common.models import Recorded
from casework.history.tracking import kept
from casework.people.models import Person


@kept
class Wording(Recorded):
    """One version of a template that an administrator wrote; the latest is in use, and none is ever changed.

    `code` is a shipped template's, or that of one of the authority's own. Empty `text` goes back to what was shipped.
    """

    code = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    text = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code", "number"), name="wording_numbered_once"),)
        ordering = ("code", "number")


@kept
class Letter(Recorded):
    """A letter on a child's record. `text` is its template as it was worded then; `about` the row that it tells of, and
    `told_of` that row in words, as it stood then."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    text = models.TextField()
    wording = models.PositiveIntegerField(default=0)
    about = models.CharField(max_length=64, blank=True)
    told_of = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict)
    begun_on = models.DateField()
    put_away_on = models.DateField(null=True)
    put_away_because = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(put_away_on=None) | ~Q(put_away_because=""), name="letter_put_away_says_why"
            ),
        )

    @property
    def others(self) -> list[Person]:
        """The brothers and sisters whom it is about too, the oldest first."""
        found = [one.person for one in self.also_about.all()]
        return sorted(found, key=lambda one: (one.born_on or date.max, one.pk))

    @property
    def tells_of(self) -> str:
        """What its fields are filled from: the row that it tells of, or the children beside."""
        return " ".join(one.reference for one in self.others) or self.about


@kept
class AlsoAbout(Recorded):
    """A brother or sister whom the letter is about too. Who may not read that child is not shown the letter."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="also_about")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("letter", "person"), name="letter_also_about_once"),)


@kept
class Copy(Recorded):
    """One recipient's copy: made ready once, then sent, and perhaps come back. Its files are kept as they were made."""

    class For(models.TextChoices):
        PARENT = "parent", "A parent or carer"
        CHILD = "child", "The child"
        REFERRER = "referrer", "Whoever referred"
        AGENCY = "agency", "An agency or professional"
        COURT = "court", "The court or a lawyer"
        OTHER = "other", "Somebody else"

    class Way(models.TextChoices):
        POST = "post", "By post"
        HAND = "hand", "By hand"
        SECURE_MAIL = "secure_mail", "By secure e-mail, from your own mailbox"
        READ_OUT = "read_out", "Read out to them"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="copies")
    recipient = models.CharField(max_length=10, choices=For.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    hides_address = models.BooleanField(default=False)
    why_address_hidden = models.TextField(blank=True)
    made_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    word = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    returned_on = models.DateField(null=True)
    returned_because = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(made_at=None) | ~Q(pdf=None), name="copy_ready_has_its_file"),
            models.CheckConstraint(condition=Q(sent_on=None) | (~Q(made_at=None) & ~Q(way="")), name="copy_sent_how"),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("sent_on")), name="copy_returned_after_sent"
            ),
            models.CheckConstraint(
                condition=Q(hides_address=False) | ~Q(why_address_hidden=""), name="copy_hides_address_says_why"
            ),
        )

    @property
    def without(self) -> list[LeftOut]:
        """What is left out of it and was not given after all."""
        return [one for one in self.left_out.all() if not one.given]

    @property
    def state(self) -> str:
        """Where the copy stands, in a word or two."""
        if self.returned_on:
            return "Returned"
        return "Sent" if self.sent_on else "Ready to send" if self.made_at else "Being written"


@kept
class LeftOut(Recorded):
    """A section that is left out of one copy, why, and whether the copy says that something is left out; `given` where
    somebody put it back."""

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="left_out")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    reason = models.TextField()
    says_so = models.BooleanField(default=True)
    given = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("copy", "number"), name="left_out_once"),)
