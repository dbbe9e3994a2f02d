"""Who on record may be the person that a contact names, by the search for people: nobody restricted is found.

Somebody out of the reader's reach is found too, or they would be recorded twice; of them only the district is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.accounts.models import User
from casework.front_door.models import Named
from casework.people.asked import Asked, parse
from casework.people.found import Line, lines
from casework.people.models import Person
from casework.people.search import Match, find

AS_MANY = 8
AT_ONCE = 4
"""People named who are matched on one page: each is a search of its own."""


@dataclass(frozen=True)
class Candidate:
    """Somebody on record, with what helps to tell them apart."""

    person: Person
    age: str
    address: str
    why: str


def candidates(named: Iterable[Named], user: User, on: date) -> list[tuple[Named, list[Candidate]]]:
    """Each of those named beside whoever on record may be them, the likeliest first."""
    found = {one: find(_asked(one, on), user, 2 * AS_MANY) for one in named}
    shown = _shown([match for matches in found.values() for match in matches], user, on)
    return [(one, [_beside(shown[match.person], one) for match in found[one] if _may_be(one, shown, match)][:AS_MANY])
            for one in found]  # fmt: skip


def found_by(text: str, user: User, on: date, *, is_child: bool) -> list[Candidate]:
    """Those whom the search for people finds by that text."""
    matches = find(parse(text, on), user, 2 * AS_MANY)
    shown = _shown(matches, user, on)
    found = [shown[match.person] for match in matches if shown[match.person].person.is_child == is_child]
    return [Candidate(line.person, line.age, line.address, line.why) for line in found][:AS_MANY]


def _asked(named: Named, on: date) -> Asked:
    """By name where one was said; else by birth date."""
    if named.forename or named.surname:
        return Asked(words=parse(f"{named.forename} {named.surname}", on).words)
    return Asked(born=(named.born_on, named.born_on)) if named.born_on else Asked()


def _may_be(named: Named, shown: dict[int, Line], match: Match) -> bool:
    return shown[match.person].person.is_child == named.is_child


def _beside(line: Line, named: Named) -> Candidate:
    """The candidate with what speaks for them."""
    same = named.born_on is not None and line.person.born_on == named.born_on
    return Candidate(line.person, line.age, line.address, "same birth date" if same else line.why)


def _shown(matches: list[Match], user: User, on: date) -> dict[int, Line]:
    """Each of them by key, once, as the search for people shows them."""
    once = {match.person: match for match in matches}
    return {line.person.pk: line for line in lines(once.values(), user, on)}
