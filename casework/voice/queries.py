"""Which people have a voice to record, and their words by reference."""

from __future__ import annotations

from casework.people.models import Person
from casework.voice.models import Said


def has_a_voice(person: Person) -> bool:
    """Children who are born."""
    return person.is_child and not person.unborn


def said_of(person: Person, reference: str) -> Said | None:
    """The child's words of that reference."""
    return Said.objects.filter(person=person, reference=reference).select_related("heard_by").first()
