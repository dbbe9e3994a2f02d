"""The children of one contact as brothers and sisters, and the mother or father it names as theirs."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

from django.db.models import Q

from casework.accounts.models import User
from casework.common.whole import whole
from casework.front_door.families import parent_said
from casework.front_door.models import Contact
from casework.people.actions.relations import relate
from casework.people.family import PARENTS, SIBLINGS
from casework.people.models import Person, Relationship


@whole
def relate_family(contact: Contact, *, by: User, at: datetime) -> None:
    """Each child of the contact related to the mother and father it names, and to its other children.

    Nothing that is on record is said again or contradicted: a child with another mother keeps her, and children who
    are known to have the same parent are brothers and sisters by that.
    """
    named = contact.named.exclude(person=None).select_related("person").order_by("pk")
    children = [one.person for one in named if one.is_child and one.person]
    for one in named:
        code = "" if one.is_child else parent_said(one.part)
        for child in children if code and one.person else ():
            _give_parent(child, one.person, code, by, at)  # type: ignore[arg-type]
    for first, second in combinations(children, 2):
        if not _are_siblings(first, second):
            relate(first, second, "sibling", by=by, at=at)


def _give_parent(child: Person, parent: Person, code: str, by: User, at: datetime) -> None:
    related = Q(person=child, related=parent) | Q(person=parent, related=child)
    has_another = Q(person=child, relationship=code, ended_on=None)
    if not Relationship.objects.filter(related | has_another).exists():
        relate(child, parent, code, by=by, at=at)


def _are_siblings(first: Person, second: Person) -> bool:
    pair = Q(person=first, related=second) | Q(person=second, related=first)
    if Relationship.objects.filter(pair, relationship__in=SIBLINGS).exists():
        return True
    parents = Relationship.objects.filter(relationship__in=PARENTS, person=first).values("related")
    return Relationship.objects.filter(relationship__in=PARENTS, person=second, related__in=parents).exists()
