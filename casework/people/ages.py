"""How old somebody is, as one would say it."""

from __future__ import annotations

from datetime import date

from casework.people.models import Person

WEEKS_UP_TO = 13
MONTHS_UP_TO = 24


def age_in_words(person: Person, on: date) -> str:
    """Weeks up to three months, months up to two years, then years; at death for somebody who has died."""
    if person.unborn:
        return "unborn"
    if person.born_on is None or person.born_on > on:
        return "age not known"
    about = "about " if person.birth_date_estimated else ""
    if person.died_on:
        return f"died aged {about}{_length(person.born_on, person.died_on)}"
    return f"{about}{_length(person.born_on, on)}"


def _length(born: date, on: date) -> str:
    weeks = (on - born).days // 7
    if weeks < WEEKS_UP_TO:
        return _counted(weeks, "week")
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return _counted(months, "month") if months < MONTHS_UP_TO else _counted(months // 12, "year")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
