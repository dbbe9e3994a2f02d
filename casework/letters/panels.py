"""Letters beside what they tell of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.access.rules import may, user_of
from casework.letters.queries import letters_about
from casework.people.models import Person


def letters_beside(request: HttpRequest, person: Person, row: str) -> Mapping[str, Any] | None:
    """The letters about that row, and whether another can be written; None where there is neither."""
    found, writes = letters_about(person, row, user_of(request)), may(request.user, "letters.write")
    return {"letters": found, "row": row, "may_write": writes} if found or writes else None
