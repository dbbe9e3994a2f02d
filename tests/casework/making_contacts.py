"""Contacts and referrals for tests to work with, made by the front door's own actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from casework.accounts.models import User
from casework.front_door.actions.contacts import Message, record_contact
from casework.front_door.actions.decisions import Verdict, decide
from casework.front_door.actions.matching import add_people
from casework.front_door.models import Contact, ContactChild, Referral
from casework.people.models import Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user

AN_HOUR = timedelta(hours=1)


def a_message(at: datetime = FRIDAY_TEATIME, **details: Any) -> Message:
    """A police notification of that moment."""
    usual = {"source": "6", "agency": "Amberford Police", "concern": "Shouting heard.", "urgency": "today"}
    return Message(received_at=at, **{**usual, **details})


def a_contact(*children: Person, by: User | None = None, at: datetime = FRIDAY_TEATIME, **details: Any) -> Contact:
    """A contact about those children, or one child made for it, recorded when it came."""
    by = by or a_user("front_door_officer")
    contact = record_contact(a_message(at, **details), by=by, at=at)
    add_people(contact, children or (a_child(),), by=by, at=at)
    return contact


def a_verdict(outcome: str = "referral", **details: Any) -> Verdict:
    """A decision with that outcome and all that it needs."""
    usual = {"level_of_need": "3", "reason": "More than one worry.", "given": "Advice on sleep.", "primary_need": "N1"}
    return Verdict(outcome=outcome, **{**usual, **details})


def decided(contact: Contact, outcome: str = "referral", *, by: User | None = None, at: datetime | None = None,
            **details: Any) -> list[ContactChild]:  # fmt: skip
    """The contact's children, all decided an hour after it came unless said."""
    decide(contact.children.all(), a_verdict(outcome, **details), by=by or a_user("service_manager"),
           at=at or contact.received_at + AN_HOUR)  # type: ignore[operator]  # fmt: skip
    return list(contact.children.order_by("pk"))


def a_referral(child: Person | None = None, *, at: datetime = FRIDAY_TEATIME, **details: Any) -> Referral:
    """An open referral of the child, with no next step yet."""
    return decided(a_contact(child or a_child(), at=at), **details)[0].referrals.get()
