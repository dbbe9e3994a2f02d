"""The words under a name that no line tells: what a person is to the child, and parental responsibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casework.people.genogram.kinds import BOTH_WAYS, PARENTS, SIBLINGS
from casework.people.genogram.links import Link
from casework.people.genogram.model import Person
from casework.people.genogram.words import first_name, relation_label

NAMED = 2  # more people than this are told as a number


def captions(links: Sequence[Link], people: Mapping[str, Person]) -> dict[str, list[str]]:
    """Lines for each person who needs any."""
    found: dict[str, list[str]] = {}
    for one in people:
        lines = [*_roles(one, links, people), *_responsibility(one, links, people)]
        if lines:
            found[one] = lines
    return found


def _roles(one: str, links: Sequence[Link], people: Mapping[str, Person]) -> list[str]:
    told: dict[tuple[str, bool], list[Person]] = {}
    for link in links:
        if link.kind in (*PARENTS, *SIBLINGS):
            continue
        teller = link.related
        if link.kind in BOTH_WAYS and people[link.related].focus:
            teller = link.person
        if teller == one:
            other = link.person if teller == link.related else link.related
            told.setdefault((link.kind, link.ended), []).append(people[other])
    return [_role(kind, ended, others) for (kind, ended), others in told.items()]


def _role(kind: str, ended: bool, others: list[Person]) -> str:
    """Said of the child in focus, the label is enough."""
    label = ("Other relationship" if kind == "other" else relation_label(kind)) + (" (ended)" if ended else "")
    return label if any(person.focus for person in others) else f"{label} of {_names(others)}"


def _responsibility(one: str, links: Sequence[Link], people: Mapping[str, Person]) -> list[str]:
    """PR alone when it is so of every child whose line leads to the person, else for whom."""
    children = {link.person for link in links if link.related == one and link.kind not in (*BOTH_WAYS, "aunt_uncle")}
    found = []
    for held, words in ((True, "PR"), (False, "No PR")):
        those = {link.person: None for link in links if link.related == one and link.responsible is held}
        if those:
            all_of_them = children <= those.keys()
            found.append(words if all_of_them else f"{words} for {_names([people[each] for each in those])}")
    return found


def _names(persons: list[Person]) -> str:
    if len(persons) > NAMED:
        return f"{len(persons)} people"
    return " and ".join(first_name(person) for person in persons)
