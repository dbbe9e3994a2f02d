"""Recorded relationships made ready to draw: once each, between people who are there, with what is true on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from casework.people.genogram.kinds import BOTH_WAYS, ORDER, PARENTS
from casework.people.genogram.model import Family, Person, Relationship
from casework.people.genogram.words import called


@dataclass(frozen=True, slots=True)
class Link:
    """`related` is `kind` to `person`. `responsible` is parental responsibility as it stands on the day."""

    person: str
    related: str
    kind: str
    ended: bool = False
    responsible: bool | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The people by id, the links to draw, and sentences about rows that make no link."""

    people: dict[str, Person]
    links: tuple[Link, ...]
    refused: tuple[str, ...]


def known(family: Family, on: date) -> Known:
    """The family with each relationship once: the two ways of telling it, and kinds of parent, are one."""
    people: dict[str, Person] = {}
    for person in family.people:
        people.setdefault(person.id, person)
    found: dict[tuple[str, str, str], Link] = {}
    refused: list[str] = []
    for row in sorted(family.relationships, key=_rank):
        if said := _refusal(row, people):
            refused.append(said)
            continue
        link = _link(row, on)
        key = (link.person, link.related, "parent" if link.kind in PARENTS else link.kind)
        found[key] = _together(found[key], link) if key in found else link
    return Known(people, tuple(found.values()), tuple(dict.fromkeys(refused)))


def _rank(row: Relationship) -> int:
    return ORDER.index(row.kind) if row.kind in ORDER else len(ORDER)


def _refusal(row: Relationship, people: dict[str, Person]) -> str:
    here = [people[one] for one in (row.person_id, row.related_id) if one in people]
    if len(here) < 2:
        whose = f"{called(here[0])} is" if here else "Two people are"
        return f"{whose} recorded as related to somebody who is not in this drawing."
    if row.person_id == row.related_id:
        return f"{called(here[0])} is recorded as related to themselves. Correct the relationship."
    return ""


def _link(row: Relationship, on: date) -> Link:
    ended = row.ended_on is not None and row.ended_on < on
    kind = row.kind if row.kind in ORDER else "other"
    ends = (row.person_id, row.related_id)
    person, related = sorted(ends) if kind in BOTH_WAYS else ends
    return Link(person, related, kind, ended, None if ended else row.parental_responsibility)


def _together(one: Link, other: Link) -> Link:
    """Two rows about the same: it lasts if either lasts, and a yes counts before a no."""
    said = {one.responsible, other.responsible} - {None}
    return replace(one, ended=one.ended and other.ended, responsible=any(said) if said else None)


def parents_of(links: Iterable[Link]) -> dict[str, list[Link]]:
    """The parent links of each child."""
    found: dict[str, list[Link]] = {}
    for link in links:
        if link.kind in PARENTS:
            found.setdefault(link.person, []).append(link)
    return found
