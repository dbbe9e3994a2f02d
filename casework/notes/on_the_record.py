"""What notes and files put on a person's record: the latest notes, two pages, two additions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.access.rules import may
from casework.accounts.models import User
from casework.common.together import Rows
from casework.notes import queries
from casework.people import panels
from casework.people.models import Person

LATEST = 3
NOTES = Rows("notes", lambda key: queries.latest(key, LATEST))


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("notes", "Latest case notes", 60, "people.read", latest_notes, "notes/panel.html",
                            asks=(NOTES,)))  # fmt: skip
    panels.add(panels.RecordPage("notes", "Case notes", 110, "people.read", "notes"))
    panels.add(panels.RecordPage("documents", "Documents", 220, "people.read", "documents"))
    panels.add(panels.Addition("note", "Case note", 10, "notes.write", "write_note"))
    panels.add(panels.Addition("files", "Files", 90, "notes.write", "add_files"))


def latest_notes(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """The last notes, each in a few lines."""
    assert isinstance(request.user, User)
    return {"notes": panels.answer(NOTES, person), "may_write": may(request.user, "notes.write")}
