"""Contacts that wait at the demonstration authority's front door, made by the front door's own actions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from casework.accounts.models import User
from casework.demonstration.staff import PARTNER_AGENCY
from casework.front_door.actions.contacts import Message, Said, record_contact, set_sharing_basis
from casework.front_door.actions.matching import add_people
from casework.front_door.actions.partners import ask_agency
from casework.people.models import Person

TEN_MINUTES = timedelta(minutes=10)


def fill_the_front_door(*, by: User, at: datetime) -> int:
    """Five contacts received in the last day and a bit. Gives how many."""
    children = _unknown_to_social_care(8, at)
    _police(_brothers_and_sisters(children[0]), by, at - timedelta(hours=19))
    _school(children[3], by, at - timedelta(hours=5))
    _health_visitor(children[4], by, at - timedelta(hours=27))
    _neighbour(by, at - timedelta(hours=2))
    _housing(children[5:7], by, at - timedelta(hours=8))
    return 5


def _unknown_to_social_care(number: int, at: datetime) -> list[Person]:
    """Children of school age whom nobody holds, those with brothers and sisters first."""
    youngest = timezone.localdate(at) - timedelta(days=15 * 365)
    found = Person.objects.filter(is_child=True, allocations=None, born_on__gt=youngest, died_on=None)
    siblings = Count("relationships", filter=Q(relationships__relationship="sibling"))
    found = found.filter(contacts__isnull=False).distinct().annotate(kin=siblings)
    chosen: list[Person] = list(found.order_by("-kin", "pk")[:number])
    if len(chosen) < number:
        raise ValueError(f"The demonstration needs {number} children whom nobody holds, and found {len(chosen)}.")
    return chosen


def _brothers_and_sisters(child: Person) -> list[Person]:
    """The child and up to two brothers or sisters who are children still."""
    kin = child.relationships.filter(relationship="sibling", ended_on=None).values("related")
    return [child, *Person.objects.filter(pk__in=kin, is_child=True, died_on=None).order_by("-born_on")[:2]]


def _record(message: Message, children: list[Person], by: User, named: list[Said] | None = None) -> object:
    at = message.received_at + TEN_MINUTES
    contact = record_contact(message, named=named or [], by=by, at=at)
    add_people(contact, children, by=by, at=at)
    return contact


def _police(children: list[Person], by: User, received: datetime) -> None:
    message = Message(
        received_at=received, source="6", agency=PARTNER_AGENCY, caller_name="PC Perpetua Porphyry",
        caller_role="Officer",
        caller_telephone="01632 960001", urgency="today", out_of_hours=True,
        concern="Officers were called to the home at night. The parents were arguing and a door was broken. "
        "The children were awake upstairs. The mother said that she is expecting another child in spring.",
    )  # fmt: skip
    expected = timezone.localdate(received) + timedelta(days=120)
    unborn = Said(is_child=True, surname=children[0].surname, expected_on=expected, part="Unborn brother or sister")
    contact = _record(message, children, by, [unborn])
    at = received + 2 * TEN_MINUTES
    reason = "Asking the parents first could put the children at risk."
    contact = set_sharing_basis(contact, basis="risk", reason=reason, by=by, at=at)  # type: ignore[arg-type]
    ask_agency(
        contact, kind="police", agency=PARTNER_AGENCY, question="Have you been to this address in the last year?",
        about=children, by=by, at=at,
    )  # fmt: skip


def _school(child: Person, by: User, received: datetime) -> None:
    message = Message(
        received_at=received, source="2A", agency="Opal Primary School", caller_name="Tilly Topaz",
        caller_role="Head teacher",
        caller_telephone="01632 960002", urgency="next_day",
        concern="Late or absent most days this term, hungry in the mornings, and very tired.",
    )  # fmt: skip
    _record(message, [child], by)


def _health_visitor(child: Person, by: User, received: datetime) -> None:
    message = Message(
        received_at=received, source="3B", agency="Amberford Community Health", caller_name="Hanne Hematite",
        caller_role="Health visitor", caller_telephone="01632 960003", urgency="today",
        concern="Three appointments missed and nobody answers the door. The last weight was low for the child's age.",
    )  # fmt: skip
    _record(message, [child], by)


def _neighbour(by: User, received: datetime) -> None:
    message = Message(
        received_at=received, source="9", urgency="next_day",
        concern="A neighbour who gave no name hears a small child crying for hours in the flat above, most evenings.",
    )  # fmt: skip
    _record(message, [], by, [Said(is_child=True, forename="Perhaps Ruby", age_said=3, address="12 Quartz House")])


def _housing(children: list[Person], by: User, received: datetime) -> None:
    message = Message(
        received_at=received, source="4", agency="Amberford Homes", caller_name="Otto Onyx",
        caller_role="Housing officer",
        caller_telephone="01632 960004", urgency="next_day",
        concern="The family has a notice to leave in two weeks and says it has nowhere to go.",
    )  # fmt: skip
    _record(message, children, by)
