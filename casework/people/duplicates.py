"""Who on record may be the person that is about to be added. Restricted people are never among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from casework.accounts.models import User
from casework.people.asked import Asked, parse
from casework.people.found import Line, lines
from casework.people.models import Person
from casework.people.numbers import tidy_number
from casework.people.search import NUMBER, WHOLE, Match, find

SHOWN = 6
LOOKED_AT = 20
NEAR = timedelta(days=62)
"""Birth dates and expected dates so near may be of one child, born early or estimated."""


@dataclass(frozen=True)
class New:
    """What is typed of the new person so far."""

    forename: str = ""
    surname: str = ""
    born_on: date | None = None
    expected_on: date | None = None
    postcode: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day born, or expected."""
        return self.born_on or self.expected_on


def likely(new: New, user: User, on: date) -> list[Line]:
    """Those most likely to be the same person first; the reason of each says what is the same."""
    found: dict[int, Match] = {}
    for asked in _asked(new, on):
        for match in find(asked, user, LOOKED_AT):
            if match.person not in found or found[match.person].kind < match.kind:
                found[match.person] = match
    shown = lines(found.values(), user, on)
    judged = [(line, _score(found[line.person.pk], line.person, new)) for line in shown]
    judged = sorted((pair for pair in judged if pair[1]), key=lambda pair: -pair[1])
    return [replace(line, why=_why(found[line.person.pk], line.person, new)) for line, _ in judged[:SHOWN]]


def _asked(new: New, on: date) -> list[Asked]:
    """By number; by both names; by one name with the birth date or the postcode."""
    names = parse(f"{new.forename} {new.surname}", on).words
    asked = [Asked(number=tidy_number(number)) for number in new.numbers if number.strip()]
    if any(len(word) > 1 for word in names):
        asked.append(Asked(words=names))
    for word in [word for word in names if len(word) > 1][:2] if new.day or new.postcode.strip() else ():
        if new.day:
            near = (new.day - NEAR, new.day + NEAR) if new.expected_on else (new.day, new.day)
            asked.append(Asked(words=(word,), born=near))
        if postcodes := parse(new.postcode, on).postcodes:
            asked.append(Asked(words=(word,), postcodes=postcodes))
    return asked


def _score(match: Match, person: Person, new: New) -> int:
    """0 for somebody whose birth date shows that they are another."""
    if match.kind == NUMBER:
        return 100
    days = _days(person, new)
    if days == "other":
        return 0
    alike = {"same": 50, "near": 30, "turned": 30, "": 10}[days]
    return alike + match.kind * 5 + (10 if "postcode" in match.why else 0)


def _days(person: Person, new: New) -> str:
    """How the two birth dates stand: same, near, day and month turned round or the year alone amiss, other; or ""."""
    theirs, day = person.born_on or person.expected_on, new.day
    if theirs is None or day is None:
        return ""
    if theirs == day:
        return "same"
    if abs(theirs - day) <= NEAR:
        return "near"
    turned = (theirs.year, theirs.month, theirs.day) == (day.year, day.day, day.month)
    year_amiss = (theirs.month, theirs.day) == (day.month, day.day)
    return "turned" if turned or year_amiss else "other"


def _why(match: Match, person: Person, new: New) -> str:
    if match.kind == NUMBER:
        return f"the same {match.why}"
    said = {"same": "the same birth date", "near": "a birth date near to it", "turned": "a birth date much like it"}
    name = "the same name" if match.kind >= WHOLE else "a name like it"
    day = said.get(_days(person, new), "")
    place = "the same postcode" if "postcode" in match.why else ""
    return ", ".join(part for part in (name, day, place) if part)
