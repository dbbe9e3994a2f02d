"""The genogram in words: each person with whom they are related to, for those who cannot or need not see the drawing.

It tells all that the drawing tells, and the relationships that cannot be drawn because they contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.people.genogram.kinds import HEADINGS, ORDER, OTHER_SIDE
from casework.people.genogram.links import Known, Link, known, parents_of
from casework.people.genogram.model import Family, Person
from casework.people.genogram.words import about, called

HOUSEHOLDS = "Lives with"
SHARED, HALF = HEADINGS["sibling"], HEADINGS["half_sibling"]
ONE_PARENT = "Brothers and sisters by one recorded parent"


@dataclass(frozen=True, slots=True)
class Relation:
    """A heading such as "Mother" or "Brothers and sisters", and the people under it with what is to be said of each."""

    heading: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person in full, the link of their record (empty if none), and their relations."""

    name: str
    about: str
    href: str
    relations: tuple[Relation, ...]


def outline(family: Family, *, on: date) -> tuple[Entry, ...]:
    """An entry for each person: the children in focus first, then as given."""
    facts = known(family, on)
    order = sorted(facts.people.values(), key=lambda person: not person.focus)
    return tuple(_entry(person, facts, family, on) for person in order)


def in_words(family: Family, *, on: date) -> str:
    """The outline as plain text, two spaces in for each level."""
    lines: list[str] = []
    for entry in outline(family, on=on):
        lines.append(entry.about)
        lines += [f"  {relation.heading}: {'; '.join(relation.people)}" for relation in entry.relations]
    return "\n".join(lines)


def _entry(person: Person, facts: Known, family: Family, on: date) -> Entry:
    found: dict[str, dict[str, str]] = {}
    for heading, other, note in (*_recorded(person.id, facts.links), *_by_parents(person.id, facts.links)):
        found.setdefault(heading, {}).setdefault(other, note)
    relations = [Relation(heading, _named(others, facts)) for heading, others in found.items()]
    relations += _households(person, facts, family, on)
    href = "" if person.restricted else person.href
    return Entry(called(person), about(person, on), href, tuple(relations))


def _named(others: dict[str, str], facts: Known) -> tuple[str, ...]:
    return tuple(called(facts.people[other]) + (f" ({note})" if note else "") for other, note in others.items())


def _recorded(one: str, links: Sequence[Link]) -> Iterable[tuple[str, str, str]]:
    """Heading, person and note from each relationship, from either side."""
    for kind in ORDER:
        for link in links:
            if link.kind == kind and link.person == one:
                yield HEADINGS[kind], link.related, _note(link)
    for kind in ORDER:
        for link in links:
            if link.kind == kind and link.related == one:
                yield OTHER_SIDE[kind], link.person, _note(link)


def _note(link: Link) -> str:
    said = ["ended"] if link.ended else []
    if link.responsible is not None:
        said.append("parental responsibility" if link.responsible else "no parental responsibility")
    return ", ".join(said)


def _by_parents(one: str, links: Sequence[Link]) -> Iterable[tuple[str, str, str]]:
    """Brothers and sisters known by their parents: half where each has a second parent and it is another."""
    parents = {child: {link.related for link in found} for child, found in parents_of(links).items()}
    recorded = {each for link in links if link.kind in ("sibling", "half_sibling") for each in _pair(link, one)}
    mine = parents.get(one, set())
    for other, theirs in parents.items():
        shared = mine & theirs
        if other == one or not shared or other in recorded:
            continue
        if len(shared) > 1:
            yield SHARED, other, ""
        else:
            yield (HALF if len(mine) > 1 and len(theirs) > 1 else ONE_PARENT), other, ""


def _pair(link: Link, one: str) -> set[str]:
    return {link.person, link.related} - {one} if one in (link.person, link.related) else set()


def _households(person: Person, facts: Known, family: Family, on: date) -> Iterable[Relation]:
    """Who lives with the person now. Where a restricted person lives is never told."""
    if person.restricted:
        return
    for home in family.households:
        there = {stay.person_id: None for stay in home.stays if stay.on(on)}
        others = [facts.people[one] for one in there if one in facts.people and one != person.id]
        if person.id in there:
            names = [called(other) for other in others if not other.restricted]
            yield Relation(f"{HOUSEHOLDS} ({home.name})" if home.name else HOUSEHOLDS, tuple(names) or ("nobody else",))
