"""What somebody does not get unless the worker puts it in: what is of other children, or was said without them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from casework.letters.kinds.model import Kind, Whom
from casework.letters.models import Copy
from casework.people.family import PARENTS
from casework.people.models import Person, Relationship

FAMILY = frozenset({Copy.For.PARENT, Copy.For.CHILD})
HEARS_THE_CHILD = frozenset({Copy.For.CHILD, Copy.For.AGENCY, Copy.For.COURT})
OF_SEVERAL = "It may tell of other children too, and they are not known to be a parent of every one."
NOT_THERE = "They were not there when it was said."
FROM_AGENCIES = "It was told by other agencies: ask each whether the family may read it."
NOT_ASKED = "The child told it to us: ask the child, and whether it is safe, before they read it."


def for_each(fields: Collection[str], reason: str) -> dict[str, str]:
    """These fields, with that reason."""
    return dict.fromkeys(fields, reason)


def of_the_child(kind: Kind, person: Person, about: str, whom: Whom) -> Mapping[str, str]:
    """What the child said, in a letter of any kind, from all but the child, professionals and the court, until somebody
    has said that it may be read. A copy does not say that it is left out: it may not be known that there is more."""
    if whom.recipient in HEARS_THE_CHILD:
        return {}
    why = kind.why_not_read(person, about) if kind.why_not_read else NOT_ASKED
    return for_each([one.name for one in kind.fields if one.of_child], why) if why else {}


def of_several(fields: Collection[str], children: Collection[int], whom: Whom, on: date) -> Mapping[str, str]:
    """What was written once for several children, from whoever is not a parent to all; nothing of one child alone."""
    if len(children) < 2 or _parent_to(whom, on) >= set(children):
        return {}
    return for_each(fields, OF_SEVERAL)


def _parent_to(whom: Whom, on: date) -> set[int]:
    if whom.person is None:
        return set()
    found = Relationship.objects.filter(
        Q(relationship__in=PARENTS) | Q(parental_responsibility=True), Q(ended_on=None) | Q(ended_on__gte=on),
        related=whom.person,
    )  # fmt: skip
    return set(found.values_list("person", flat=True))


def at_a_meeting(
    shared: Collection[str], parents: str, children: Collection[int], those_there: Mapping[str, bool], whom: Whom,
    on: date,
) -> Mapping[str, str]:  # fmt: skip
    """Of a meeting: what was said of all its children, and what the parents said to it.

    Whoever speaks for an agency and belonged to the meeting gets both. `those_there` are those who belonged to it, and
    whether they came.
    """
    names = {name.casefold(): came for name, came in those_there.items()}
    if whom.recipient == Copy.For.AGENCY and whom.name.casefold() in names:
        return {}
    kept = dict(of_several([*shared, parents], children, whom, on))
    if whom.recipient in FAMILY and not names.get(whom.name.casefold()):
        kept.setdefault(parents, NOT_THERE)
    return kept
