"""What cannot be true of a person, said so that it can be put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.common.refused import Refused
from casework.people.models import Person

OLDEST = 120


def check_dates(person: Person, today: date) -> None:
    """Raises Refused for a birth that is to come, a death before it, or an expected date beside no unborn child."""
    if person.born_on and person.born_on > today:
        raise Refused(
            f"{person.born_on:%-d %B %Y} is to come. For an unborn child, give it as the expected date instead.",
            "born_on",
        )
    if person.born_on and today.year - person.born_on.year > OLDEST:
        raise Refused(f"{person.born_on:%-d %B %Y} is more than {OLDEST} years ago. Check the year.", "born_on")
    if person.died_on and person.died_on > today:
        raise Refused(f"{person.died_on:%-d %B %Y} is to come. Check the date of death.", "died_on")
    if person.died_on and person.born_on and person.died_on < person.born_on:
        raise Refused(
            f"Died on {person.died_on:%-d %B %Y} but born on {person.born_on:%-d %B %Y}. Change one of them.", "died_on"
        )
    if person.expected_on and not person.is_child:
        raise Refused("Only a child can be expected. Say that this is a child, or leave the expected date empty.",
                      "expected_on")  # fmt: skip


def check_period(row: Any, first: str = "started_on", last: str = "ended_on") -> None:
    """Raises Refused for a row that ends before it begins."""
    begins, ends = getattr(row, first, None), getattr(row, last, None)
    if begins and ends and ends < begins:
        raise Refused(f"It cannot end on {ends:%-d %B %Y}: it began on {begins:%-d %B %Y}. Change one of them.", last)
