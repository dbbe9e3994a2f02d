"""A person's family gathered for the genogram: as far as grandparents, half-brothers and sisters, and their parents.

Nobody whose record is restricted from the reader is in it, nor any word that they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from casework.accounts.models import User
from casework.people.family import PARENTS, SIBLINGS, home_of, plain
from casework.people.genogram import Family, Household, Relationship, Stay
from casework.people.genogram import Person as Drawn
from casework.people.models import Person
from casework.people.models import Relationship as Stored
from casework.people.reading import readable_among, restricted_from

KIN = (*PARENTS, *SIBLINGS, "step_parent", "grandparent", "aunt_uncle")
"""Relations that are followed to the next people. Carers' are not: they have cared for children of other families."""


def family_to_draw(person: Person, user: User, on: date) -> Family:
    """Everybody to draw and their relations: seven queries, whatever the size of the family."""
    hidden = set(restricted_from(user).values_list("pk", flat=True))
    near = _rows(Q(person=person) | Q(related=person), hidden)
    kin = _people(row for row in near if row.relationship in KIN)
    further = _rows(Q(person__in=kin) | Q(related__in=kin), hidden, KIN)
    found = _people([*near, *further]) | {person.pk}
    between = _rows(Q(person__in=found) & (Q(related__in=found) | Q(relationship__in=PARENTS)), hidden)
    people = {one.pk: one for row in (*near, *further, *between) for one in (row.person, row.related)}
    people[person.pk] = person
    opened = readable_among(people, user)
    known = opened | _people(near) | _siblings(person, between)
    return Family(
        tuple(_drawn(one, one.pk == person.pk, one.pk in known, one.pk in opened) for one in people.values()),
        tuple(_relation(row) for row in {row.pk: row for row in (*near, *further, *between)}.values()),
        tuple(_households([one for key, one in people.items() if key in opened], on)),
    )


def _rows(which: Q, hidden: Iterable[int], kinds: Iterable[str] = ()) -> list[Stored]:
    rows = Stored.objects.filter(which, person__merged_into=None, related__merged_into=None)
    rows = rows.exclude(person__in=hidden).exclude(related__in=hidden).select_related("person", "related")
    return list((rows.filter(relationship__in=kinds) if kinds else rows).order_by("pk"))


def _people(rows: Iterable[Stored]) -> set[int]:
    return {key for row in rows for key in (row.person_id, row.related_id)}


def _siblings(person: Person, rows: Iterable[Stored]) -> set[int]:
    """Those who share a parent: the page of the family gives their birth dates too."""
    by_parent = [row for row in rows if row.relationship in PARENTS]
    parents = {row.related_id for row in by_parent if row.person_id == person.pk}
    return {row.person_id for row in by_parent if row.related_id in parents}


def _drawn(one: Person, focus: bool, known: bool, opened: bool) -> Drawn:
    """Somebody further off, whose record is out of reach, has a name and a place and nothing more."""
    name = one.full_name if one.forename or one.surname else ""
    if not known:
        return Drawn(str(one.pk), name, one.sex or "U", one.gender, unborn=one.unborn)
    return Drawn(
        str(one.pk), name, one.sex or "U", one.gender, born_on=one.born_on, expected_on=one.expected_on,
        birth_date_estimated=bool(one.birth_date_estimated), died_on=one.died_on, unborn=one.unborn,
        focus=focus and one.is_child, href="" if focus or not opened else reverse("person", args=[one.reference]),
    )  # fmt: skip


def _relation(row: Stored) -> Relationship:
    # That a brother holds no parental responsibility goes without saying.
    responsible = row.parental_responsibility or None if row.relationship in SIBLINGS else row.parental_responsibility
    return Relationship(
        str(row.person_id), str(row.related_id), row.relationship, responsible, row.started_on, row.ended_on
    )  # fmt: skip


def _households(people: list[Person], on: date) -> Iterable[Household]:
    """Those of the family who live at one address that day, under its first line."""
    prefetch_related_objects(people, "addresses")
    homes: dict[tuple[str, str], list[Person]] = {}
    called: dict[tuple[str, str], str] = {}
    for one in people:
        home = home_of(one, on)
        if home and home.postcode and not one.no_fixed_address:
            at = home.postcode, plain(home.lines)
            homes.setdefault(at, []).append(one)
            called[at] = (home.lines.splitlines() or [home.postcode])[0]
    for at, there in homes.items():
        if len(there) > 1:
            yield Household(called[at], tuple(Stay(str(one.pk)) for one in there))
