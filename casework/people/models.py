"""People and families: everyone the record knows, what they are called and were called, how they are related."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept
from casework.people.names import called
from goldenthread.dates import age_on


@kept
class Person(Recorded):
    """A child (born or unborn), parent, carer or member of a household. `reference` is the number staff use."""

    is_child = models.BooleanField(default=False)
    forename = models.CharField(max_length=100, blank=True)
    middle_names = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True)
    birth_date_estimated = models.BooleanField(null=True)
    expected_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    sex = coded("sex", "Sex")
    gender = coded("gender", "Gender")
    ethnicity = coded("ethnicity", "Ethnic background")
    disabled = models.BooleanField(null=True)
    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    upn_unknown_reason = coded("upn_unknown", "Why there is no unique pupil number")
    is_mother = models.BooleanField(null=True)
    unaccompanied = models.BooleanField(null=True)
    unaccompanied_until = models.DateField(null=True, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(null=True)
    communication_needs = models.TextField(blank=True)
    immigration_status = models.CharField(max_length=100, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    no_fixed_address = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    # Not columns: `reading.open_record` says them of the record that it opens.
    restricted: bool
    opened_until: datetime | None
    opened_because: str | None
    held_by_worker: str | None
    held_by_team: str | None
    became_part: list[str]

    class Meta:
        indexes = (
            models.Index(fields=("born_on",), name="people_born_on"),
            models.Index(fields=("upn",), name="people_upn", condition=~Q(upn="")),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First and family name; of an unborn child also when it is expected; what is known where a name is not."""
        return called(self.forename, self.surname, born_on=self.born_on, expected_on=self.expected_on)

    @property
    def first_name(self) -> str:
        """What one calls them in a sentence."""
        return self.known_as or self.forename or self.full_name

    @property
    def unborn(self) -> bool:
        """Whether expected and not yet born."""
        return self.born_on is None and self.expected_on is not None

    def age(self, on: date) -> int | None:
        """Whole years of age on a day; None when the date of birth is not known or is to come."""
        if self.born_on is None or on < self.born_on:
            return None
        return age_on(self.born_on, on)


@kept
class OtherName(models.Model):
    """A name that a person also has or had. A former name that must stay closed is `restricted`."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "Also known as"
        BIRTH = "birth", "Name at birth"
        FORMER = "former", "Former name"
        ADOPTIVE = "adoptive", "Name after adoption"

    person = models.ForeignKey(Person, models.CASCADE, related_name="other_names")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ALIAS)
    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    restricted = models.BooleanField(default=False)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)


@kept
class Identifier(models.Model):
    """A number of a person's elsewhere: NHS number, another system's, one held before a merge."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    kind = coded("identifier_kind", "What sort of number")
    value = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind", "value"), name="identifier_once"),)
        indexes = (models.Index(fields=("value",), name="people_identifier_value"),)


@kept
class Relationship(models.Model):
    """What `related` is to `person`, and whether they hold parental responsibility for them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="relationships")
    related = models.ForeignKey(Person, models.PROTECT, related_name="related_to")
    relationship = coded("relationship", "Relationship")
    parental_responsibility = models.BooleanField(null=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "related", "relationship"), name="relationship_once"),
            models.CheckConstraint(condition=~Q(person=models.F("related")), name="nobody_is_their_own_relation"),
        )


@kept
class Address(Recorded):
    """Where a person lives or lived. People at the same address on a day are a household."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    kind = coded("address_kind", "What sort of address")
    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("postcode",), name="people_postcode", opclasses=["varchar_pattern_ops"]),)


@kept
class Disability(models.Model):
    """A kind of disability that a child has."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="disabilities")
    disability = coded("disability", "Kind of disability")
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "disability"), name="disability_once"),)


@kept
class WarningNote(Recorded):
    """What a worker must know before a visit or a call, and when it has to be looked at again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="warning_notes")
    what = models.TextField()
    what_to_do = models.TextField(blank=True)
    told_to_person = models.BooleanField(null=True)
    started_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)


@kept
class Professional(Recorded):
    """Somebody of another agency who is working with the child: a teacher, a health visitor, a police officer."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="professionals")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=100)
    agency = models.CharField(max_length=100, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)


@kept
class Merge(models.Model):
    """Two records found to be of one person: `goes` has become part of `stays`, until it is undone. Nothing is deleted.

    What undoing needs, and what a reader is told: `had`, the rows that named `stays` before (by "model column", keys);
    `moved`, those that came over, each [model, column, key]; `aside`, those that stay with `goes` because `stays` has
    their like; `changed`, each [model, column, key, before, after]; `made`, rows that the merge added, [model, key].
    """

    stays = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    goes = models.ForeignKey(Person, models.PROTECT, related_name="gone_in")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    had = models.JSONField(default=dict)
    moved = models.JSONField(default=list)
    aside = models.JSONField(default=list)
    changed = models.JSONField(default=list)
    made = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("goes",), condition=Q(undone_at=None), name="part_of_one_record_at_a_time"),
            models.CheckConstraint(condition=~Q(stays=models.F("goes")), name="two_records_are_merged"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_when_and_by_whom",
            ),
        )
