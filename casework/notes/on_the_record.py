"""What notes and files put on a person's record: the latest notes, two pages, two additions, lines of the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from casework.access.rules import may
from casework.accounts.models import User
from casework.common.coded import meaning
from casework.notes import queries
from casework.people import panels
from casework.people.models import Person

LATEST = 3


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("notes", "Latest case notes", 60, "people.read", latest_notes, "notes/panel.html"))
    panels.add(panels.RecordPage("notes", "Case notes", 110, "people.read", "notes"))
    panels.add(panels.RecordPage("documents", "Documents", 220, "people.read", "documents"))
    panels.add(panels.Addition("note", "Case note", 10, "notes.write", "write_note"))
    panels.add(panels.Addition("files", "Files", 90, "notes.write", "add_files"))
    panels.add(panels.Timeline("notes", 30, "people.read", on_the_timeline))


def latest_notes(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """The last notes, each in a few lines."""
    assert isinstance(request.user, User)
    return {"notes": queries.latest(person, LATEST), "may_write": may(request.user, "notes.write")}


def on_the_timeline(_request: HttpRequest, person: Person) -> Iterator[panels.Happening]:
    """Every note that stands; of a significant one, why it is."""
    for part in queries.notes_of(person, queries.Sought()).filter(in_error_at=None):
        note = part.note
        kind = meaning("note_type", note.kind)
        title = f"Significant event: {kind[:1].lower()}{kind[1:]}" if note.significant else kind
        detail = note.why_significant if note.significant else Truncator(note.shared).words(40)
        address = reverse("note", args=[person.reference, note.reference])
        day = timezone.localdate(note.happened_at)
        yield panels.Happening(day, title, detail, address, str(note.recorded_by or ""))
