"""Write a note, add to it, correct it, mark it as recorded in error. A note that is written is never altered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.accounts.models import User
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.notes.models import Addition, Note, Part
from casework.people.models import Person


@dataclass(frozen=True)
class Slice:
    """What a note says of one child alone, and the child's own words."""

    person: Person
    text: str = ""
    own_words: str = ""


@dataclass(frozen=True)
class Written:
    """A note as its author wrote it."""

    kind: str
    happened_at: datetime
    shared: str
    slices: Sequence[Slice]
    why_significant: str = ""
    same_on_purpose: bool = False


def write_note(written: Written, *, by: User, at: datetime) -> Note:
    """A finished note. Raises Refused where a child has no part of their own, or two have the same one unconfirmed."""
    check_slices(written.slices, same_on_purpose=written.same_on_purpose)
    if written.happened_at > at:
        raise Refused("A note is about what has happened. Change the time, or make a task of it.", "happened_at")
    with whole:
        note = Note.objects.create(
            kind=written.kind, happened_at=written.happened_at, shared=written.shared,
            significant=bool(written.why_significant), why_significant=written.why_significant,
            same_on_purpose=written.same_on_purpose, recorded_at=at, recorded_by=by.worker,
        )  # fmt: skip
        for one in written.slices:
            Part.objects.create(note=note, person=one.person, text=one.text, own_words=one.own_words)
    return note


def check_slices(slices: Sequence[Slice], *, same_on_purpose: bool) -> None:
    """Raises Refused unless each of several children has a part of their own, or identical ones are confirmed."""
    if not slices:
        raise Refused("Choose who the note is about.")
    if len(slices) == 1:
        return
    for one in slices:
        if not one.text.strip():
            raise Refused(f"Write what concerns {one.person} alone: each child keeps their own record.", field(one))
    if not same_on_purpose and (twin := _twin(slices)):
        raise Refused(
            f"What you wrote about {twin.person} is the same as about another child. "
            "Say what is true of this child, or confirm that it is the same on purpose.",
            field(twin),
        )


def field(one: Slice) -> str:
    """The question of the form that asks for this child's part."""
    return f"part_{one.person.pk}"


def _twin(slices: Iterable[Slice]) -> Slice | None:
    seen = set()
    for one in slices:
        words = " ".join(one.text.lower().split())
        if words in seen:
            return one
        seen.add(words)
    return None


def add_to_note(part: Part, *, text: str, for_all: bool, by: User, at: datetime) -> Addition:
    """Something known later, under the note: on this child's part, or on the part that all its children share."""
    return _add(part, Addition.Kind.ADDENDUM, text, "", for_all, by, at)


def correct_note(part: Part, *, text: str, reason: str, for_all: bool, by: User, at: datetime) -> Addition:
    """What is right, and why the note was wrong. The note stays as it was written."""
    if not reason.strip():
        raise Refused("Say why the note was wrong.", "reason")
    return _add(part, Addition.Kind.CORRECTION, text, reason, for_all, by, at)


def _add(part: Part, kind: str, text: str, reason: str, for_all: bool, by: User, at: datetime) -> Addition:
    if part.in_error_at:
        raise Refused("This note is marked as recorded in error: nothing is added to it. Write a new note.")
    return Addition.objects.create(
        note=part.note, person=None if for_all else part.person, kind=kind, text=text, reason=reason,
        recorded_at=at, recorded_by=by.worker,
    )  # fmt: skip


def mark_in_error(parts: Sequence[Part], *, reason: str, asked_by: str, by: User, at: datetime) -> None:
    """The note should not be on these children's records: it is marked there, with who asked and why, and stays."""
    if not (reason.strip() and asked_by.strip()):
        raise Refused("Say why, and who asked for it.")
    with whole:
        for part in Part.objects.select_for_update().filter(pk__in=[one.pk for one in parts], in_error_at=None):
            part.in_error_at, part.in_error_by = at, by.worker
            part.in_error_reason, part.in_error_asked_by = reason, asked_by
            part.save()
