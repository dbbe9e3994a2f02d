"""Who belongs to somebody: their relations seen from where they stand, who lives with them, their brothers and sisters.

Relations are stored from one side ("Mona is mother to Carl"); here they read from either. Nobody whose record is
restricted from the reader is in any of these lists, nor counted in them; nor is a record that has become part of
another, whose relations are kept aside only where that other has their like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Func, Q, TextField, Value
from django.db.models.functions import Lower

from casework.accounts.models import User
from casework.common.coded import meaning
from casework.common.kept_queries import Given, KeptQuery, among
from casework.common.sql import Holds
from casework.people.models import Address, Person, Relationship
from casework.people.reach import closed_to
from casework.people.reading import readable_among

PARENTS = ("mother", "father", "parent")
SIBLINGS = ("sibling", "half_sibling")
FROM_THE_OTHER_SIDE = {
    "mother": "Child",
    "father": "Child",
    "parent": "Child",
    "step_parent": "Stepchild",
    "grandparent": "Grandchild",
    "aunt_uncle": "Nephew or niece",
    "carer": "Cares for them",
    "foster_carer": "Fosters them",
}
"""What the one is to the other, where the code says what the other is to the one. Those not here read the same."""


PLAIN_LINES = Func(Lower("lines"), Value("[^a-z0-9]"), Value(""), Value("g"), function="regexp_replace",
                   output_field=TextField())  # fmt: skip
"""`plain` of an address's lines, by the database."""


@dataclass
class Relative:
    """Somebody and what they are to the person. `row` is the relation stored, None for one that follows from others."""

    person: Person
    words: str
    code: str
    row: Relationship | None = None
    stored_here: bool = False
    parental_responsibility: bool | None = None
    may_open: bool = False
    through: list[str] = field(default_factory=list)

    def ended(self, on: date) -> bool:
        """Whether the relation had ended by that day."""
        return bool(self.row and self.row.ended_on and self.row.ended_on < on)


@dataclass(frozen=True)
class Family:
    """Everybody who belongs to a person: three queries and one for each list asked."""

    relatives: tuple[Relative, ...]
    siblings: tuple[Relative, ...]

    @property
    def parents(self) -> list[Relative]:
        """Those who are mother, father or parent to the person."""
        return [one for one in self.relatives if one.stored_here and one.code in PARENTS]

    @property
    def responsible(self) -> list[Relative]:
        """Those who hold parental responsibility for the person."""
        return [one for one in self.relatives if one.stored_here and one.parental_responsibility]

    @property
    def children(self) -> list[Relative]:
        """Those to whom the person is mother, father or parent."""
        return [one for one in self.relatives if not one.stored_here and one.code in PARENTS]

    @property
    def others(self) -> list[Relative]:
        """Everybody else who is related."""
        apart = (*self.parents, *self.children)
        return [one for one in self.relatives if one not in apart and one.code not in SIBLINGS]


def family_of(person: Person, user: User) -> Family:
    """The person's relations, and their brothers and sisters, of those whom this account may know of."""
    family = _family(person, user)
    _mark_open([*family.relatives, *family.siblings], user)
    return family


def family_and_household(person: Person, home: Address | None, user: User, on: date) -> tuple[Family, list[Relative]]:
    """The family, and everybody else who lives at that address that day."""
    family, household = _family(person, user), _household(home, user, on)
    _mark_open([*family.relatives, *family.siblings, *household], user)
    return family, household


def _family(person: Person, user: User) -> Family:
    relatives = [_relative(row, person) for row in RELATIONS.ask(~closed_to(user), person=person.pk)]
    return Family(tuple(relatives), tuple(_siblings(person, relatives, user)))


RELATIONS = KeptQuery(
    lambda shown: (
        Relationship.objects.filter(
            Q(Holds("related", shown), person=Given("person"), related__merged_into=None)
            | Q(Holds("person", shown), related=Given("person"), person__merged_into=None)
        )
        .select_related("person", "related")
        .order_by("ended_on", "started_on", "pk")
    )
)
CHILDREN_OF = KeptQuery(
    lambda shown: (
        Relationship.objects.filter(
            Holds("person", shown), among("related", "parents"), relationship__in=PARENTS, person__merged_into=None
        )
        .exclude(person=Given("person"))
        .select_related("person")
    )
)
AT_ADDRESS = KeptQuery(
    # Lines are compared where they are kept: hundreds may share a postcode, and few of them a home.
    lambda shown: Address.objects.alias(plain_lines=PLAIN_LINES)
    .filter(
        Holds("person", shown), Q(ended_on=None) | Q(ended_on__gte=Given("on")),
        postcode=Given("postcode"), plain_lines=Given("lines"), person__merged_into=None,
    )
    .exclude(kind="correspondence")
    .exclude(person=Given("person"))
    .select_related("person")
)  # fmt: skip


def _relative(row: Relationship, person: Person) -> Relative:
    here = row.person_id == person.pk
    other = row.related if here else row.person
    words = meaning("relationship", row.relationship)
    if not here:
        words = FROM_THE_OTHER_SIDE.get(row.relationship, words)
    return Relative(other, words, row.relationship, row, here, row.parental_responsibility)


def _siblings(person: Person, relatives: Iterable[Relative], user: User) -> list[Relative]:
    """Those recorded as such, and every other child of the person's parents, youngest first."""
    found = {one.person.pk: one for one in relatives if one.code in SIBLINGS}
    parents = {one.person.pk: one for one in relatives if one.stored_here and one.code in PARENTS}
    shared = CHILDREN_OF.ask(~closed_to(user), parents=list(parents), person=person.pk) if parents else ()
    for row in shared:
        one = found.setdefault(row.person_id, Relative(row.person, "Brother or sister", "sibling"))
        one.through.append(f"same {parents[row.related_id].words.lower()}")
    return sorted(found.values(), key=lambda one: one.person.born_on or one.person.expected_on or date.min)[::-1]


def _mark_open(relatives: list[Relative], user: User) -> None:
    opened = readable_among({one.person.pk for one in relatives}, user)
    for one in relatives:
        one.may_open = one.person.pk in opened


def home_of(person: Person, on: date) -> Address | None:
    """Where the person lives on that day; the home where several addresses run."""
    return home_among(person.addresses.all(), on)


def home_among(addresses: Iterable[Address], on: date) -> Address | None:
    """The same, of a person's addresses."""
    current = [one for one in addresses if (one.started_on or on) <= on <= (one.ended_on or on)]
    ordered = sorted(current, key=lambda one: (one.kind == "correspondence", -(one.started_on or date.min).toordinal()))
    return next((one for one in ordered if one.kind != "correspondence"), ordered[0] if ordered else None)


def household_of(home: Address | None, user: User, on: date) -> list[Relative]:
    """Everybody else who lives at that address that day, oldest first. Only addresses with a postcode are compared."""
    found = _household(home, user, on)
    _mark_open(found, user)
    return found


def _household(home: Address | None, user: User, on: date) -> list[Relative]:
    if home is None or not home.postcode:
        return []
    same = AT_ADDRESS.ask(
        ~closed_to(user), postcode=home.postcode, lines=plain(home.lines), on=on, person=home.person_id
    )
    there = {one.person_id: one.person for one in same}
    found = [Relative(one, "Lives here", "household_member") for one in there.values()]
    return sorted(found, key=lambda one: one.person.born_on or date.max)


def plain(lines: str) -> str:
    """An address without its punctuation and capitals, to be compared with another."""
    return re.sub(r"[^a-z0-9]", "", lines.lower())
