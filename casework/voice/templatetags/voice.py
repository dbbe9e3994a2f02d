"""What templates ask of the boxes for a child's words."""

from __future__ import annotations

from django import template
from django.forms import BoundField

from casework.voice.boxes import TheirWords
from casework.voice.last_words import LastSaid

register = template.Library()


@register.filter
def last_words(field: BoundField) -> LastSaid | None:
    """What the child said last, other than what stands in this box."""
    asked = field.field
    return asked.last(str(field.value() or "")) if isinstance(asked, TheirWords) else None
