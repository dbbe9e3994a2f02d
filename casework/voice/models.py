"""What a child said or showed, and what the grown-ups did with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


@kept
class Said(Recorded):
    """The child's words, as they gave them. They are never altered; what came of them is written beside them."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="words_said")
    said_on = models.DateField()
    words = models.TextField()
    how = coded("voice_means", "How the child gave them")
    about = models.CharField(max_length=200, blank=True)
    heard_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    heard_by_other = models.CharField(max_length=200, blank=True)
    what_changed = models.TextField(blank=True)
    changed_recorded_at = models.DateTimeField(null=True)
    changed_recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    child_told_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="voice_has_words"),
            models.CheckConstraint(
                condition=Q(child_told_on=None) | Q(child_told_on__gte=models.F("said_on")),
                name="voice_answered_after_said",
            ),
        )
        indexes = (models.Index(fields=("person", "-said_on"), name="voice_latest"),)


@kept
class CameOf(Recorded):
    """What came of words that stand elsewhere in the record: in the row with key `row` of the kind `place`.

    The words are never copied here; those of `Said` have what came of them beside them.
    """

    class Place(models.TextChoices):
        NOTE = "note", "A case note"
        ASSESSMENT = "assessment", "An assessment"
        SEEN = "seen", "An assessment, when they were seen"
        ENQUIRY = "enquiry", "A section 47 enquiry, when they were seen"
        CONFERENCE = "conference", "A child protection conference"
        MEETING = "meeting", "A core group or child in need review"
        PLAN = "plan", "A plan"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="came_of_words")
    place = models.CharField(max_length=20, choices=Place.choices)
    row = models.BigIntegerField()
    what_changed = models.TextField()
    child_told_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("place", "row"), name="came_of_words_once"),
            models.CheckConstraint(condition=~Q(what_changed=""), name="came_of_words_says_what"),
        )


@kept
class HeardBefore(Recorded):
    """That a former system held words of the child: when and how. The words themselves are not brought over.

    `reference` is canonical `words_id`.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="words_before")
    said_on = models.DateField()
    occasion = coded("voice_occasion", "Where it was said")
    how = coded("voice_means", "How the child gave it")
    heard_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answered_recorded_at = models.DateTimeField(null=True)


@kept
class NotAsked(Recorded):
    """Why a child was not asked, or gave no answer, where words would stand: row `row` of the kind `place`.

    It is never counted as heard. Once the words are there it goes; the history keeps it.
    """

    class Place(models.TextChoices):
        ASSESSMENT = "assessment", "An assessment"
        SEEN = "seen", "An assessment, when they were seen"
        ENQUIRY = "enquiry", "A section 47 enquiry, when they were seen"
        CONFERENCE = "conference", "A child protection conference"
        MEETING = "meeting", "A core group or child in need review"
        VISIT = "visit", "A visit"
        PLAN = "plan", "A plan"
        PLAN_END = "plan_end", "The end of a plan"
        CLOSING = "closing", "The closing of the case"
        RETURN = "return_interview", "The talk after being missing"
        POLICE = "police_protection", "Police protection"
        EXPLOITATION = "exploitation", "When the risk of exploitation was judged"
        EARLY_HELP = "early_help", "Early help"

    class Reason(models.TextChoices):
        YOUNG = "young", "Too young to ask"
        NOT_SEEN = "not_seen", "Not seen, or not there"
        DECLINED = "declined", "Did not want to say"
        NO_INTERPRETER = "no_interpreter", "No interpreter, signer or other help to be understood"
        NOT_SAFE = "not_safe", "It was not safe to ask"
        UNWELL = "unwell", "Too ill or too upset"
        NO_TIME = "no_time", "There was no time"
        OTHER = "other", "Something else"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="not_asked")
    on = models.DateField()
    place = models.CharField(max_length=20, choices=Place.choices)
    row = models.BigIntegerField()
    reason = models.CharField(max_length=20, choices=Reason.choices)
    more = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("place", "row"), name="not_asked_once"),
            models.CheckConstraint(condition=~Q(reason="other", more=""), name="not_asked_says_what_else"),
        )

    @property
    def why(self) -> str:
        """The reason as it reads."""
        if self.reason == self.Reason.OTHER:
            return self.more
        return f"{self.get_reason_display()}: {self.more}" if self.more else self.get_reason_display()
