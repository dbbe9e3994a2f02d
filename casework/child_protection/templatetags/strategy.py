"""Where a strategy discussion about a child begins, for the pages of the stages that may lead to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from casework.access.rules import may
from casework.people.models import Person
from casework.people.panels import living_child

register = template.Library()


@register.simple_tag(takes_context=True)
def strategy_address(context: dict[str, Any], person: Person, together: Iterable[Person] = ()) -> str:
    """The page that records a discussion about the child, with those of `together` ticked who may be discussed too;
    empty for an account that records none, and where there is no living child.
    """
    if not living_child(person) or not may(context["request"].user, "protection.write"):
        return ""
    others = [one.reference for one in together if one.pk != person.pk]
    address = reverse("record_strategy", args=[person.reference])
    return f"{address}?{urlencode({'with': others}, doseq=True)}" if others else address


@register.filter
def people_of(rows: Iterable[Any]) -> list[Person]:
    """Whose the rows are."""
    return [row.person for row in rows]
