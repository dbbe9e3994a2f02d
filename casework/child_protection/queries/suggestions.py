"""Whom to invite to a conference: those who know the children, from what is on their records."""

from __future__ import annotations

from collections.abc import Iterator

from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.child_protection.inviting import Asked
from casework.child_protection.models import Agency, AgencyFinding, ChildAtConference
from casework.people.family import PARENTS
from casework.people.models import Professional, Relationship
from casework.people.reading import restricted_from

AGENCY_WORDS = (
    (Agency.POLICE, ("police",)),
    (Agency.HEALTH, ("health", "nurse", "doctor", "gp", "midwife", "hospital", "paediatric")),
    (Agency.EDUCATION, ("school", "teacher", "nursery", "college", "education", "senco")),
    (Agency.HOUSING, ("housing", "homes")),
    (Agency.PROBATION, ("probation",)),
)  # fmt: skip
"""How an agency is told from a professional's own words; another agency where none of them is there."""


def agency_of(words: str) -> Agency:
    """The agency that somebody's role or employer, in their own words, speaks for."""
    said = words.lower()
    return next((agency for agency, known in AGENCY_WORDS if any(one in said for one in known)), Agency.OTHER)


def suggestions(children: list[ChildAtConference], user: User) -> list[Asked]:
    """Workers, parents, professionals and those who told of the children; without those who are invited already.

    A parent whose record is restricted from the account is not among them. Five queries, however many children.
    """
    there = {(one.agency, one.name.casefold()) for one in children[0].conference.invitations.all()}
    found: dict[tuple[str, str], Asked] = {}
    enquiries = [one.enquiry_id for one in children if one.enquiry_id]
    for one in who_knows([one.person_id for one in children], user, enquiries):
        if (one.agency, one.name.casefold()) not in there:
            found.setdefault((one.agency, one.name.casefold()), one)
    return list(found.values())


def who_knows(people: list[int], user: User, enquiries: list[int]) -> Iterator[Asked]:
    """Workers, parents and professionals of these children, and those who told these enquiries what they found."""
    held = Allocation.objects.filter(person__in=people, ended_on=None).exclude(worker=None).select_related("worker")
    for allocation in held.order_by("pk"):
        yield Asked(Agency.SOCIAL_CARE, str(allocation.worker), "Social worker", True)
    parents = Relationship.objects.filter(person__in=people, relationship__in=PARENTS, ended_on=None)
    parents = parents.exclude(related__in=restricted_from(user).values("pk")).select_related("related")
    for relation in parents.order_by("pk"):
        yield Asked(Agency.FAMILY, relation.related.full_name, relation.relationship.capitalize())
    for one in Professional.objects.filter(person__in=people, ended_on=None).order_by("pk"):
        words = ", ".join(part for part in (one.role, one.agency) if part)
        yield Asked(agency_of(words), one.name, words, True)
    for told in AgencyFinding.objects.filter(enquiry__in=enquiries):
        yield Asked(told.agency, told.who, "", True)
