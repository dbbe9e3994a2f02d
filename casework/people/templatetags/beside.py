"""What apps above put beside one row of the record, for the templates of those below."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from casework.people import panels
from casework.people.models import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context: dict[str, Any], person: Person, row: str) -> SafeString:
    """Each part, one after another; empty where nothing is known beside the row."""
    request = context["request"]
    shown = panels.beside(request, person, row)
    drawn = (render_to_string(name, {"person": person, "shown": one}, request) for name, one in shown)
    return mark_safe("".join(drawn))  # each is a template's own output
