"""A child's words wherever they were recorded: on their own, in a note, in an assessment, when they were seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.urls import reverse

from casework.assessment.models import Assessment, Seen
from casework.common.coded import meaning
from casework.notes.models import Part
from casework.people.models import Person
from casework.voice.models import Said

ALONE, NOTE, ASSESSMENT, SEEN = "alone", "note", "assessment", "seen"
WRITTEN_IN = {NOTE: "a case note", ASSESSMENT: "an assessment", SEEN: "an assessment, when they were seen"}


@dataclass(frozen=True)
class Heard:
    """Words of a child: the day, how they were given, who heard them, where that is written, what came of it."""

    on: date
    words: str
    how: str
    by: str
    address: str = ""
    written_in: str = ""
    said: Said | None = None


def heard_from(person: Person) -> list[Heard]:
    """All that the child is recorded as having said, the latest first: two questions, one where nothing was said."""
    rows = list(everywhere(person.pk))
    keys = [row[5] for row in rows if row[4] == ALONE]
    said = {one.reference: one for one in Said.objects.filter(reference__in=keys)} if keys else {}
    return [_heard(person, row, said) for row in rows]


def last_heard(person: Person, rows: Sequence[Any]) -> tuple[list[Heard], int]:
    """The last two times, and how many times there were, of the rows of `everywhere`."""
    return [_heard(person, row, {}) for row in rows[:2]], len(rows)


def _heard(person: Person, row: Any, said: dict[str, Said]) -> Heard:
    on, words, how, by, place, where = row
    if place == ALONE:
        return Heard(on, words, meaning("voice_means", how) if how else "", by or "", said=said.get(where))
    address = reverse("note", args=[person.reference, where]) if place == NOTE else reverse("assessment", args=[where])
    return Heard(on, words, how, by or "", address, WRITTEN_IN[place])


def everywhere(person: int) -> QuerySet[Any, Any]:
    """All that the child with that key is recorded as having said, the latest first, a row each."""
    own = Said.objects.filter(person=person)
    notes = Part.objects.filter(person=person, in_error_at=None).exclude(own_words="")
    assessments = Assessment.objects.filter(person=person).exclude(childs_words="")
    seen = Seen.objects.filter(assessment__person=person).exclude(what_was_said="")
    heard_by = Coalesce(NullIf("heard_by_other", Value("")), "heard_by__name")
    day = TruncDate("note__happened_at")
    began = Coalesce("child_first_seen_on", "started_on")
    alone = Case(When(alone=True, then=Value("Alone")), default=Value(""))
    parts = (
        _rows(own, F("said_on"), F("words"), F("how"), heard_by, ALONE, F("reference")),
        _rows(notes, day, F("own_words"), Value(""), F("note__recorded_by__name"), NOTE, F("note__reference")),
        _rows(assessments, began, F("childs_words"), F("how_heard"), F("worker__name"), ASSESSMENT, F("pk")),
        _rows(seen, F("seen_on"), F("what_was_said"), alone, F("by__name"), SEEN, F("assessment")),
    )
    found: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return found.order_by("-the_day", "-its_place")


def _rows(found: QuerySet[Any], day: Any, words: Any, how: Any, by: Any, place: str, where: Any) -> QuerySet[Any, Any]:
    as_text = {"the_words": words, "the_way": how, "the_hearer": by, "its_place": Value(place), "its_key": where}
    named = {name: Cast(value, TextField()) for name, value in as_text.items()}
    rows: QuerySet[Any, Any] = found.order_by().annotate(the_day=day, **named).values_list("the_day", *named)
    return rows
