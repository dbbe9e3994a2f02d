"""What of a child's case is open beside the referral, and ends before it closes, or with it.

A later stage says in `AppConfig.ready` what it has open for a child; the front door names no later stage.

    from casework.front_door import closing
    closing.add("child_in_need", plans_open)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from casework.accounts.models import User
from casework.common.refused import Refused
from casework.people.models import Person

DIED, MOVED, ADULT = "RC2", "RC5", "RC6"
"""Reasons for closure (CIN census) that end by themselves whatever is open: nobody could end it first."""
ENDS_ALL = (DIED, MOVED, ADULT)


@dataclass(frozen=True)
class Ending:
    """The end of a case: the day, the reason in the code of the census and in words, who closes it and when."""

    on: date
    reason: str
    because: str
    by: User
    at: datetime


@dataclass(frozen=True)
class Open:
    """Something that is open: what, and the page where it is ended. `end` ends it with the case.

    Without one it always has to be ended first: somebody's judgement is wanted. `asks` says, on the day that is given,
    what guidance wants done before it ends with the case.
    """

    words: str
    address: str
    end: Callable[[Ending], None] | None = None
    asks: Callable[[date], str] | None = None


Finds = Callable[[Person], Iterable[Open]]
_stages: dict[str, Finds] = {}


def add(stage: str, finds: Finds) -> None:
    """Have what that stage has open looked for. The same stage again takes the place of what was there."""
    _stages[stage] = finds


def still_open(person: Person) -> list[Open]:
    """What is open for the child beside the referral."""
    return [one for finds in _stages.values() for one in finds(person)]


def end_all(person: Person, ending: Ending) -> list[Open]:
    """End what the reason ends, and give it; Refused, with a sentence that names it, where something has to end first.

    Called in the transaction that closes the referral.
    """
    found = still_open(person)
    first = [one for one in found if ending.reason not in ENDS_ALL or one.end is None]
    if first:
        raise Refused(
            f"Still open for {person.full_name}: {'; '.join(one.words for one in first)}. End that first, then close."
        )
    for one in found:
        if one.end is not None:
            one.end(ending)
    return found
