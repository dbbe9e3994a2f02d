"""Which row each person stands in. Parents stand above their children, brothers, sisters and couples side by side.

Relationships are taken one by one, the surest kinds first; one that contradicts those before it, such as a child who is
the parent of their own grandparent, is set aside with a sentence and never followed, so nothing here can loop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from casework.people.genogram.kinds import CARERS, GENERATIONS, LOOSE, PARENTS, SIBLINGS
from casework.people.genogram.links import Known, Link, parents_of
from casework.people.genogram.model import Person
from casework.people.genogram.words import called, relation_label

YEARS = 27  # between a parent and a child, about: places people of whom only the ages are known


@dataclass(frozen=True, slots=True)
class Generations:
    """The row of each person, 0 the oldest; the links that may be drawn; sentences on those that may not."""

    row: dict[str, int]
    links: tuple[Link, ...]
    refused: tuple[str, ...]


@dataclass(slots=True)
class _Ladder:
    """Groups of people who stand in one row, and which group is above which by how many rows."""

    group: dict[str, str]
    below: dict[str, dict[str, int]] = field(default_factory=dict)

    def put_above(self, upper: str, lower: str, rows: int) -> bool:
        """Whether `upper` now stands above `lower`; refused where it is already beside or below."""
        above, under = self.group[upper], self.group[lower]
        if self._reaches(under, above):
            return False
        steps = self.below.setdefault(above, {})
        steps[under] = max(steps.get(under, 0), rows)
        return True

    def put_beside(self, one: str, other: str) -> bool:
        """Whether the two now stand in one row; refused where one stands above the other."""
        kept, gone = self.group[one], self.group[other]
        if kept == gone:
            return True
        if self._reaches(kept, gone) or self._reaches(gone, kept):
            return False
        self._merge(kept, gone)
        return True

    def _reaches(self, start: str, end: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            if here == end:
                return True
            new = self.below.get(here, {}).keys() - seen
            seen |= new
            waiting += new
        return False

    def _merge(self, kept: str, gone: str) -> None:
        self.group = {one: kept if group == gone else group for one, group in self.group.items()}
        merged = self.below.setdefault(kept, {})
        for under, rows in self.below.pop(gone, {}).items():
            merged[under] = max(merged.get(under, 0), rows)
        for steps in self.below.values():
            if gone in steps:
                steps[kept] = max(steps.get(kept, 0), steps.pop(gone))

    def depths(self, start: str) -> dict[str, int]:
        """The row of each group that `start`'s is connected with: its distance in generations, and below its elders."""
        wished = self._distances(self.group[start])
        depth: dict[str, int] = {}
        for here in self._from_the_top():
            if here in wished:
                depth[here] = max(depth.get(here, wished[here]), wished[here])
                for under, rows in self.below.get(here, {}).items():
                    depth[under] = max(depth.get(under, wished[under]), depth[here] + rows)
        return depth

    def _distances(self, start: str) -> dict[str, int]:
        steps: dict[str, list[tuple[str, int]]] = {}
        for above, unders in self.below.items():
            for under, rows in unders.items():
                steps.setdefault(above, []).append((under, rows))
                steps.setdefault(under, []).append((above, -rows))
        found, waiting = {start: 0}, [start]
        for here in waiting:  # grows while it is read
            for there, rows in steps.get(here, ()):
                if there not in found:
                    found[there] = found[here] + rows
                    waiting.append(there)
        return found

    def _from_the_top(self) -> list[str]:
        groups = list(dict.fromkeys(self.group.values()))
        waits = dict.fromkeys(groups, 0)
        for steps in self.below.values():
            for under in steps:
                waits[under] += 1
        order = [group for group in groups if not waits[group]]
        for here in order:  # grows while it is read
            for under in self.below.get(here, {}):
                waits[under] -= 1
                if not waits[under]:
                    order.append(under)
        return order


def generations(known: Known) -> Generations:
    """A row for everyone, and the links that fit it."""
    ladder = _Ladder({one: one for one in known.people})
    taken: list[Link] = []
    refused: list[str] = []
    for kinds in (PARENTS, ("grandparent", *SIBLINGS), ("step_parent", *CARERS, "aunt_uncle"), LOOSE):
        for link in _surest_first(known, kinds):
            if _fits(ladder, link, known.people):
                taken.append(link)
            else:
                refused.append(_sentence(link, known.people))
        _side_by_side(ladder, taken)
    return Generations(_rows(ladder, known), tuple(taken), tuple(dict.fromkeys(refused)))


def _surest_first(known: Known, kinds: Iterable[str]) -> list[Link]:
    """The links of these kinds, those that the dates of birth speak against last: of two, the likelier one is kept."""
    found = [link for link in known.links if link.kind in kinds]
    return sorted(found, key=lambda link: link.kind in GENERATIONS and _too_young(link, known.people))


def _too_young(link: Link, people: dict[str, Person]) -> bool:
    elder, younger = people[link.related].born_on, people[link.person].born_on
    return bool(elder and younger and elder >= younger)


def _fits(ladder: _Ladder, link: Link, people: dict[str, Person]) -> bool:
    """Place the two people; whether the link can be shown. Words beside a name carry any link that is not a line."""
    if link.kind in LOOSE:
        _place_by_age(ladder, people[link.person], people[link.related])
        return True
    if link.kind in SIBLINGS:
        return ladder.put_beside(link.person, link.related)
    placed = ladder.put_above(link.related, link.person, GENERATIONS[link.kind])
    return placed or link.kind == "aunt_uncle"


def _place_by_age(ladder: _Ladder, one: Person, other: Person) -> None:
    """A relative or friend stands a row up or down where their age says so, else beside."""
    years = (other.born_on.year - one.born_on.year) if one.born_on and other.born_on else 0
    if abs(years) < 16:
        ladder.put_beside(one.id, other.id)
    elif years < 0:
        ladder.put_above(other.id, one.id, 1)
    else:
        ladder.put_above(one.id, other.id, 1)


def _side_by_side(ladder: _Ladder, links: Iterable[Link]) -> None:
    """Couples, and others of the parents' generation, in the parents' row wherever nothing speaks against it."""
    beside = ("step_parent", "foster_carer", "aunt_uncle")
    adults: dict[str, list[str]] = {}
    for child, found in parents_of(links).items():
        adults[child] = [link.related for link in found]
    for link in links:
        if link.kind in beside:
            adults.setdefault(link.person, []).append(link.related)
    for together in adults.values():
        for one, other in pairwise(together):
            ladder.put_beside(one, other)


def _rows(ladder: _Ladder, known: Known) -> dict[str, int]:
    """Rows of each set of related people, moved up or down so that sets stand together as their ages say."""
    row: dict[str, int] = {}
    main: list[str] = []
    for one in sorted(known.people, key=lambda one: not known.people[one].focus):
        if one in row:
            continue
        depths = ladder.depths(one)
        found = {each: depths[group] for each, group in ladder.group.items() if group in depths}
        shift = _shift(main, list(found), row | found, known.people) if main else 0
        main = main or list(found)
        row |= {each: place + shift for each, place in found.items()}
    used = sorted(set(row.values()))
    return {one: used.index(place) for one, place in row.items()}


def _shift(main: list[str], ids: list[str], row: dict[str, int], people: dict[str, Person]) -> int:
    """How many rows to move a set: by age against the main set, or to its lowest row when ages are not known."""
    ours, theirs = _dated(main, people), _dated(ids, people)
    if not ours or not theirs:
        return max(row[one] for one in main) - max(row[one] for one in ids)
    (born, mine), (other_born, other) = ours, theirs
    return row[mine] + round((other_born.year - born.year) / YEARS) - row[other]


def _dated(ids: list[str], people: dict[str, Person]) -> tuple[date, str] | None:
    """Somebody of the set to judge by: the child in focus, else the youngest with a date of birth."""
    dated = [(people[one].focus, born, one) for one in ids if (born := people[one].born_on)]
    return max(dated)[1:] if dated else None


def _sentence(link: Link, people: dict[str, Person]) -> str:
    what = relation_label(link.kind).lower()
    one, other = called(people[link.related]), called(people[link.person])
    return f"{one} as {what} of {other} does not fit the other relationships. Check which is right."
