"""One person's contacts and referrals, latest first, for their record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casework.accounts.models import User
from casework.common.coded import meaning
from casework.common.together import Told
from casework.front_door.models import Referral
from casework.front_door.reading import seen_of_a_person
from casework.front_door.rereferrals import rereferrals


@dataclass(frozen=True)
class Came:
    """A contact that is about the person, or that names them as an adult."""

    reference: str
    received_on: date
    source: str
    decided: str
    part: str


@dataclass(frozen=True)
class Received:
    """A referral of the person. `again` where it is a re-referral."""

    referral: Referral
    again: bool


CAME = """SELECT contact.reference, contact.received_on, contact.source, contact.agency, came.outcome, came.part
    FROM (SELECT contact_id, outcome, '' AS part FROM front_door_contactchild, whose WHERE person_id = whose.person
          UNION ALL
          SELECT contact_id, '', coalesce(nullif(part, ''), 'named') FROM front_door_named, whose
          WHERE person_id = whose.person AND NOT is_child) came
    JOIN front_door_contact contact ON contact.id = came.contact_id
    WHERE {} ORDER BY contact.received_on DESC, contact.id DESC"""


def contacts_of(user: User) -> Told:
    """The contacts about a person, or that name them, which the account may see, latest first."""
    return Told("contacts", seen_of_a_person(user).about("contact.id").inside(CAME), _came)


def _came(row: Mapping[str, Any]) -> Came:
    source = meaning("referral_source", row["source"]) if row["source"] else "source not known"
    decided = meaning("contact_outcome", row["outcome"]) if row["outcome"] else ""
    whole = f"{source}, {row['agency']}" if row["agency"] else source
    return Came(row["reference"], date.fromisoformat(row["received_on"]), whole, decided, row["part"])


def referrals_of(person: int) -> QuerySet[Referral]:
    """The referrals of the person with that key, latest first. Whoever may open the record may see them."""
    return Referral.objects.filter(person=person).order_by("-received_on", "-pk")


def received(referrals: Sequence[Referral]) -> list[Received]:
    """All the referrals of one person, each saying whether it is a re-referral."""
    again = rereferrals(referrals)
    return [Received(one, one.pk in again) for one in referrals]
