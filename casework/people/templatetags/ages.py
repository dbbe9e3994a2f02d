"""How old somebody is, for templates."""

from __future__ import annotations

from datetime import date

from django import template

from casework.people.ages import age_in_words
from casework.people.models import Person

register = template.Library()


@register.filter
def age(person: Person, on: date) -> str:
    """Their age on the day as one would say it: 5 weeks, 14 months, 9 years, unborn, age not known."""
    return age_in_words(person, on)
