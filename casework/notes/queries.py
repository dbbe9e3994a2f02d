"""Notes as one child's record shows them: the shared part and that child's own, never a brother's or sister's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.documents.models import Document
from casework.notes.models import Addition, Note, Part
from casework.people.family import family_of, home_of, household_of
from casework.people.models import Person
from casework.people.reading import readable


@dataclass(frozen=True)
class Sought:
    """What a reader filters notes by. Empty is everything."""

    words: str = ""
    kind: str = ""
    significant: bool = False
    since: date | None = None
    until: date | None = None
    author: int | None = None


@dataclass(frozen=True)
class Shown:
    """A note on a child's record: the child's part, what was added, and who else it is about that may be seen."""

    part: Part
    note: Note
    additions: tuple[Addition, ...]
    also_about: tuple[Person, ...] = ()
    documents: tuple[Document, ...] = ()


def notes_of(person: Person, sought: Sought) -> QuerySet[Part]:
    """The child's parts of the notes sought, what happened last first. `as_shown` makes them ready for a page."""
    found = Part.objects.filter(person=person).select_related(
        "note", "note__recorded_by", "person", "in_error_by"
    )  # fmt: skip
    for word in sought.words.split():
        found = found.filter(_says(person, word))
    if sought.kind:
        found = found.filter(note__kind=sought.kind)
    if sought.significant:
        found = found.filter(note__significant=True)
    if sought.since:
        found = found.filter(note__happened_at__gte=_start_of(sought.since))
    if sought.until:
        found = found.filter(note__happened_at__lt=_start_of(sought.until + timedelta(days=1)))
    if sought.author:
        found = found.filter(note__recorded_by=sought.author)
    return found.order_by("-note__happened_at", "-pk")


def _says(person: Person, word: str) -> Q:
    """Whether a note, as this child's record shows it, has the word. One marked as in error is found by its marker."""
    added = Addition.objects.filter(note=OuterRef("note"), text__icontains=word).filter(
        Q(person=None) | Q(person=person)
    )
    whole = Q(note__shared__icontains=word) | Q(text__icontains=word) | Q(own_words__icontains=word) | Q(Exists(added))
    return (Q(in_error_at=None) & whole) | Q(in_error_reason__icontains=word)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def as_shown(parts: QuerySet[Part] | list[Part], user: User) -> list[Shown]:
    """The parts with their notes' additions, and the other people of each note that the user may see."""
    parts = list(parts)
    notes = [part.note_id for part in parts]
    additions = list(Addition.objects.filter(note__in=notes).select_related("recorded_by"))
    files: dict[tuple[str, int | None], list[Document]] = {}
    for one in Document.objects.filter(attached_to__in=[part.note.reference for part in parts]).select_related("file"):
        files.setdefault((one.attached_to, one.person_id), []).append(one)
    others: dict[int, list[Person]] = {}
    seen = Part.objects.filter(note__in=notes, in_error_at=None, person__in=readable(user)).select_related("person")
    for other in seen:
        others.setdefault(other.note_id, []).append(other.person)
    return [
        Shown(
            part,
            part.note,
            tuple(one for one in additions if one.note_id == part.note_id and one.person_id in (None, part.person_id)),
            tuple(one for one in others.get(part.note_id, []) if one.pk != part.person_id),
            tuple(files.get((part.note.reference, part.person_id), [])),
        )
        for part in parts
    ]


def part_of(person: Person, reference: str) -> Part | None:
    """The child's part of the note of that reference."""
    return Part.objects.filter(person=person, note__reference=reference).select_related("note", "person").first()


def parts_seen(part: Part, user: User) -> list[Part]:
    """Every part of the note that is about somebody the user may see, this one first."""
    found = Part.objects.filter(note=part.note, person__in=readable(user)).select_related("person").order_by("pk")
    return sorted(found, key=lambda one: one.pk != part.pk)


def authors(person: Person) -> list[tuple[int, str]]:
    """Who wrote the child's notes, by name, for a filter."""
    wrote = Worker.objects.filter(pk__in=Note.objects.filter(parts__person=person).values("recorded_by"))
    return list(wrote.order_by("name").values_list("pk", "name"))


def children_near(person: Person, user: User, on: date) -> list[Person]:
    """The other children that a note about the person may be about too, of those whose records the user may open:
    brothers and sisters, their own children, and children who live with them on that day."""
    family = family_of(person, user)
    lives_with = household_of(home_of(person, on), user, on)
    near = (*family.siblings, *family.children, *lives_with)
    found = {one.person.pk: one.person for one in near if one.may_open and one.person.is_child}
    return [child for key, child in found.items() if key != person.pk]


def latest(person: int, number: int) -> QuerySet[Part]:
    """The parts of the last notes of the child with that key."""
    found = Part.objects.filter(person=person).select_related("note__recorded_by")
    return found.order_by("-note__happened_at", "-pk")[:number]


def significant(person: Person, user: User) -> list[Shown]:
    """What the child's chronology takes from notes: the significant ones, in the order that they happened."""
    found: Any = notes_of(person, Sought(significant=True)).filter(in_error_at=None)
    return as_shown(found.order_by("note__happened_at", "pk"), user)
