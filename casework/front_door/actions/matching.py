"""Who the people named in a contact turn out to be: somebody on record, or somebody new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.front_door.models import Contact, ContactChild, Named
from casework.people.actions.adding import add_person
from casework.people.models import Person


@whole
def match(named: Named, person: Person, *, by: User, at: datetime) -> Named:
    """The person named is this person on record; a child of them is one that the contact is about."""
    _check_unmatched(named)
    if named.contact.named.filter(person=person).exists():
        raise Refused(f"{person.full_name} is in this contact already. If two names are one person, set one aside.")
    named.person, named.matched_at, named.matched_by = person, at, by.worker
    save_over(named, None)
    if named.is_child:
        _about(named.contact, person, by=by, at=at)
    return named


@whole
def match_with_new(named: Named, *, by: User, at: datetime) -> Named:
    """Nobody on record is this person: a record of theirs is made of what was said."""
    _check_unmatched(named)
    person = add_person(
        is_child=named.is_child, forename=named.forename, surname=named.surname, born_on=named.born_on,
        expected_on=None if named.born_on else named.expected_on, lines=named.address, postcode=named.postcode,
        by=by, at=at,
    )  # fmt: skip
    return match(named, person, by=by, at=at)


@whole
def set_aside(named: Named, *, reason: str, by: User, at: datetime) -> Named:
    """A name that leads to nobody: said twice, or not a person of this contact. It stays, with the reason."""
    _check_unmatched(named)
    if not reason.strip():
        raise Refused(f"Say why {named.said_name} is set aside.")
    named.set_aside_reason = reason.strip()
    save_over(named, None)
    return named


@whole
def add_people(contact: Contact, people: Iterable[Person], *, by: User, at: datetime) -> list[Named]:
    """People on record whom the contact is also about: children as children of it, adults as named in it."""
    added = []
    for person in people:
        named = Named.objects.create(
            contact=contact, is_child=person.is_child, forename=person.forename, surname=person.surname,
            born_on=person.born_on, expected_on=person.expected_on, **stamp(by, at),
        )  # fmt: skip
        added.append(match(named, person, by=by, at=at))
    return added


def _about(contact: Contact, person: Person, *, by: User, at: datetime) -> ContactChild:
    if not person.is_child:
        raise Refused(f"{person.full_name} is on record as an adult. Match them as an adult, or mend the record first.")
    child, _ = ContactChild.objects.get_or_create(contact=contact, person=person, defaults=dict(stamp(by, at)))
    bring_up_to_date(people=[person.pk], at=at)
    return child


def _check_unmatched(named: Named) -> None:
    if named.person_id or named.set_aside_reason:
        raise Refused(f"{named.said_name} has been matched or set aside already.")
